using Workflow.Core.Deadlines;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

public sealed partial class Dossier
{
    /// <summary>Returns the dossier that a submission's events come to.</summary>
    /// <param name="procedure">The procedure, in the version that the first event names.</param>
    /// <param name="events">The events of the submission; the first one is a <see cref="DossierSubmitted"/>.</param>
    /// <param name="occurredAt">When they occurred.</param>
    /// <exception cref="ArgumentException">The first event is no submission, or the procedure is another than it names.</exception>
    public static Dossier Create(Procedure procedure, IReadOnlyList<DossierEvent> events, DateTimeOffset occurredAt)
    {
        if (events.Count == 0 || events[0] is not DossierSubmitted submitted)
        {
            throw new ArgumentException("A dossier begins with its submission.", nameof(events));
        }

        if (submitted.Procedure != procedure.Code || submitted.ProcedureVersion != procedure.Version.Number || submitted.ContentHash != procedure.ContentHash)
        {
            throw new ArgumentException(
                $"Dossier {submitted.Code} belongs to {submitted.Procedure}@{submitted.ProcedureVersion} with content {submitted.ContentHash}, not to {procedure} with content {procedure.ContentHash}.",
                nameof(procedure));
        }

        var dossier = new Dossier(procedure, new DossierCode(submitted.Code));
        dossier.EvolveAll(events, occurredAt, NoOtherVersion);
        return dossier;
    }

    /// <summary>Returns the dossier after one more accepted command.</summary>
    /// <param name="events">The command's events, in order. Not empty.</param>
    /// <param name="occurredAt">When they occurred.</param>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty, holds what no dossier knows, or moves the dossier to another version of its procedure.</exception>
    public Dossier Apply(IReadOnlyList<DossierEvent> events, DateTimeOffset occurredAt) => Apply(events, occurredAt, NoOtherVersion);

    private void EvolveAll(IReadOnlyList<DossierEvent> events, DateTimeOffset occurredAt, Func<ProcedureVersion, Procedure?> procedures)
    {
        // In the form in which it is stored, so that a dossier that lives and one that is loaded are the same.
        occurredAt = LegalTime.Of(occurredAt);
        Version++;
        LastOccurredAt = occurredAt;
        ForgetMigrationUnlessReports(events);
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DossierMigrated moved)
            {
                EvolveMigrated(moved, procedures);
            }
            else if (events[i] is MigrationTakenBack takenBack)
            {
                EvolveTakenBack(takenBack, procedures);
            }
            else
            {
                Evolve(events[i], occurredAt);
            }
        }
    }

    private void Evolve(DossierEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case DossierSubmitted e:
                EvolveSubmitted(e, at);
                break;
            case DossierMoved e:
                EvolveMoved(e, at);
                break;
            case DossierAccepted e:
                AcceptedAt = at;
                FeesAssessed += e.Fees;
                if (e is { Limit: not null, Promise: { } promise })
                {
                    var limit = e.Limit == Procedure.LimitText ? Procedure.Content.Limit!.Value : TimeLimit.Parse(e.Limit);
                    Clock = DeadlineClock.Restore(limit, Procedure.Content.Clock, at, promise.LimitEnd, promise.Due, null, null);
                    EvolvePromise(promise, reported: false);
                    _count = null;
                }

                break;
            case SupplementRequested:
                SupplementCount++;
                break;
            case PaymentRequested e:
                FeesAssessed += e.Added;
                break;
            case PaymentReceived e:
                FeesPaid += e.Payment.Amount;
                break;
            case DossierTransferred e:
                Unit = e.ToUnit;
                break;
            case DossierAssigned e:
                Unit = e.Unit ?? Unit;
                Role = e.Role ?? Role;
                Assignee = e.Officer ?? (e.Role is null && e.Unit is null ? Assignee : null);
                break;
            case DocumentsAttached e:
                Documents = Merged(Documents, e.Documents, d => d.Code);
                break;
            case FieldsSet e:
                Fields = Merged(Fields, e.Fields, f => f.Name);
                EvolvePersonal(e.Personal);
                break;
            case DecisionSigned e:
                HasDecision = true;
                Result = e.Result;
                break;
            case DossierReappointed e:
                ReappointmentCount++;
                _count = CountRecord.Reappoint(_count, Clock!, e.NewDue);
                Clock = Clock!.Reappoint(e.NewDue);
                NearDueAt = e.NearDue;
                DeadlineReported = false;
                break;
            case ClockSuspended:
                // What suspends holds the clock, even one that a supplement would not (policy None).
                Clock = WithPolicy(Clock!, Clock!.Policy == ClockPolicy.None ? ClockPolicy.Resume : Clock.Policy).Suspend(at);
                NearDueAt = null;
                break;
            case ClockResumed e:
                // A date that was missed and has not moved is not missed again.
                var reported = DeadlineReported && e.Promise.Due <= Clock!.PromisedDue;
                _count = e.Restarted ? CountRecord.Begin(at) : CountRecord.Resume(_count, Clock!, at);
                Clock = DeadlineClock.Restore(Clock!.Limit, Procedure.Content.Clock, Clock.StartedAt, e.Promise.LimitEnd, e.Promise.Due, null, null);
                EvolvePromise(e.Promise, reported);
                break;
            case ClockStopped e:
                Clock = Clock!.Stop(at);
                _count = null;
                Timeliness = e.Timeliness;
                NearDueAt = null;
                break;
            case StepOverdue:
                StepDue = null;
                break;
            case DueNear:
                NearDueAt = null;
                break;
            case DeadlineMissed:
                DeadlineReported = true;
                NearDueAt = null;
                break;
            case TimeoutDeferred e:
                TimeoutAt = e.NextTry;
                break;
            case SupplementReceived:
                SupplementedAt = at;
                break;
            case DossierRefused:
                EvolveRefused();
                break;
            case LegEvent e:
                EvolveLeg(e, at);
                break;
            case LegReport e:
                EvolveReport(e);
                break;
            case DossierHandedOver e:
                EvolveHandedOver(e);
                break;
            case PromiseRecomputed e:
                EvolveRecomputed(e);
                break;
            default:
                throw new ArgumentException($"A dossier knows no event {happened.GetType().Name}.", nameof(happened));
        }
    }

    private void EvolveSubmitted(DossierSubmitted e, DateTimeOffset at)
    {
        SubmittedAt = at;
        EnteredAt = at;
        State = Procedure.Table.State(e.State);
        ReceivingUnit = Unit = e.ReceivingUnit;
        CompetentUnit = e.CompetentUnit == e.ReceivingUnit ? ReceivingUnit : e.CompetentUnit;
        Role = e.Role;
        Channel = e.Channel;
        OnlineLevel = e.OnlineLevel;
        Owner = e.Owner;
        Documents = e.Documents;
        Fields = e.Fields;
        Personal = e.Personal;
        StepDue = e.StepDue;
        TimeoutAt = e.TimeoutAt;
        EvolveOrigin(e);
    }

    private void EvolveMoved(DossierMoved e, DateTimeOffset at)
    {
        if (e.Stays)
        {
            TimeoutAt = e.TimeoutAt;
            return;
        }

        State = Procedure.Table.State(e.To);
        EvolveLegsLeft();
        EnteredAt = at;
        Role = e.Role;
        Assignee = null;
        StepDue = e.StepDue;
        TimeoutAt = e.TimeoutAt;
        if (e.Closes)
        {
            ClosedAt = at;
        }
    }

    private void EvolveHandedOver(DossierHandedOver e)
    {
        Assignee = e.ChangesUnit ? null : Assignee;
        ReceivingUnit = e.ToReceivingUnit;
        CompetentUnit = Shared(e.ToCompetentUnit, ReceivingUnit);
        Unit = Shared(e.ToUnit, CompetentUnit);
    }

    private void EvolvePersonal(PersonalData? more)
    {
        if (more is { Fields.Count: > 0 })
        {
            Personal = (Personal ?? new PersonalData()) with { Fields = Merged(Personal?.Fields ?? [], more.Fields, f => f.Name) };
        }
    }

    private void EvolvePromise(Promise promise, bool reported)
    {
        NearDueAt = promise.NearDue;
        Calendar = promise.Calendar;
        DeadlineReported = reported;
    }

    internal static DeadlineClock WithPolicy(DeadlineClock clock, ClockPolicy policy) => clock.Policy == policy
        ? clock
        : DeadlineClock.Restore(clock.Limit, policy, clock.StartedAt, clock.UnrolledEnd, clock.PromisedDue, clock.SuspendedAt, clock.StoppedAt);

    // A later value takes the place of an earlier one with the same key.
    private static IReadOnlyList<T> Merged<T>(IReadOnlyList<T> old, IReadOnlyList<T> added, Func<T, string> key) =>
        old.Count == 0 ? [.. added] : [.. old.Where(o => !added.Any(a => key(a) == key(o))), .. added];
}
