using Workflow.Core.Definitions;

namespace Workflow.Core.Units;

/// <summary>The units of an administration as a YAML file: <c>units:</c>, then each code with <c>name</c>, <c>level</c> and perhaps <c>parent</c>, <c>agency</c>, <c>roles</c>, <c>from</c> and <c>until</c>.</summary>
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
        CheckParents(units, defects);
        defects.ThrowIfErrors();
        return new UnitTree([.. units.Select(u => u.Unit)]);
    }

    private static Unit ReadUnit((YamlScalar Name, DefinitionReader Body) entry)
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
        };
        if (unit.Until < unit.From)
        {
            body.Wrong(body.Node("until")!, $"unit '{code.Text}' ends on {unit.Until:O}, before it begins on {unit.From:O}", "correct 'from' or 'until'");
        }

        body.RefuseUnknownKeys();
        return unit;
    }

    // A parent stands on a higher level, or is the committee of an agency's own level, so no unit can stand below itself.
    private static void CheckParents(List<(Unit Unit, SourcePlace Place)> units, DefectList defects)
    {
        var byCode = units.ToDictionary(u => u.Unit.Code, u => u.Unit, StringComparer.Ordinal);
        foreach (var (unit, place) in units.Where(u => u.Unit.Parent is not null))
        {
            if (!byCode.TryGetValue(unit.Parent!, out var parent))
            {
                var nearest = Spelling.Nearest(unit.Parent!, byCode.Keys);
                defects.Error(
                    DefectCodes.UnknownUnit,
                    place,
                    $"the parent '{unit.Parent}' of unit '{unit.Code}' is not among the units",
                    nearest is null ? "define it, or remove 'parent'" : $"did you mean '{nearest}'?");
            }
            else if (parent.Level > unit.Level || (parent.Level == unit.Level && (unit.Agency is null || parent.Agency is not null)))
            {
                defects.Error(
                    DefectCodes.WrongValue,
                    place,
                    $"unit '{unit.Code}' ({UnitLevels.NameOf(unit.Level)}) cannot stand below '{parent.Code}' ({UnitLevels.NameOf(parent.Level)})",
                    "name a parent of a higher level");
            }
        }
    }

    // V1V2V3.Z1Z2.Y1Y2.MX1X2 (Circular 01/2018/TT-VPCP Art 19).
    private static bool IsCode(string text) =>
        text.Length == 13
        && text[3] == '.' && text[6] == '.' && text[9] == '.'
        && text.Where((_, i) => i is not (3 or 6 or 9 or 10)).All(char.IsAsciiDigit)
        && char.IsAsciiLetterUpper(text[10]);
}
