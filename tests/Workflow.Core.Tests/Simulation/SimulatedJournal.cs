using Workflow.Core.Dossiers;
using Workflow.Core.Simulation;

namespace Workflow.Core.Tests.Simulation;

/// <summary>Carries a simulation's commands out as an engine would, timers included, and keeps what happened.</summary>
internal sealed class SimulatedJournal
{
    private readonly Dictionary<int, Dossier> _dossiers = [];
    private readonly SimulationScenario _scenario;

    public SimulatedJournal(SimulationScenario scenario)
    {
        _scenario = scenario;
        foreach (var command in new DistrictSimulation(scenario).Run())
        {
            Commands.Add(command);
            Carry(command);
        }
    }

    public List<SimulatedCommand> Commands { get; } = [];

    public List<(string Code, DateTimeOffset At, IReadOnlyList<DossierEvent> Events)> Rows { get; } = [];

    public List<string> Refusals { get; } = [];

    public IReadOnlyCollection<Dossier> Dossiers => _dossiers.Values;

    private void Carry(SimulatedCommand command)
    {
        var context = new DecisionContext(command.At, command.Actor, _scenario.Calendar, _scenario.Units);
        var code = new DossierCode($"D-{command.Case}");
        if (command.Command is SubmitDossier submit)
        {
            var procedure = _scenario.Procedures.Single(p => p.Procedure.Code == submit.Procedure).Procedure;
            Keep(command.Case, DossierDecider.Submit(procedure, code, submit, context), context, events => Dossier.Create(procedure, events, context.Time));
            return;
        }

        for (var dossier = _dossiers[command.Case]; dossier.NextWakeUp is { } wake && wake <= context.Time; dossier = _dossiers[command.Case])
        {
            var timer = new DecisionContext(wake, Actor.System, _scenario.Calendar, _scenario.Units);
            Keep(command.Case, DossierDecider.Decide(dossier, new WakeDossier(), timer), timer, events => dossier.Apply(events, timer.Time));
        }

        var current = _dossiers[command.Case];
        Keep(command.Case, DossierDecider.Decide(current, command.Command, context), context, events => current.Apply(events, context.Time));
    }

    private void Keep(int index, Decision decision, DecisionContext context, Func<IReadOnlyList<DossierEvent>, Dossier> apply)
    {
        if (!decision.IsAccepted)
        {
            Refusals.Add($"case {index} at {context.Time:O}: {string.Join("; ", decision.Unmet)}");
            return;
        }

        _dossiers[index] = apply(decision.Events);
        Rows.Add(($"D-{index}", context.Time, decision.Events));
    }
}
