using Workflow.Core.Definitions;

namespace Workflow.Core.Procedures;

/// <summary>Reads what stands under a state's <c>on</c>: trigger and destination, or one or several mappings with <c>to</c>, <c>if</c>, <c>by</c> and <c>stays</c>.</summary>
internal static class ProcedureTransitionReader
{
    private const string Expected = "a state, '{ to: ..., if: ..., by: [...] }', or a list of them";

    public static IReadOnlyList<TransitionDefinition> Read(string state, DefinitionReader body, DefectList defects)
    {
        var transitions = new List<TransitionDefinition>();
        foreach (var entry in body.Mapping("on")?.Entries ?? [])
        {
            IReadOnlyList<YamlNode> alternatives = entry.Value is YamlSequence list ? list.Items : [entry.Value];
            if (alternatives.Count == 0)
            {
                body.Wrong(entry.Value, $"'{entry.Key.Text}' leads nowhere", $"write {Expected}");
            }

            transitions.AddRange(alternatives.Select(a => ReadOne(state, entry.Key.Text, a, body, defects)).OfType<TransitionDefinition>());
        }

        return transitions;
    }

    private static TransitionDefinition? ReadOne(string state, string trigger, YamlNode node, DefinitionReader body, DefectList defects)
    {
        if (node is YamlScalar { IsEmpty: false } destination)
        {
            return new TransitionDefinition(state, trigger, destination.Text) { Place = destination.Place };
        }

        if (node is not YamlMapping mapping)
        {
            body.Wrong(node, $"'{trigger}' is {(node is YamlScalar ? "empty" : node.Kind)}, not {Expected}", $"write {Expected}");
            return null;
        }

        var reader = new DefinitionReader(mapping, $"'{trigger}'", defects);
        if (!reader.Has("to"))
        {
            reader.Missing("to");
        }

        var to = reader.Text("to");
        var guards = ProcedureCaseReader.Expressions(reader, "if");
        var roles = ProcedureFileReader.Texts(reader, "by");
        var stays = reader.Flag("stays") ?? false;
        reader.RefuseUnknownKeys();
        return to is null ? null : new TransitionDefinition(state, trigger, to) { Guards = guards, Roles = roles, Stays = stays, Place = reader.PlaceOf("to") };
    }
}
