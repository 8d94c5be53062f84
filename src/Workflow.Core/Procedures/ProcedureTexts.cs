using Workflow.Core.Definitions;

namespace Workflow.Core.Procedures;

/// <summary>Whether the texts of a definition can be stored, written and shown: names in one line, and whole characters everywhere.</summary>
internal static class ProcedureTexts
{
    private const int LongestName = 200;

    public static void Check(ProcedureContent content, DefectList defects)
    {
        Name("code", content.Version.Code, content.Place);
        foreach (var state in content.States)
        {
            Name("state", state.Name, state.Place);
            Label(state.Label, state.Place);
        }

        foreach (var trigger in content.Triggers)
        {
            Name("trigger", trigger.Name, trigger.Place);
            Label(trigger.Label, trigger.Place);
        }

        foreach (var (trigger, place) in content.Transitions.Select(t => (t.Trigger, t.Place)).Distinct())
        {
            Name("trigger", trigger, place);
        }

        Names("role", content.Roles);
        Names("field", content.Fields.Select(f => f.Name));
        Names("document", content.Documents.Select(d => d.Code));
        foreach (var leg in content.Legs)
        {
            Name("leg", leg.Name, leg.Place);
        }

        Names("fee", content.Fees.Select(f => f.Code));
        Label(content.Name, content.Place);
        foreach (var text in content.Documents.Select(d => d.Name).Concat(content.Fees.Select(f => f.Name)).Concat(content.Fields.Select(f => f.Label).OfType<LocalizedName>()))
        {
            Label(text, content.Place);
        }

        foreach (var text in content.Fees.Select(f => f.Per).Append(content.Sector).Concat(content.Sources).Concat(content.Unverified))
        {
            Text(text, content.Place);
        }

        void Names(string what, IEnumerable<string> names)
        {
            foreach (var name in names)
            {
                Name(what, name, content.Place);
            }
        }

        // A missing code is reported as missing.
        void Name(string what, string name, SourcePlace place)
        {
            if ((name.Length == 0 && what != "code") || name.Length > LongestName || name.Any(char.IsControl))
            {
                defects.Error(DefectCodes.WrongValue, place, $"'{name}' is not the name of a {what}", $"use 1 to {LongestName} characters in one line");
            }

            Text(name, place);
        }

        void Label(LocalizedName? label, SourcePlace place)
        {
            Text(label?.Vi, place);
            Text(label?.En, place);
        }

        void Text(string? text, SourcePlace place)
        {
            if (text is not null && (text.Contains('\0') || !IsWhole(text)))
            {
                defects.Error(DefectCodes.WrongValue, place, "a text holds U+0000 or half of a surrogate pair, which cannot be stored", "remove the character");
            }
        }
    }

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
