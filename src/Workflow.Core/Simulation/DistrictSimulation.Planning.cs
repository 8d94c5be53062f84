using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Simulation;

public sealed partial class DistrictSimulation
{
    // Says who acts next on the dossier, and when.
    private void Plan(SimulatedCase simulated, DateTimeOffset from)
    {
        var dossier = simulated.Dossier;
        if (dossier.IsClosed)
        {
            return;
        }

        if (dossier.TimeoutAt is { } timeout)
        {
            _agenda.Enqueue(new Happening(HappeningKind.Timeout, simulated, dossier.State, null), Due(timeout));
        }

        if (simulated.IsReappointed && dossier.Clock?.Due is { } due && dossier.AcceptedAt == dossier.LastOccurredAt)
        {
            simulated.IsReappointed = false;
            PlanReappointment(simulated, due);
        }

        var role = dossier.Role ?? ProcedureContent.ApplicantRole;
        if (role == ProcedureContent.ApplicantRole)
        {
            PlanAnswer(simulated, from);
            return;
        }

        if (!StateChoices.WaitsForTimeout(dossier))
        {
            _agenda.Enqueue(new Happening(HappeningKind.Arrival, simulated, dossier.State, null), Due(Rested(simulated, from)));
        }
    }

    private IEnumerable<SimulatedCommand> Queue(SimulatedCase simulated, DateTimeOffset at)
    {
        var dossier = simulated.Dossier;
        var role = dossier.Role!;
        var unit = role == ProcedureContent.OneStopRole ? dossier.ReceivingUnit : dossier.Unit;
        var (officer, done) = _offices.Work(unit, role, at, _random);
        _agenda.Enqueue(new Happening(HappeningKind.Action, simulated, dossier.State, officer), Due(done));
        return [];
    }

    private void PlanAnswer(SimulatedCase simulated, DateTimeOffset from)
    {
        var dossier = simulated.Dossier;
        var due = dossier.Clock is { StoppedAt: null } clock ? clock.Due : null;
        if (_random.Happens(dossier.TimeoutAt is not null ? _scenario.Rates.Silent : due is null ? _scenario.Rates.Unanswered : 0))
        {
            return;
        }

        var mean = due is { } promised ? Math.Clamp((promised - from).TotalHours / 12, 0.2, 24) : _scenario.Rates.AnswerHours;
        var at = from.AddHours(_random.Exponential(mean)).AddMinutes(5);
        _agenda.Enqueue(new Happening(HappeningKind.Action, simulated, dossier.State, simulated.Applicant), Due(at));
    }

    private void PlanReappointment(SimulatedCase simulated, DateTimeOffset due)
    {
        var at = due.AddDays(-1).AddHours(-8);
        if (at > simulated.Dossier.LastOccurredAt)
        {
            _agenda.Enqueue(new Happening(HappeningKind.Reappointment, simulated, simulated.Dossier.State, null), Due(_scenario.Calendar.IsOfficeTime(at) ? at : at.AddHours(-6)));
        }
    }

    // A dossier lies on desks for a share of its limit, mostly with the officer who appraises it: a third of it at each of the first steps.
    private DateTimeOffset Rested(SimulatedCase simulated, DateTimeOffset from)
    {
        var dossier = simulated.Dossier;
        if (dossier.Clock is not { SuspendedAt: null, StoppedAt: null, Due: { } due } clock || simulated.Rests >= 3)
        {
            return from;
        }

        simulated.Rests++;
        var whole = _scenario.Calendar.WorkingTimeBetween(clock.StartedAt, due);
        return _scenario.Calendar.AddWorkingTime(from, whole * (simulated.LyingShare / 3));
    }
}
