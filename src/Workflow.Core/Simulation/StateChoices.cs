using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Simulation;

/// <summary>What a person would do with a dossier in its state: first what fate says, then the ordinary way, then anything else that is permitted.</summary>
internal sealed class StateChoices(SimulatedCase simulated, DecisionContext context)
{
    private readonly Dossier _dossier = simulated.Dossier;

    /// <summary>Whether the ordinary way out of the state is that time passes, such as a public posting.</summary>
    public static bool WaitsForTimeout(Dossier dossier) =>
        dossier.Procedure.State(dossier.State) is { TimeoutTrigger: { } timeout } state
        && dossier.Procedure.Content.Transitions.First(t => t.From == state.Name).Trigger == timeout;

    public IEnumerable<(Actor Actor, DossierCommand Command)> InOrder(Actor actor)
    {
        var procedure = _dossier.Procedure;
        var here = procedure.Content.Transitions.Where(t => t.From == _dossier.StateName && !t.Stays).ToList();
        if (simulated.IsWithdrawn && _dossier.AcceptedAt is not null && Find(here, Act.Withdraw) is { } withdraw)
        {
            yield return (simulated.Applicant, new FireTrigger(withdraw.Trigger));
        }

        if (Exceptional(here) is { } exceptional)
        {
            yield return (actor, Filled(exceptional));
        }

        // The ordinary way is what the definition names first. An end that nobody asked for is no choice.
        foreach (var transition in here)
        {
            if (ActOf(procedure, transition.Trigger) is not (Act.Refuse or Act.Withdraw or Act.Stop))
            {
                yield return (actor, Filled(transition));
            }
        }

        // What waits for money at the counter waits for the applicant.
        if (_dossier.FeesOutstanding > 0 && Find(here, Act.Pay) is { } pay)
        {
            yield return (simulated.Applicant, Filled(pay));
        }
    }

    private TransitionDefinition? Exceptional(List<TransitionDefinition> here)
    {
        var procedure = _dossier.Procedure;
        if (_dossier.AcceptedAt is null)
        {
            var incomplete = MissingDocuments().Count > 0;
            return simulated.IsRefusedAtIntake ? Find(here, Act.Refuse) : incomplete ? Find(here, Act.RequestSupplement) ?? Find(here, Act.Refuse) : null;
        }

        if (simulated.IsRefusedAfterAppraisal && _dossier.Status == PortalStatus.Processing && Find(here, Act.Refuse) is { } refuse)
        {
            return refuse;
        }

        if (!simulated.IsReturnedAtAppraisal || _dossier.SupplementCount > 0)
        {
            return null;
        }

        // Either the request itself, or the step that hands the dossier back to those who may ask.
        simulated.IsReturnedAtAppraisal = false;
        return Find(here, Act.RequestSupplement)
            ?? here.FirstOrDefault(t => procedure.Content.Transitions.Any(next => next.From == t.To && ActOf(procedure, next.Trigger) == Act.RequestSupplement));
    }

    private FireTrigger Filled(TransitionDefinition transition)
    {
        var procedure = _dossier.Procedure;
        var command = new FireTrigger(transition.Trigger);
        return ActOf(procedure, transition.Trigger) switch
        {
            Act.Refuse => command with { Reason = "Hồ sơ không đủ điều kiện", Ground = "Nghị định 61/2018/NĐ-CP" },
            Act.RequestSupplement => command with { Reason = "Thành phần hồ sơ chưa đủ", Items = MissingItems() },
            Act.Supplement => command with { Documents = [.. MissingDocuments().Select(d => new SubmittedDocument(d, 1))] },
            Act.Pay => command with { Payment = new Payment(Math.Max(1, _dossier.FeesOutstanding), _dossier.Role == ProcedureContent.ApplicantRole ? "online" : "cash", $"pay-{simulated.Index}") },
            Act.RequestPayment when _dossier.FeesOutstanding == 0 => command with { Amount = 100_000 },
            Act.Sign => command with { Result = $"KQ-{simulated.Index + 1}" },
            _ => command,
        };
    }

    private List<string> MissingDocuments() => [.. _dossier.Procedure.RequiredDocuments(new DecisionFacts(_dossier, context, null)).Where(d => !_dossier.HasDocument(d))];

    private List<string> MissingItems()
    {
        var missing = MissingDocuments();
        return missing.Count > 0 ? missing : ["Bản giải trình"];
    }

    private TransitionDefinition? Find(List<TransitionDefinition> here, Act act) => here.FirstOrDefault(t => ActOf(_dossier.Procedure, t.Trigger) == act);

    private static Act ActOf(Procedure procedure, string trigger) => procedure.Trigger(procedure.Table.Trigger(trigger)).Act;
}
