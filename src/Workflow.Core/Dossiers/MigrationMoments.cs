using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>What becomes of a dossier's clock and timers when it moves to another version, and when it moves back.</summary>
internal static class MigrationMoments
{
    /// <summary>Where the dossier stands in the target; adds what keeps its clock or timers from moving.</summary>
    /// <exception cref="CalendarTooShortException">A limit ends outside the calendar.</exception>
    public static DossierPosition PositionIn(
        Dossier dossier, Procedure target, StateDefinition to, MigrateDossier command, DecisionContext context, List<UnmetGuard> unmet)
    {
        var from = dossier.Procedure.State(dossier.State);
        var role = dossier.Role == from.Role || (dossier.Role is { } kept && !target.Content.Roles.Contains(kept)) ? to.Role : dossier.Role;
        var position = dossier.Position with
        {
            State = to.Name,
            Role = role,
            Assignee = role == dossier.Role ? dossier.Assignee : null,
            StepDue = StepDue(dossier, from, target, to, context),
            TimeoutAt = TimeoutAt(dossier, from, to, context, unmet),
        };
        if (command.RecountsClock)
        {
            position = Recounted(dossier, position, target, context, unmet);
        }

        return Turned(dossier, position, target, to, command, context, unmet);
    }

    /// <summary>Where the dossier stood before, less what timers have reported since: nothing is reported twice.</summary>
    public static DossierPosition Restored(Dossier dossier, DossierPosition before, DossierPosition moved)
    {
        var last = dossier.LastOccurredAt;
        var missed = dossier.DeadlineReported && !moved.DeadlineReported
            && before.Clock is { StoppedAt: null, SuspendedAt: null, Due: var due } && TimelinessRule.FirstLateMoment(due) <= last;
        return before with
        {
            StepDue = dossier.StepDue is null && moved.StepDue is not null && before.StepDue <= last ? null : before.StepDue,
            TimeoutAt = dossier.TimeoutAt != moved.TimeoutAt && before.TimeoutAt <= last ? dossier.TimeoutAt : before.TimeoutAt,
            NearDueAt = missed || (dossier.NearDueAt is null && moved.NearDueAt is not null && before.NearDueAt <= last) ? null : before.NearDueAt,
            DeadlineReported = before.DeadlineReported || missed,
        };
    }

    // As it is where the limit is the same; otherwise the new one, from the original entry. What was reported is not reported again.
    private static DateTimeOffset? StepDue(Dossier dossier, StateDefinition from, Procedure target, StateDefinition to, DecisionContext context)
    {
        var (old, now) = (Moments.StepLimit(dossier.Procedure, from), Moments.StepLimit(target, to));
        if (old == now)
        {
            return dossier.StepDue;
        }

        if (now is not { } limit)
        {
            return null;
        }

        var due = TimelinessRule.FirstLateMoment(Moments.Due(limit, dossier.EnteredAt, context));
        return old is not null && dossier.StepDue is null && due <= context.Time ? null : due;
    }

    // Silence must not have its consequence because the rules changed: a timeout that would have passed keeps the dossier where it is.
    private static DateTimeOffset? TimeoutAt(Dossier dossier, StateDefinition from, StateDefinition to, DecisionContext context, List<UnmetGuard> unmet)
    {
        if (to is not { Timeout: { } time, TimeoutTrigger: { } trigger })
        {
            return null;
        }

        if (from.Timeout == time)
        {
            return dossier.TimeoutAt;
        }

        var at = TimelinessRule.FirstLateMoment(Moments.Due(time, dossier.EnteredAt, context));
        if (at <= context.Time)
        {
            unmet.Add(new UnmetGuard(
                "timeout-ahead", $"the timeout of '{to.Name}', counted from the entry at {dossier.EnteredAt:yyyy-MM-dd HH:mm}, has passed, and '{trigger}' would be fired at once"));
        }

        return at;
    }

    // The new limit from the original acceptance, where nothing has moved the promise since.
    private static DossierPosition Recounted(Dossier dossier, DossierPosition position, Procedure target, DecisionContext context, List<UnmetGuard> unmet)
    {
        if (dossier.AcceptedAt is not { } acceptedAt || dossier.Clock is { StoppedAt: not null })
        {
            return position;
        }

        var content = target.Content;
        if (content.LimitCases.Count > 0 || content.Limit is not { } limit)
        {
            return Refused(content.Limit is null ? $"{target} sets no limit" : $"{target} has limits by case");
        }

        if (dossier.Clock is { } clock && !IsAsAccepted(dossier.Procedure, clock, context))
        {
            return Refused("the promise has moved since acceptance (a suspension, a new date or another calendar)");
        }

        var recounted = new DecisionContext(acceptedAt, context.Actor, context.Calendar, context.Units);
        var promise = Moments.Promise(Moments.Start(target, limit, recounted), context);
        var isLate = TimelinessRule.FirstLateMoment(promise.Due) <= context.Time;
        if (isLate && !(dossier.Clock is { } old && TimelinessRule.FirstLateMoment(old.PromisedDue) <= context.Time))
        {
            return Refused($"the limit of {limit}, counted from acceptance, ended at {promise.Due:yyyy-MM-dd HH:mm}");
        }

        return position with
        {
            Clock = new ClockSnapshot(limit.ToString(), content.Clock, acceptedAt, promise.LimitEnd, promise.Due, null, null) { Count = new CountSnapshot(acceptedAt, null, null) },
            Calendar = promise.Calendar,
            NearDueAt = promise.NearDue,
            // A date that was missed and has not moved ahead is not missed again.
            DeadlineReported = dossier.DeadlineReported && isLate,
        };

        DossierPosition Refused(string why)
        {
            unmet.Add(new UnmetGuard("clock-recount", $"{why}; keep the promise with 'clock: keep'"));
            return position;
        }
    }

    private static bool IsAsAccepted(Procedure procedure, DeadlineClock clock, DecisionContext context)
    {
        if (clock.SuspendedAt is not null)
        {
            return false;
        }

        var accepted = Moments.Start(procedure, clock.Limit, new DecisionContext(clock.StartedAt, context.Actor, context.Calendar, context.Units));
        return LegalTime.Of(accepted.UnrolledEnd) == LegalTime.Of(clock.UnrolledEnd) && LegalTime.Of(accepted.PromisedDue) == LegalTime.Of(clock.PromisedDue);
    }

    // The clock goes on as it did: whether it runs, stands or has stopped. It turns only where the mapping names the states itself.
    private static DossierPosition Turned(
        Dossier dossier, DossierPosition position, Procedure target, StateDefinition to, MigrateDossier command, DecisionContext context, List<UnmetGuard> unmet)
    {
        if (Dossier.ClockOf(position.Clock) is not { } clock)
        {
            return position;
        }

        var stops = to.Status is { } end && end != PortalStatus.Stopped && PortalStatuses.StopsClock(end);
        var suspends = ClockRules.Suspends(target, to);
        if (stops != clock.StoppedAt is not null)
        {
            unmet.Add(new UnmetGuard(
                "clock-run", stops ? $"in '{to.Name}' the legal clock stops for good, and a migration settles no dossier" : $"the legal clock stopped for good, and in '{to.Name}' it would run"));
            return position;
        }

        if (stops)
        {
            return position;
        }

        if (suspends == clock.SuspendedAt is not null)
        {
            // A clock that is held keeps its policy until it goes on, as one that is suspended does.
            return suspends ? position : position with { Clock = position.Clock! with { Policy = target.Content.Clock } };
        }

        if (!command.MayTurnClock)
        {
            unmet.Add(new UnmetGuard(
                "clock-run", $"the legal clock {(suspends ? "runs, and would stand still" : "stands still, and would run")} in '{to.Name}'; map '{dossier.StateName}' to it by name if that is meant"));
            return position;
        }

        if (suspends)
        {
            var held = Dossier.WithPolicy(clock, target.Content.Clock == ClockPolicy.None ? ClockPolicy.Resume : target.Content.Clock);
            return position with { Clock = Dossier.SnapshotOf(held.Suspend(context.Time))! with { Count = position.Clock!.Count }, NearDueAt = null };
        }

        // Nothing was supplemented, so the limit does not start again.
        var running = Moments.Resume(target, Dossier.WithPolicy(clock, ClockPolicy.Resume), context);
        var promise = Moments.Promise(running, context);
        return position with
        {
            Clock = new ClockSnapshot(running.Limit.ToString(), target.Content.Clock, running.StartedAt, promise.LimitEnd, promise.Due, null, null)
            {
                Count = position.Clock!.Count is { } count
                    ? count with { Suspensions = [.. count.Suspensions ?? [], new Suspension(clock.SuspendedAt!.Value, context.Time)] }
                    : null,
            },
            Calendar = promise.Calendar,
            NearDueAt = promise.NearDue,
            DeadlineReported = dossier.DeadlineReported && promise.Due <= clock.PromisedDue,
        };
    }
}
