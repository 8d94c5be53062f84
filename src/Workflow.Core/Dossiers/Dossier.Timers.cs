namespace Workflow.Core.Dossiers;

public sealed partial class Dossier
{
    /// <summary>The first moment at which the dossier asks for a <see cref="WakeDossier"/>; null when no timer is open.</summary>
    /// <remarks>
    /// A function of the state alone, so a timer can neither be lost nor outlive its cause. After an accepted wake-up it lies ahead of
    /// it: a timeout whose trigger is refused is deferred to the next working day.
    /// </remarks>
    public DateTimeOffset? NextWakeUp => IsClosed ? null : Earliest(Earliest(Earliest(StepDue, TimeoutAt), Earliest(NearDueAt, MissedAt)), _legs?.NextWakeUp);

    // The first moment that is after the promised one, while the clock runs and nobody has said so.
    internal DateTimeOffset? MissedAt =>
        !DeadlineReported && Clock is { StoppedAt: null, SuspendedAt: null, Due: { } due } ? TimelinessRule.FirstLateMoment(due) : null;

    internal static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a <= b ? a : b;
}
