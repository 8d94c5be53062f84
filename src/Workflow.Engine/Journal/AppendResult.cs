namespace Workflow.Engine.Journal;

/// <summary>What became of one append.</summary>
public enum AppendOutcome
{
    /// <summary>It was written.</summary>
    Committed,

    /// <summary>Its version is taken, or the version before it is not the current one. Load and decide again.</summary>
    Conflict,

    /// <summary>The dossier has accepted this command of this caller before.</summary>
    Repeat,

    /// <summary>This submission of this caller became a dossier before.</summary>
    RepeatedSubmission,

    /// <summary>It holds a value that no store can keep.</summary>
    Unstorable,

    /// <summary>Definitions were published since it was decided. Read them and decide again.</summary>
    Outdated,

    /// <summary>Somebody else's transaction has had its dossier locked for longer than its neighbours wait. Nothing was written: offer it again, without them.</summary>
    Held,
}

/// <summary>What became of one append of a batch.</summary>
/// <param name="Outcome">Which of the members below has a meaning.</param>
/// <param name="Position">The row's place in the journal when committed, otherwise 0.</param>
/// <param name="Version">The version when committed, that of the earlier command when repeated, otherwise 0.</param>
/// <param name="Code">The existing dossier when a submission is repeated, otherwise null.</param>
/// <param name="Reason">What cannot be stored, without the value itself, when unstorable; otherwise null.</param>
public readonly record struct AppendResult(AppendOutcome Outcome, long Position, int Version, string? Code, string? Reason)
{
    internal static AppendResult Committed(long position, int version) => new(AppendOutcome.Committed, position, version, null, null);

    internal static AppendResult Conflict() => new(AppendOutcome.Conflict, 0, 0, null, null);

    internal static AppendResult Repeat(int version) => new(AppendOutcome.Repeat, 0, version, null, null);

    internal static AppendResult RepeatedSubmission(string code) => new(AppendOutcome.RepeatedSubmission, 0, 0, code, null);

    internal static AppendResult Outdated() => new(AppendOutcome.Outdated, 0, 0, null, null);

    internal static AppendResult Held() => new(AppendOutcome.Held, 0, 0, null, null);

    internal static AppendResult Unstorable(string reason) => new(AppendOutcome.Unstorable, 0, 0, null, reason);
}
