using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Reorganisations;

/// <summary>A reorganisation as a YAML file: <c>on</c>, <c>ground</c>, perhaps <c>units</c>, and <c>changes</c>.</summary>
/// <remarks>Stateless and safe to call from many threads at once; the caller opens and closes the reader.</remarks>
public static class ReorganisationYaml
{
    private static readonly string[] s_kinds = ["merge", "split", "move", "dissolve"];

    /// <summary>Reads and checks a plan. Whether it fits a tree is for <see cref="Reorganisation.Apply"/> to say.</summary>
    /// <param name="reader">The text of the file: at most 1,048,576 characters, nested at most 24 levels deep.</param>
    /// <param name="file">The file's name, for the places of defects.</param>
    /// <exception cref="DefinitionException">It has defects; all that could be found are named, each with file, line and column.</exception>
    public static Reorganisation Read(TextReader reader, string file)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(file);
        var defects = new DefectList();
        var root = YamlText.ReadMapping(reader, file, defects);
        var definition = new DefinitionReader(root, "a plan of reorganisation", defects);
        foreach (var key in (ReadOnlySpan<string>)["on", "ground", "changes"])
        {
            if (!definition.Has(key))
            {
                definition.Missing(key);
            }
        }

        var on = definition.Date("on");
        if (on == DateOnly.MinValue)
        {
            definition.Wrong(definition.Node("on")!, "no day comes before this one", "correct 'on'");
        }

        var ground = definition.Text("ground");
        var entries = definition.Named("units");
        var units = entries.Select(UnitTreeYaml.ReadUnit).ToList();
        var changes = definition.Mappings("changes").Select(ReadChange).OfType<UnitChange>().ToList();
        definition.RefuseUnknownKeys();
        defects.ThrowIfErrors();
        return new Reorganisation(on!.Value, ground!, units, changes, root.Place, entries.ToDictionary(e => e.Name.Text, e => e.Name.Place, StringComparer.Ordinal));
    }

    // Null when it is none, which is a defect.
    private static UnitChange? ReadChange(DefinitionReader body)
    {
        var kinds = s_kinds.Where(body.Has).ToList();
        if (kinds.Count != 1)
        {
            body.Defects.Error(
                DefectCodes.PlanChange,
                body.Place,
                kinds.Count == 0 ? "the change says neither merge, split, move nor dissolve" : $"the change says {string.Join(" and ", kinds)} at once",
                "write one change as '{ merge: [a, b], into: c }', '{ split: a, into: [b, c], dossiers: [...] }', '{ move: a, under: p }' or '{ dissolve: a, into: c }'");
            return null;
        }

        UnitChange change = kinds[0] switch
        {
            "merge" => new UnitsMerged(All(body, "merge"), body.RequiredText("into")) { Place = body.Place },
            "split" => ReadSplit(body),
            "move" => new UnitMoved(body.RequiredText("move"), body.RequiredText("under")) { Place = body.Place },
            _ => new UnitDissolved(body.RequiredText("dissolve"), body.RequiredText("into")) { Place = body.Place },
        };
        body.RefuseUnknownKeys();
        return change;
    }

    private static UnitSplit ReadSplit(DefinitionReader body)
    {
        if (!body.Has("into"))
        {
            body.Missing("into");
        }

        var rules = new List<DossierRule>();
        var otherwise = string.Empty;
        SourcePlace? place = null;
        foreach (var entry in body.Mappings("dossiers"))
        {
            if (otherwise.Length > 0)
            {
                body.Defects.Error(DefectCodes.PlanRules, entry.Place, "a rule stands behind the default, where it is never asked", "let the default come last");
            }

            if (entry.Has("default"))
            {
                otherwise = entry.RequiredText("default");
                place = entry.PlaceOf("default");
            }
            else
            {
                rules.Add(ReadRule(entry));
            }

            entry.RefuseUnknownKeys();
        }

        return new UnitSplit(body.RequiredText("split"), All(body, "into"), rules, otherwise) { Place = body.Place, DefaultPlace = place };
    }

    private static DossierRule ReadRule(DefinitionReader entry) => new(entry.RequiredText("to"))
    {
        Procedures = All(entry, "procedure"),
        States = All(entry, "state"),
        ReceivedBy = All(entry, "received-by"),
        Codes = All(entry, "codes"),
        Place = entry.Place,
    };

    private static IReadOnlyList<string> All(DefinitionReader body, string key) => [.. body.Texts(key).Select(t => t.Text)];
}
