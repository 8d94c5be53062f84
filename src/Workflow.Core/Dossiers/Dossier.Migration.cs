using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

public sealed partial class Dossier
{
    /// <summary>The migration that moved it last; null when none did, or when it was taken back.</summary>
    public DossierMigration? Migration { get; private set; }

    /// <summary>Where it stands in its procedure.</summary>
    internal DossierPosition Position => new(StateName)
    {
        Role = Role,
        Assignee = Assignee,
        StepDue = StepDue,
        TimeoutAt = TimeoutAt,
        NearDueAt = NearDueAt,
        Clock = ClockSnapshot(),
        Calendar = Calendar,
        DeadlineReported = DeadlineReported,
    };

    /// <summary>Returns the dossier after one more accepted command, which may have moved it to another version.</summary>
    /// <param name="events">The command's events, in order. Not empty.</param>
    /// <param name="occurredAt">When they occurred.</param>
    /// <param name="procedures">Finds a version of a procedure; null when there is none.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="events"/> is empty or holds what no dossier knows, or <paramref name="procedures"/> lacks the version that an event names, with its content.
    /// </exception>
    public Dossier Apply(IReadOnlyList<DossierEvent> events, DateTimeOffset occurredAt, Func<ProcedureVersion, Procedure?> procedures)
    {
        if (events.Count == 0)
        {
            throw new ArgumentException("An accepted command has at least one event.", nameof(events));
        }

        // The copy is private until it is returned, so it may be changed in place.
        var next = (Dossier)MemberwiseClone();
        next.EvolveAll(events, occurredAt, procedures);
        return next;
    }

    internal static ClockSnapshot? SnapshotOf(DeadlineClock? clock) => clock is null
        ? null
        : new ClockSnapshot(clock.Limit.ToString(), clock.Policy, clock.StartedAt, clock.UnrolledEnd, clock.PromisedDue, clock.SuspendedAt, clock.StoppedAt);

    internal static DeadlineClock? ClockOf(ClockSnapshot? clock) => clock is null
        ? null
        : DeadlineClock.Restore(TimeLimit.Parse(clock.Limit), clock.Policy, clock.StartedAt, clock.LimitEnd, clock.Due, clock.SuspendedAt, clock.StoppedAt);

    private ClockSnapshot? ClockSnapshot() => SnapshotOf(Clock) is { } clock ? clock with { Count = CountRecord.ToSnapshot(_count, Clock!) } : null;

    private static Procedure? NoOtherVersion(ProcedureVersion version) => null;

    // What timers report moves nothing; after anything else the dossier has gone on under its new version.
    private void ForgetMigrationUnlessReports(IReadOnlyList<DossierEvent> events)
    {
        if (Migration is { Before: not null } && !events.All(e => e is StepOverdue or DueNear or DeadlineMissed or TimeoutDeferred))
        {
            Migration = Migration with { Before = null, After = null };
        }
    }

    private void EvolveMigrated(DossierMigrated e, Func<ProcedureVersion, Procedure?> procedures)
    {
        EvolvePosition(e.ToVersion, e.ContentHash, e.After, procedures);
        Migration = new DossierMigration(e.Batch, e.FromVersion) { Before = e.Before, After = e.After };
    }

    private void EvolveTakenBack(MigrationTakenBack e, Func<ProcedureVersion, Procedure?> procedures)
    {
        EvolvePosition(e.ToVersion, e.ContentHash, e.After, procedures);
        Migration = null;
    }

    private void EvolvePosition(int number, string hash, DossierPosition position, Func<ProcedureVersion, Procedure?> procedures)
    {
        var version = new ProcedureVersion(Procedure.Code, number);
        var procedure = procedures(version);
        if (procedure?.ContentHash != hash)
        {
            throw new ArgumentException(
                $"Dossier {Code} was moved to {version} with content {hash}, {(procedure is null ? "which is not among the procedures given" : $"not {procedure.ContentHash}")}.",
                nameof(procedures));
        }

        Procedure = procedure;
        State = procedure.Table.State(position.State);
        Role = Shared(position.Role, procedure.State(State).Role);
        Assignee = position.Assignee;
        StepDue = position.StepDue;
        TimeoutAt = position.TimeoutAt;
        NearDueAt = position.NearDueAt;
        Clock = ClockOf(position.Clock);
        _count = position.Clock is null ? null : CountRecord.Restore(position.Clock);
        Calendar = position.Calendar;
        DeadlineReported = position.DeadlineReported;
    }
}
