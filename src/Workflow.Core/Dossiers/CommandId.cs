namespace Workflow.Core.Dossiers;

/// <summary>The key that its caller gives a command, so that however often it arrives it is done once.</summary>
/// <remarks>1 to 128 printable characters, compared ordinally, unique within its caller.</remarks>
public readonly record struct CommandId
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;

    /// <summary>Creates an id.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, too long, or has a control character or half of a surrogate pair.</exception>
    public CommandId(string value) =>
        _value = value is { Length: > 0 and <= MaxLength } && TextRules.IsPrintable(value)
            ? value
            : throw new ArgumentException($"A command id has 1 to {MaxLength} printable characters.", nameof(value));

    /// <summary>The id as text; empty for the default value.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Returns the id as text.</summary>
    public override string ToString() => Value;
}
