using System.CommandLine;

namespace Workflow.Host.Terminal;

/// <summary>The options that several commands have, always with the same meaning.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print exactly one JSON object on standard output; progress goes to standard error." };

    public static Option<string> Language()
    {
        var language = new Option<string>("--language") { Description = "The language of pictures and papers.", DefaultValueFactory = _ => "vi" };
        language.AcceptOnlyFromAmong("vi", "en");
        return language;
    }
}
