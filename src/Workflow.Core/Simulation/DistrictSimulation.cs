using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Simulation;

/// <summary>Lets people file dossiers and officers work on them, event by event, and tells every command that they give.</summary>
/// <remarks>
/// It drives real dossiers through <see cref="DossierDecider"/>, so a command that it tells is one that the law accepts. What timers
/// do it knows but does not tell: the engine that carries the commands out has timers of its own, and whatever a timeout changes
/// is followed by an officer no sooner than the next office hour. Pure; one instance is for one run on one thread.
/// </remarks>
public sealed partial class DistrictSimulation
{
    private readonly SimulationScenario _scenario;
    private readonly SeededRandom _random;
    private readonly OfficePool _offices;
    private readonly PriorityQueue<Happening, (DateTimeOffset At, long Order)> _agenda = new();
    private readonly DateTimeOffset _end;
    private readonly double[] _procedureWeights;
    private readonly Dictionary<UnitLevel, (Unit[] Units, double[] Weights)> _receivers;
    private long _order;

    /// <summary>Prepares a run.</summary>
    /// <exception cref="ArgumentException">The scenario has no procedure, or no unit of the level that settles one.</exception>
    public DistrictSimulation(SimulationScenario scenario)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scenario.Procedures.Count, nameof(scenario));
        _scenario = scenario;
        _random = new SeededRandom((ulong)scenario.Seed);
        _offices = new OfficePool(scenario.Calendar, scenario.Staff);
        _end = WorkingCalendar.At(scenario.LastDay.AddDays(1), TimeOnly.MinValue);
        _procedureWeights = Cumulative(scenario.Procedures.Select(p => p.Weight));
        _receivers = scenario.Units.Units.GroupBy(u => u.Level).ToDictionary(g => g.Key, g => (g.ToArray(), Cumulative(g.Select(_ => _random.Between(0.4, 1.8)))));
        if (scenario.Procedures.FirstOrDefault(p => !LevelsOf(p).Any(_receivers.ContainsKey)) is { } nobodys)
        {
            throw new ArgumentException($"No unit settles {nobodys.Procedure}.", nameof(scenario));
        }
    }

    /// <summary>Runs the simulation and returns its commands in the order of their times.</summary>
    public IEnumerable<SimulatedCommand> Run()
    {
        var arrivals = ArrivalTimes.Draw(_scenario, _random);
        for (var next = 0; next < arrivals.Length || _agenda.Count > 0;)
        {
            if (next < arrivals.Length && (!_agenda.TryPeek(out _, out var first) || arrivals[next] <= first.At))
            {
                yield return Submit(next, arrivals[next]);
                next++;
                continue;
            }

            _agenda.TryDequeue(out var happening, out var due);
            if (due.At >= _end)
            {
                continue;
            }

            foreach (var command in Happen(happening!, due.At))
            {
                yield return command;
            }
        }
    }

    private SimulatedCommand Submit(int index, DateTimeOffset at)
    {
        var load = _scenario.Procedures[_random.Pick(_procedureWeights)];
        var procedure = load.Procedure;
        var (units, weights) = _receivers[LevelsOf(load).First(_receivers.ContainsKey)];
        var unit = units[_random.Pick(weights)];
        var applicant = Actor.Applicant($"citizen-{_random.Next(90_000) + 10_000}");
        var rates = _scenario.Rates;
        List<string> required = [.. procedure.Content.Documents.Where(d => d.Required).Select(d => d.Code)];
        var missing = required.Count > 0 && _random.Happens(rates.Incomplete) ? _random.Next(required.Count) : -1;
        var command = new SubmitDossier(procedure.Code, unit.Code)
        {
            ProcedureVersion = procedure.Version.Number,
            Channel = Channel.Online,
            Applicant = new Applicant(ApplicantNames.Draw(_random)) { Phone = $"09{_random.Next(100_000_000):D8}" },
            Fields = [.. procedure.Content.Fields.Where(f => f.Required).Select(f => new FieldValue(f.Name, SampleValue(f, at)))],
            Documents = [.. required.Where((_, i) => i != missing).Select(code => Handed(procedure, code))],
        };
        var decision = DossierDecider.Submit(procedure, new DossierCode($"case-{index}"), command, Context(at, applicant));
        if (!decision.IsAccepted)
        {
            throw new InvalidOperationException($"The simulated submission of {procedure} was refused: {string.Join("; ", decision.Unmet)}.");
        }

        var isNeglected = _random.Happens(rates.Neglected);
        var simulated = new SimulatedCase(index, applicant, Dossier.Create(procedure, decision.Events, LegalTime.Of(at)))
        {
            IsRefusedAtIntake = _random.Happens(rates.RefusedAtIntake),
            IsReturnedAtAppraisal = _random.Happens(rates.SupplementAtAppraisal),
            IsRefusedAfterAppraisal = _random.Happens(rates.RefusedAfterAppraisal),
            IsWithdrawn = _random.Happens(rates.Withdrawn),
            IsNeglected = isNeglected,
            IsReappointed = isNeglected && _random.Happens(rates.Reappointed),
            LyingShare = isNeglected ? _random.Between(1.1, 1.9) : Math.Min(_random.NextShare(), _random.NextShare()) * 0.75,
        };
        Plan(simulated, at);
        return new SimulatedCommand(index, 0, at, applicant, command);
    }

    private IEnumerable<SimulatedCommand> Happen(Happening happening, DateTimeOffset at)
    {
        var simulated = happening.Case;
        if (happening.Kind == HappeningKind.Reappointment)
        {
            return Reappoint(simulated, at);
        }

        if (simulated.Dossier.IsClosed || simulated.Dossier.State != happening.State)
        {
            return [];
        }

        return happening.Kind switch
        {
            HappeningKind.Timeout => PassTimeout(simulated, at),
            HappeningKind.Arrival => Queue(simulated, at),
            _ => Act(simulated, happening.Actor!, at),
        };
    }

    private List<SimulatedCommand> Act(SimulatedCase simulated, Actor actor, DateTimeOffset at)
    {
        var choices = new StateChoices(simulated, Context(at, actor));
        foreach (var command in choices.InOrder(actor))
        {
            var by = command.Actor;
            var decision = DossierDecider.Decide(simulated.Dossier, command.Command, Context(at, by));
            if (!decision.IsAccepted)
            {
                continue;
            }

            var told = new List<SimulatedCommand>(2) { Tell(simulated, decision, at, by, command.Command) };
            AddPayment(simulated, at, told);
            Plan(simulated, at);
            return told;
        }

        // Nothing is possible for this person now (a guard waits for somebody else): look again on the next working day.
        _agenda.Enqueue(new Happening(HappeningKind.Action, simulated, simulated.Dossier.State, actor), Due(_scenario.Calendar.NextOfficeMoment(at.AddDays(1))));
        return [];
    }

    // A procedure with fees but no trigger to pay them: online payment right after acceptance, in a command of its own.
    private void AddPayment(SimulatedCase simulated, DateTimeOffset at, List<SimulatedCommand> told)
    {
        var dossier = simulated.Dossier;
        if (dossier.FeesOutstanding == 0 || dossier.IsClosed || dossier.AcceptedAt != LegalTime.Of(at) || dossier.Procedure.HasAct(Procedures.Act.Pay))
        {
            return;
        }

        var pay = new RecordPayment(new Payment(dossier.FeesOutstanding, "online", $"pay-{simulated.Index}"));
        var decision = DossierDecider.Decide(dossier, pay, Context(at, simulated.Applicant));
        if (decision.IsAccepted)
        {
            told.Add(Tell(simulated, decision, at, simulated.Applicant, pay));
        }
    }

    private static SimulatedCommand Tell(SimulatedCase simulated, Decision decision, DateTimeOffset at, Actor actor, DossierCommand command)
    {
        simulated.Dossier = simulated.Dossier.Apply(decision.Events, LegalTime.Of(at));
        return new SimulatedCommand(simulated.Index, simulated.Commands++, at, actor, command);
    }

    private IEnumerable<SimulatedCommand> PassTimeout(SimulatedCase simulated, DateTimeOffset at)
    {
        var decision = DossierDecider.Decide(simulated.Dossier, new WakeDossier(), Context(at, Actor.System));
        if (decision.IsAccepted)
        {
            simulated.Dossier = simulated.Dossier.Apply(decision.Events, LegalTime.Of(at));
            Plan(simulated, _scenario.Calendar.NextOfficeMoment(at.AddHours(1)));
        }

        return [];
    }

    private IEnumerable<SimulatedCommand> Reappoint(SimulatedCase simulated, DateTimeOffset at)
    {
        var dossier = simulated.Dossier;
        if (dossier.IsClosed || dossier.Clock?.Due is not { } due)
        {
            return [];
        }

        var officer = Actor.Officer($"{dossier.Unit}/{ProcedureContent.OneStopRole}-1", dossier.Unit, ProcedureContent.OneStopRole);
        var newDay = _scenario.Calendar.AddWorkingDays(WorkingCalendar.DayOf(due), 2 + _random.Next(4));
        var command = new ReappointDossier(
            WorkingCalendar.At(newDay, new TimeOnly(17, 0)), "Cần thêm thời gian xác minh", $"XL-{simulated.Index + 1}");
        var decision = DossierDecider.Decide(dossier, command, Context(at, officer));
        return decision.IsAccepted ? [Tell(simulated, decision, at, officer, command)] : [];
    }

    private DecisionContext Context(DateTimeOffset at, Actor actor) => new(at, actor, _scenario.Calendar, _scenario.Units);

    private (DateTimeOffset At, long Order) Due(DateTimeOffset at) => (at, _order++);

    private static IEnumerable<UnitLevel> LevelsOf(ProcedureLoad load) =>
        load.Level is { } level ? [level]
        : load.Procedure.Content.Levels.Count > 0 ? load.Procedure.Content.Levels.OrderByDescending(l => l)
        : [UnitLevel.Commune];

    private static SubmittedDocument Handed(Procedure procedure, string code)
    {
        var definition = procedure.Document(code)!;
        return new SubmittedDocument(code, definition.Originals, definition.Copies);
    }

    private static string SampleValue(FieldDefinition field, DateTimeOffset at) => field.Type switch
    {
        FieldType.Text when field.Values.Count > 0 => field.Values[0],
        FieldType.Number => Math.Min(Math.Max(1, field.Least ?? 1), field.Most ?? decimal.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        FieldType.Date => at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        FieldType.Moment => at.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        FieldType.Flag => "true",
        _ => "(mẫu)",
    };

    private static double[] Cumulative(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(w => sum += w)];
    }
}
