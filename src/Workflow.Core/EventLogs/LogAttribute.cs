namespace Workflow.Core.EventLogs;

/// <summary>A named, typed value of a log, a trace or an event.</summary>
/// <param name="Key">The name, such as <c>org:resource</c>; the part before the colon is an extension's prefix.</param>
/// <param name="Value">The typed value.</param>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed record LogAttribute(string Key, LogValue Value)
{
    /// <summary>Creates a text attribute (XES <c>string</c>).</summary>
    public LogAttribute(string key, string value) : this(key, new LogValue.Text(value))
    {
    }

    /// <summary>Creates a time attribute (XES <c>date</c>).</summary>
    public LogAttribute(string key, DateTimeOffset value) : this(key, new LogValue.Date(value))
    {
    }
}

/// <summary>The value of an attribute: one of the eight types of XES (IEEE 1849), and nothing else.</summary>
/// <remarks>Immutable, compared by value and safe to share between threads.</remarks>
public abstract record LogValue
{
    private LogValue()
    {
    }

    /// <summary>The name of the type in XES.</summary>
    internal abstract string ElementName { get; }

    /// <summary>A text (<c>string</c>).</summary>
    public sealed record Text(string Value) : LogValue
    {
        internal override string ElementName => "string";
    }

    /// <summary>A moment (<c>date</c>). Two dates are equal when both moment and offset are.</summary>
    public sealed record Date(DateTimeOffset Value) : LogValue
    {
        internal override string ElementName => "date";

        /// <inheritdoc/>
        public bool Equals(Date? other) => other is not null && Value.EqualsExact(other.Value);

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode();
    }

    /// <summary>A whole number of 64 bits (<c>int</c>).</summary>
    public sealed record Whole(long Value) : LogValue
    {
        internal override string ElementName => "int";
    }

    /// <summary>A number (<c>float</c>), which may be infinite or not a number.</summary>
    public sealed record Real(double Value) : LogValue
    {
        internal override string ElementName => "float";
    }

    /// <summary>True or false (<c>boolean</c>).</summary>
    public sealed record Flag(bool Value) : LogValue
    {
        internal override string ElementName => "boolean";
    }

    /// <summary>An identifier (<c>id</c>), kept as it is written.</summary>
    public sealed record Id(string Value) : LogValue
    {
        internal override string ElementName => "id";
    }

    /// <summary>Attributes in an order that matters (<c>list</c>); a key may stand there several times.</summary>
    public sealed record List(IReadOnlyList<LogAttribute> Items) : LogValue
    {
        /// <summary>The attributes, in their order.</summary>
        public IReadOnlyList<LogAttribute> Items { get; } = [.. Items];

        internal override string ElementName => "list";

        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Count;
    }

    /// <summary>Attributes that belong together (<c>container</c>), each key once.</summary>
    public sealed record Container(LogAttributes Items) : LogValue
    {
        internal override string ElementName => "container";
    }
}
