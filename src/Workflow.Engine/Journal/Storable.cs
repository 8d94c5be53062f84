namespace Workflow.Engine.Journal;

/// <summary>Decides what a store can keep, alike for every store.</summary>
/// <remarks>
/// PostgreSQL keeps no U+0000 in a text and no key above 2,704 bytes, and half a surrogate pair has no UTF-8: encoders would
/// replace it, and two different ids would become one. Reasons never quote the value, which may be personal.
/// </remarks>
internal static class Storable
{
    public const int MaxText = 256;
    public const int MaxTraceContext = 1024;
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Returns why an append cannot be stored, or null when it can.</summary>
    public static string? WhyNot(JournalAppend append)
    {
        var snapshot = append.Snapshot;
        return Key(append.Code, "The code")
            ?? Key(append.Caller, "The caller")
            ?? Key(append.CommandId, "The command id")
            ?? Text(append.Actor, "The actor")
            ?? Text(append.TraceContext, "The trace context", MaxTraceContext)
            ?? Text(snapshot.Procedure, "The procedure")
            ?? Text(snapshot.ProcedureVersion, "The procedure version")
            ?? Text(snapshot.Unit, "The unit")
            ?? Text(snapshot.State, "The state")
            ?? Text(snapshot.Role, "The role")
            ?? Text(snapshot.Assignee, "The assignee")
            ?? Time(append.OccurredAt, "The time of occurrence")
            ?? Time(snapshot.Due, "The due moment")
            ?? Time(snapshot.WakeAt, "The wake-up")
            ?? Bytes(append.Data, "The data")
            ?? Bytes(append.Personal, "The personal part")
            ?? Bytes(snapshot.Data, "The snapshot")
            ?? Bytes(snapshot.Personal, "The personal part of the snapshot");
    }

    /// <summary>Whether a text can be a code, a caller or a command id.</summary>
    public static bool IsKey(string value) => Key(value, string.Empty) is null;

    /// <summary>Refuses a key that cannot be stored.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or holds U+0000 or half a surrogate pair.</exception>
    public static void RequireKey(string value, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        if (Key(value, "The text") is { } reason)
            throw new ArgumentException(reason, parameter);
    }

    /// <summary>Refuses a definition that cannot be stored.</summary>
    /// <exception cref="ArgumentException">Its kind is unknown, a text unstorable or its content too long.</exception>
    public static void RequireDefinition(PublishedDefinition definition)
    {
        DefinitionKinds.Require(definition.Kind);
        RequireKey(definition.Code, nameof(definition));
        RequireKey(definition.Version, nameof(definition));
        RequireKey(definition.ContentHash, nameof(definition));
        if ((Time(definition.KnownFrom, "The time from which it was known") ?? Bytes(definition.Content, "The content")) is { } reason)
            throw new ArgumentException(reason, nameof(definition));
    }

    private static string? Key(string value, string what) => value.Length == 0 ? $"{what} is empty." : Text(value, what);

    private static string? Text(string? value, string what, int max = MaxText)
    {
        if (value is null)
            return null;
        if (value.Length > max)
            return $"{what} has {value.Length} characters: at most {max} can be stored.";
        if (value.Contains('\0', StringComparison.Ordinal))
            return $"{what} holds U+0000, which cannot be stored.";
        return HasLoneSurrogate(value) ? $"{what} holds half a surrogate pair, which cannot be stored." : null;
    }

    private static string? Time(DateTimeOffset? value, string what) =>
        value is { } time && !StoredTime.Covers(time) ? $"{what} lies outside the years 1 to 9999 of Vietnam time." : null;

    private static string? Bytes(byte[]? value, string what) =>
        value?.Length > MaxBytes ? $"{what} has {value.Length} bytes: at most {MaxBytes} can be stored." : null;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> value)
    {
        var rest = value;
        while (rest.IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var at)
        {
            if (at + 1 >= rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
                return true;
            rest = rest[(at + 2)..];
        }

        return false;
    }
}
