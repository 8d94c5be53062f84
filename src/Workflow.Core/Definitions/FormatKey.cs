namespace Workflow.Core.Definitions;

/// <summary>What a key of a definition file takes.</summary>
internal enum FormatType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text, which is the Vietnamese name, or a mapping with <c>vi</c> and <c>en</c>.</summary>
    Name,

    /// <summary>A time limit.</summary>
    Limit,

    /// <summary>A whole number between two bounds.</summary>
    Integer,

    /// <summary>A number, perhaps with a point.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One word of a list.</summary>
    Choice,

    /// <summary>Words of a list.</summary>
    Choices,

    /// <summary>One text or a list of texts.</summary>
    Texts,

    /// <summary>The name of a guard or an expression.</summary>
    Expression,

    /// <summary>One or several of <see cref="Expression"/>.</summary>
    Expressions,

    /// <summary>A mapping of its own.</summary>
    Mapping,

    /// <summary>A list of mappings.</summary>
    Mappings,

    /// <summary>Names of the file's own, a mapping under each.</summary>
    Named,

    /// <summary>Names of the file's own, a time limit under each.</summary>
    NamedLimits,

    /// <summary>Names of the file's own, a text under each.</summary>
    NamedTexts,

    /// <summary>Triggers, under each a state, a mapping, or a list of them.</summary>
    Transitions,
}

/// <summary>A key of a mapping in definition files.</summary>
/// <param name="Name">The key.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Meaning">What it says, in one line.</param>
internal sealed record FormatKey(string Name, FormatType Type, string Meaning)
{
    /// <summary>Whether the mapping is refused without it.</summary>
    public bool Required { get; init; }

    /// <summary>What is taken when it is absent, as it would be written; null when its absence has no such value.</summary>
    public string? Default { get; init; }

    /// <summary>The words of a choice, in the order in which they are told.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The least of a whole number.</summary>
    public long Least { get; init; }

    /// <summary>The most of a whole number.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>The mapping that it takes, or takes under each name; null where it takes none.</summary>
    public FormatMapping? Of { get; init; }
}

/// <summary>A kind of mapping in definition files.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Meaning">What it is for.</param>
/// <param name="Keys">Its keys, in the order in which they are written.</param>
internal sealed record FormatMapping(string Name, string Meaning, params IReadOnlyList<FormatKey> Keys);
