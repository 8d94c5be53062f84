using System.Collections.Frozen;
using Workflow.Core.Definitions;

namespace Workflow.Core.Migrations;

/// <summary>Mappings of states as YAML files: <c>procedure</c>, <c>from</c>, <c>to</c>, <c>ground</c>, and perhaps <c>states</c>, <c>blocked</c> and <c>clock</c>.</summary>
/// <remarks>Stateless and safe to call from many threads at once; the caller opens and closes the reader.</remarks>
public static class MigrationYaml
{
    private static readonly FrozenDictionary<string, MigratedClock> s_clocks = new Dictionary<string, MigratedClock>(StringComparer.Ordinal)
    {
        ["keep"] = MigratedClock.Keep,
        ["recompute"] = MigratedClock.Recompute,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a mapping. Whether the states are there is <see cref="MigrationPlan"/>'s to say, which knows the versions.</summary>
    /// <param name="reader">The text of the file: at most 1,048,576 characters, nested at most 24 levels deep.</param>
    /// <param name="file">The file's name, for the places of defects.</param>
    /// <exception cref="DefinitionException">It has defects; all that could be found are named, each with file, line and column.</exception>
    public static StateMapping Read(TextReader reader, string file)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(file);
        var defects = new DefectList();
        var root = YamlText.ReadMapping(reader, file, defects);
        var body = new DefinitionReader(root, "a mapping of states", defects);
        foreach (var key in (ReadOnlySpan<string>)["from", "to"])
        {
            if (!body.Has(key))
            {
                body.Missing(key);
            }
        }

        var mapping = new StateMapping(
            body.RequiredText("procedure"), body.Integer("from", 1, int.MaxValue) ?? 1, body.Integer("to", 1, int.MaxValue) ?? 1, body.RequiredText("ground"))
        {
            States = States(body),
            Blocked = [.. body.Texts("blocked").Select(s => new BlockedState(s.Text) { Place = s.Place })],
            Clock = body.Choice("clock", s_clocks) ?? MigratedClock.Keep,
            Place = root.Place,
        };
        body.RefuseUnknownKeys();
        defects.ThrowIfErrors();
        return mapping;
    }

    private static List<MappedState> States(DefinitionReader body)
    {
        var states = new List<MappedState>();
        if (body.Mapping("states") is not { } named)
        {
            return states;
        }

        foreach (var entry in named.Entries)
        {
            if (named.Text(entry.Key.Text) is { } to)
            {
                states.Add(new MappedState(entry.Key.Text, to) { Place = entry.Key.Place });
            }
        }

        return states;
    }
}
