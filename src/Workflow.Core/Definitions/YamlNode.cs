using System.Diagnostics.CodeAnalysis;

namespace Workflow.Core.Definitions;

/// <summary>A node of a definition file, with its place. Every scalar is text: <c>1.010040</c> stays what was written.</summary>
internal abstract class YamlNode(SourcePlace place)
{
    public SourcePlace Place { get; } = place;

    /// <summary>What the node is, for messages: "a text", "a list", "a mapping".</summary>
    public abstract string Kind { get; }
}

/// <summary>How a scalar is written.</summary>
internal enum YamlScalarForm
{
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary>Over several lines, in whatever style.</summary>
    Folded,
}

internal sealed class YamlScalar(SourcePlace place, string text, YamlScalarForm form, bool isPlain) : YamlNode(place)
{
    public string Text { get; } = text;

    public YamlScalarForm Form { get; } = form;

    /// <summary>True when nothing was written after the key (or a bare <c>~</c> or <c>null</c>).</summary>
    public bool IsEmpty { get; } = isPlain && text is "" or "~" or "null";

    public override string Kind => "a text";
}

internal sealed class YamlSequence(SourcePlace place, IReadOnlyList<YamlNode> items) : YamlNode(place)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>One key of a mapping with its value.</summary>
internal readonly record struct YamlEntry(YamlScalar Key, YamlNode Value);

internal sealed class YamlMapping : YamlNode
{
    private readonly Dictionary<string, YamlEntry> _byKey = new(StringComparer.Ordinal);

    // Keys are unique: YamlText.Read reports a second one and leaves it out.
    public YamlMapping(SourcePlace place, IReadOnlyList<YamlEntry> entries)
        : base(place)
    {
        Entries = entries;
        foreach (var entry in entries)
        {
            _byKey.Add(entry.Key.Text, entry);
        }
    }

    /// <summary>The entries in the order of the file.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string Kind => "a mapping";

    public bool TryGet(string key, [NotNullWhen(true)] out YamlNode? value)
    {
        var found = _byKey.TryGetValue(key, out var entry);
        value = found ? entry.Value : null;
        return found;
    }
}
