using Workflow.Core.Definitions;

namespace Workflow.Core.Units;

/// <summary>The units of an administration as a YAML file: <c>units:</c>, then each code with <c>name</c>, <c>level</c> and perhaps <c>parent</c>, <c>agency</c>, <c>roles</c>, <c>from</c>, <c>until</c>, <c>successor</c> and <c>was-under</c>.</summary>
/// <remarks>Stateless and safe to call from many threads at once; the caller opens and closes the reader.</remarks>
public static class UnitTreeYaml
{
    /// <summary>Reads and checks a tree of units.</summary>
    /// <param name="reader">The text of the file: at most 1,048,576 characters, nested at most 24 levels deep.</param>
    /// <param name="file">The file's name, for the places of defects.</param>
    /// <exception cref="DefinitionException">It has defects; all that could be found are named, each with file, line and column.</exception>
    public static UnitTree Read(TextReader reader, string file)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(file);
        var defects = new DefectList();
        var root = YamlText.ReadMapping(reader, file, defects);
        var definition = new DefinitionReader(root, "a tree of units", defects);
        var entries = definition.Named("units");
        if (!definition.Has("units"))
        {
            definition.Missing("units");
        }

        definition.RefuseUnknownKeys();
        var units = entries.Select(e => (Unit: ReadUnit(e), e.Name.Place)).ToList();
        foreach (var problem in UnitTreeCheck.Of([.. units.Select(u => u.Unit)], levels: true))
        {
            defects.Error(problem.Code, units.First(u => u.Unit.Code == problem.Unit.Code).Place, problem.Message, problem.Mend);
        }

        defects.ThrowIfErrors();
        return new UnitTree([.. units.Select(u => u.Unit)]);
    }

    /// <summary>Reads one unit; what stands among its fellows is not checked here.</summary>
    internal static Unit ReadUnit((YamlScalar Name, DefinitionReader Body) entry)
    {
        var (code, body) = entry;
        if (!IsCode(code.Text))
        {
            body.Wrong(code, $"'{code.Text}' is not the code of a unit", "write it as 000.01.30.H28: three digits, twice two digits, then a letter and two digits");
        }

        foreach (var key in (ReadOnlySpan<string>)["name", "level"])
        {
            if (!body.Has(key))
            {
                body.Missing(key);
            }
        }

        var name = body.Name("name") ?? new LocalizedName(code.Text);
        var unit = new Unit(code.Text, name, body.Choice("level", UnitLevels.ByName) ?? UnitLevel.Commune, body.Text("parent"))
        {
            Agency = body.Text("agency"),
            Roles = [.. body.Texts("roles").Select(r => r.Text)],
            From = body.Date("from"),
            Until = body.Date("until"),
            Successors = [.. body.Texts("successor").Select(s => s.Text)],
            FormerParents = [.. body.Mappings("was-under").Select(ReadFormer)],
        };
        body.RefuseUnknownKeys();
        return unit;
    }

    private static FormerParent ReadFormer(DefinitionReader body)
    {
        if (!body.Has("until"))
        {
            body.Missing("until");
        }

        var former = new FormerParent(body.Text("parent"), body.Date("until") ?? default);
        body.RefuseUnknownKeys();
        return former;
    }

    // V1V2V3.Z1Z2.Y1Y2.MX1X2 (Circular 01/2018/TT-VPCP Art 19).
    private static bool IsCode(string text) =>
        text.Length == 13
        && text[3] == '.' && text[6] == '.' && text[9] == '.'
        && text.Where((_, i) => i is not (3 or 6 or 9 or 10)).All(char.IsAsciiDigit)
        && char.IsAsciiLetterUpper(text[10]);
}
