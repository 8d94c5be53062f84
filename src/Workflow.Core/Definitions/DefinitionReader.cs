using System.Globalization;

namespace Workflow.Core.Definitions;

/// <summary>Typed access to a mapping of a definition file. What does not fit becomes a defect with its place, and reading goes on.</summary>
internal sealed partial class DefinitionReader(YamlMapping mapping, string what, DefectList defects)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public SourcePlace Place => mapping.Place;

    public DefectList Defects => defects;

    public IReadOnlyList<YamlEntry> Entries => mapping.Entries;

    public bool Has(string key) => Find(key) is not null;

    public SourcePlace PlaceOf(string key) => mapping.TryGet(key, out var value) ? value.Place : mapping.Place;

    public string RequiredText(string key)
    {
        var text = Text(key);
        if (text is null && !mapping.TryGet(key, out _))
        {
            Missing(key);
        }

        return text ?? string.Empty;
    }

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalar { IsEmpty: false } scalar => scalar.Text,
        var other => Wrong<string>(other, key, "a text"),
    };

    public int? Integer(string key, int least, int most)
    {
        var node = Find(key);
        return node switch
        {
            null => null,
            YamlScalar s when int.TryParse(s.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most => n,
            _ => WrongNumber(node, key, $"a whole number from {least} to {most}"),
        };
    }

    public long? Amount(string key)
    {
        var node = Find(key);
        return node switch
        {
            null => null,
            YamlScalar s when long.TryParse(s.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) => n,
            _ => WrongNumber(node, key, "a whole number of dong, digits alone"),
        };
    }

    public decimal? Number(string key)
    {
        var node = Find(key);
        return node switch
        {
            null => null,
            YamlScalar s when decimal.TryParse(s.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) => n,
            _ => WrongNumber(node, key, "a number such as 12 or 0.5"),
        };
    }

    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        YamlScalar { Text: "true" } => true,
        YamlScalar { Text: "false" } => false,
        var other => WrongFlag(other, key),
    };

    public DateOnly? Date(string key)
    {
        var node = Find(key);
        return node switch
        {
            null => null,
            YamlScalar s when TryDate(s.Text, out var date) => date,
            _ => WrongDate(node, key),
        };
    }

    /// <summary>A name of a closed list; the choices are named when the value is none of them.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        var node = Find(key);
        if (node is null)
        {
            return null;
        }

        return node is YamlScalar scalar && choices.TryGetValue(scalar.Text, out var value) ? value : WrongChoice<T>(node, key, choices.Keys);
    }

    public IReadOnlyList<YamlScalar> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlScalar { IsEmpty: false } single:
                return [single];
            case YamlSequence sequence:
                var texts = new List<YamlScalar>(sequence.Items.Count);
                foreach (var item in sequence.Items)
                {
                    if (item is YamlScalar { IsEmpty: false } scalar)
                    {
                        texts.Add(scalar);
                    }
                    else
                    {
                        Wrong<string>(item, key, "a list of texts");
                    }
                }

                return texts;
            case var other:
                Wrong<string>(other, key, "a list of texts");
                return [];
        }
    }

    public DefinitionReader? Mapping(string key) => Find(key) switch
    {
        null => null,
        YamlMapping m => new DefinitionReader(m, $"'{key}'", defects),
        var other => Wrong<DefinitionReader>(other, key, "a mapping"),
    };

    public IReadOnlyList<DefinitionReader> Mappings(string key)
    {
        var node = Find(key);
        if (node is null or YamlScalar { IsEmpty: true })
        {
            return [];
        }

        if (node is not YamlSequence sequence)
        {
            Wrong<string>(node, key, "a list of mappings");
            return [];
        }

        var readers = new List<DefinitionReader>(sequence.Items.Count);
        foreach (var item in sequence.Items)
        {
            if (item is YamlMapping m)
            {
                readers.Add(new DefinitionReader(m, $"an entry of '{key}'", defects));
            }
            else
            {
                Wrong<string>(item, key, "a list of mappings");
            }
        }

        return readers;
    }

    /// <summary>The entries of a mapping whose keys are names of the definition's own, each with its body. A body that is no mapping becomes a defect and an empty one.</summary>
    public IReadOnlyList<(YamlScalar Name, DefinitionReader Body)> Named(string key)
    {
        switch (Find(key))
        {
            case null or YamlScalar { IsEmpty: true }:
                return [];
            case YamlMapping named:
                return [.. named.Entries.Select(e => (e.Key, Body(e)))];
            case var other:
                Wrong<string>(other, key, "a mapping of names");
                return [];
        }
    }

    /// <summary>A text alone, which is the Vietnamese name, or a mapping with <c>vi</c> and perhaps <c>en</c>.</summary>
    public LocalizedName? Name(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalar { IsEmpty: false } scalar:
                return new LocalizedName(scalar.Text);
            case YamlMapping names:
                var reader = new DefinitionReader(names, $"'{key}'", defects);
                var name = reader.OwnName();
                reader.RefuseUnknownKeys();
                return name;
            case var other:
                return Wrong<LocalizedName>(other, key, "a name, or '{ vi: ..., en: ... }'");
        }
    }

    /// <summary>The name that this mapping itself bears in <c>vi</c> and perhaps <c>en</c>.</summary>
    public LocalizedName OwnName() => new(RequiredText("vi"), Text("en"));

    /// <summary>The value of a key as it was written; null when the key is not there.</summary>
    public YamlNode? Node(string key) => Find(key);

    /// <summary>Names of a closed list; each one that is none of them becomes a defect.</summary>
    public IReadOnlyList<T> Choices<T>(string key, IReadOnlyDictionary<string, T> choices)
    {
        var chosen = new List<T>();
        foreach (var text in Texts(key))
        {
            if (choices.TryGetValue(text.Text, out var value))
            {
                chosen.Add(value);
            }
            else
            {
                Wrong<string>(text, key, $"one of: {string.Join(", ", choices.Keys)}");
            }
        }

        return chosen;
    }

    /// <summary>Reports every key that was never asked for, with the nearest known one. Call it last.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var entry in mapping.Entries)
        {
            if (_known.Contains(entry.Key.Text))
            {
                continue;
            }

            var nearest = Spelling.Nearest(entry.Key.Text, _known);
            defects.Error(
                DefectCodes.UnknownKey,
                entry.Key.Place,
                $"{what} has no key '{entry.Key.Text}'",
                nearest is null ? $"use one of: {string.Join(", ", _known.Order(StringComparer.Ordinal))}" : $"did you mean '{nearest}'?");
        }
    }

    public void Missing(string key) =>
        defects.Error(DefectCodes.MissingKey, mapping.Place, $"{what} lacks the key '{key}'", $"add '{key}: ...'");

    public void Wrong(YamlNode node, string message, string mend) => defects.Error(DefectCodes.WrongValue, node.Place, message, mend);

    internal static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private DefinitionReader Body(YamlEntry entry)
    {
        if (entry.Value is YamlMapping body)
        {
            return new DefinitionReader(body, $"'{entry.Key.Text}'", defects);
        }

        if (entry.Value is not YamlScalar { IsEmpty: true })
        {
            Wrong<string>(entry.Value, entry.Key.Text, "a mapping");
        }

        return new DefinitionReader(new YamlMapping(entry.Key.Place, []), $"'{entry.Key.Text}'", defects);
    }

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return mapping.TryGet(key, out var value) ? value : null;
    }
}
