namespace Workflow.Core.EventLogs;

/// <summary>How much of a log the reader is willing to hold at once. A log beyond a limit is refused, so a hostile file costs a known amount of memory.</summary>
/// <remarks>Every limit is included: a log that reaches it exactly is read.</remarks>
public sealed record XesLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static XesLimits Default { get; } = new();

    /// <summary>How many elements may stand inside each other, the <c>log</c> element included. At least 4.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>How many attributes, nested ones of lists and containers included, one event, one trace or the header of the log may have.</summary>
    public int Attributes { get; init; } = 10_000;

    /// <summary>How many events one trace may have.</summary>
    public int EventsPerTrace { get; init; } = 1_000_000;

    /// <summary>How long a key or a value may be, in UTF-16 code units.</summary>
    public int TextLength { get; init; } = 1_000_000;

    /// <summary>How many different element names, attribute names, prefixes and namespaces the file may use.</summary>
    public int Names { get; init; } = 10_000;

    // What the XML parser may take from the stream for one node, in bytes. It holds a start tag in memory before anything
    // of it can be looked at. Twelve bytes cover a code unit written as a reference in UTF-16 (&#60;), for a key and a value.
    internal long NodeBytes => (24L * TextLength) + (1L << 20);
}
