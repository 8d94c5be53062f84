namespace Workflow.Core.Definitions;

// What a value that does not fit is told as. Each returns nothing, so that reading goes on.
internal sealed partial class DefinitionReader
{
    private static string Shown(YamlNode node) => node is YamlScalar { IsEmpty: false } s ? $"'{OneLine(s.Text)}'" : node is YamlScalar ? "empty" : node.Kind;

    // A message is one line, whatever somebody wrote as a value.
    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= 80 ? line : line[..79] + "…";
    }

    private T? Wrong<T>(YamlNode node, string key, string expected)
        where T : class
    {
        defects.Error(DefectCodes.WrongValue, node.Place, $"'{key}' is {Shown(node)}, not {expected}", $"write {expected}");
        return null;
    }

    private int? WrongNumber(YamlNode node, string key, string expected)
    {
        Wrong<string>(node, key, expected);
        return null;
    }

    private bool? WrongFlag(YamlNode node, string key)
    {
        Wrong<string>(node, key, "true or false");
        return null;
    }

    private DateOnly? WrongDate(YamlNode node, string key)
    {
        Wrong<string>(node, key, "a date such as 2020-11-06");
        return null;
    }

    private T? WrongChoice<T>(YamlNode node, string key, IEnumerable<string> choices)
        where T : struct
    {
        Wrong<string>(node, key, $"one of: {string.Join(", ", choices)}");
        return null;
    }
}
