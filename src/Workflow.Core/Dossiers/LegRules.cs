using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>What the legs of a dossier ask for: which are part of the case, when each goes out, when the wait is over.</summary>
internal static class LegRules
{
    /// <summary>Plans the legs of the state that a dossier has entered, and names every one whose unit cannot be found.</summary>
    public static LegsAwaited Plan(Dossier dossier, DecisionContext context, List<UnmetGuard> unmet)
    {
        var state = dossier.Procedure.State(dossier.State);
        var facts = new DecisionFacts(dossier, context, null);
        var planned = new List<PlannedLeg>();
        foreach (var name in state.Legs)
        {
            var leg = dossier.Procedure.Leg(name)!;
            if (leg.When is { } condition && !dossier.Procedure.LegConditions.Holds(condition, facts))
            {
                continue;
            }

            if (LegPlace.Parse(leg.Unit)!.Value.Find(context.UnitsInForce, dossier.ReceivingUnit, dossier.CompetentUnit, dossier.Unit) is { } unit)
            {
                planned.Add(new PlannedLeg(dossier.Legs.Count + planned.Count + 1, name, unit.Code));
            }
            else
            {
                unmet.Add(new UnmetGuard("leg-unit", $"the leg '{name}' goes to '{leg.Unit}', and there is no such unit, or more than one, seen from '{dossier.ReceivingUnit}'; add it to the units"));
            }
        }

        return new LegsAwaited(state.Name, planned);
    }

    /// <summary>The trigger that the system fires now; null while the dossier waits on.</summary>
    public static string? WayOn(Dossier dossier, DecisionContext context)
    {
        var join = dossier.Procedure.State(dossier.State).Join!;
        var (legs, well, badly) = Count(dossier);
        var ended = well + badly;
        var (holds, isLost) = join.Rule switch
        {
            JoinRule.All => (well == legs, badly > 0),
            JoinRule.Any => (well > 0, badly == legs),
            _ => ((ended > 0 || legs == 0) && dossier.Procedure.LegConditions.Holds(join.When!, new DecisionFacts(dossier, context, null)), ended == legs),
        };
        return holds ? join.Fire : isLost ? join.Otherwise : null;
    }

    /// <summary>Sends out the planned legs whose predecessors have all ended.</summary>
    public static void AddDispatches(Dossier dossier, DecisionContext context, List<DossierEvent> events)
    {
        for (var i = 0; i < dossier.Legs.Count; i++)
        {
            var leg = dossier.Legs[i];
            if (leg.State == LegState.Planned && leg.Round == dossier.LegRound && IsReady(dossier, leg))
            {
                events.Add(Dispatched(dossier, leg, context));
            }
        }
    }

    /// <summary>Recalls the legs that are still out when the dossier leaves the state that waits for them.</summary>
    public static void AddRecalls(Dossier dossier, List<DossierEvent> events)
    {
        for (var i = 0; i < dossier.Legs.Count; i++)
        {
            if (dossier.Legs[i].IsOpen)
            {
                events.Add(new LegRecalled(dossier.Legs[i].Number, dossier.Legs[i].Name));
            }
        }
    }

    /// <summary>What a leg's dossier tells the one that waits for it.</summary>
    public static void AddReports(Dossier leg, DossierMoved moved, DecisionContext context, List<DossierEvent> events)
    {
        if (leg is not { Parent: { } parent, LegNumber: { } number })
        {
            return;
        }

        if (leg.LegBook is { AcknowledgementReported: false } && (moved.Act == Act.Accept || context.Actor.Unit is not null))
        {
            events.Add(new AcknowledgementReported(parent, number));
        }

        if (moved.Closes)
        {
            var signed = events.OfType<DecisionSigned>().LastOrDefault();
            var hasDecision = leg.HasDecision || signed is not null;
            var gone = leg.LegBook is { WasRefused: true }
                || moved.Act is Act.Refuse or Act.Withdraw or Act.Stop
                || moved.Status is PortalStatus.NotAccepted or PortalStatus.Withdrawn or PortalStatus.Stopped;
            events.Add(new OutcomeReported(parent, number, gone && !hasDecision ? LegOutcome.Badly : LegOutcome.Well, moved.To, moved.Status)
            {
                Result = signed is null ? leg.Result : signed.Result,
            });
        }
    }

    // A predecessor that is no part of this case keeps nobody waiting.
    private static bool IsReady(Dossier dossier, DossierLeg leg)
    {
        var after = dossier.Procedure.Leg(leg.Name)!.After;
        for (var i = 0; i < dossier.Legs.Count; i++)
        {
            var other = dossier.Legs[i];
            if (other.Round == leg.Round && !other.HasEnded && after.Contains(other.Name))
            {
                return false;
            }
        }

        return true;
    }

    private static (int Legs, int Well, int Badly) Count(Dossier dossier)
    {
        var (legs, well, badly) = (0, 0, 0);
        for (var i = 0; i < dossier.Legs.Count; i++)
        {
            var leg = dossier.Legs[i];
            if (leg.Round == dossier.LegRound)
            {
                legs++;
                well += leg.EndedWell ? 1 : 0;
                badly += leg.EndedBadly ? 1 : 0;
            }
        }

        return (legs, well, badly);
    }

    // The unit that was planned may have ended while earlier legs ran; what cannot be found is refused by name at the submission.
    private static string UnitNow(Dossier dossier, DossierLeg leg, LegDefinition definition, DecisionContext context)
    {
        if (context.UnitsInForce.Find(leg.Unit) is not null)
        {
            return leg.Unit;
        }

        var found = LegPlace.Parse(definition.Unit)!.Value.Find(context.UnitsInForce, dossier.ReceivingUnit, dossier.CompetentUnit, dossier.Unit);
        return found?.Code ?? (context.Units.SuccessorsOf(leg.Unit, context.Day) is [var only] ? only.Code : leg.Unit);
    }

    /// <summary>The legs that agencies have, as the calendar known now counts their moments, where that changes one. What was reported stays reported.</summary>
    public static IEnumerable<LegRescheduled> Rescheduled(Dossier dossier, DecisionContext context)
    {
        foreach (var leg in dossier.Legs)
        {
            if (leg is not { IsOpen: true, DispatchedAt: { } from } || dossier.Procedure.Leg(leg.Name) is not { } definition)
            {
                continue;
            }

            var again = leg with
            {
                AcknowledgeBy = leg.IsUnacknowledged || leg.AcknowledgeBy is null ? leg.AcknowledgeBy : Due(definition.Acknowledge, from, context),
                Due = leg.IsLate || leg.Due is null ? leg.Due : Due(definition.Limit, from, context),
                DeemedAt = leg.DeemedAt is null ? null : Silence(definition, from, context),
            };
            if (again != leg)
            {
                yield return new LegRescheduled(leg.Number, context.Calendar.Version) { AcknowledgeBy = again.AcknowledgeBy, Due = again.Due, DeemedAt = again.DeemedAt };
            }
        }
    }

    private static DateTimeOffset? Due(Deadlines.TimeLimit? limit, DateTimeOffset from, DecisionContext context) =>
        limit is { } time ? Moments.Due(time, from, context) : null;

    private static DateTimeOffset? Silence(LegDefinition definition, DateTimeOffset from, DecisionContext context) =>
        Due(definition.DeemedAfter, from, context) is { } silent ? TimelinessRule.FirstLateMoment(silent) : null;

    private static LegDispatched Dispatched(Dossier dossier, DossierLeg leg, DecisionContext context)
    {
        var definition = dossier.Procedure.Leg(leg.Name)!;
        var given = definition.Fields.Where(f => dossier.Field(f.From) is not null).ToLookup(f => dossier.Procedure.Field(f.From)!.Personal);
        return new LegDispatched(leg.Number, leg.Name, definition.Procedure, UnitNow(dossier, leg, definition, context), dossier.Channel, dossier.Owner)
        {
            AcknowledgeBy = Due(definition.Acknowledge, context.Time, context),
            Due = Due(definition.Limit, context.Time, context),
            DeemedAt = Silence(definition, context.Time, context),
            Fields = Values(given[false]),
            Documents = [.. dossier.Documents.Where(d => definition.Documents.Contains(d.Code))],
            Personal = dossier.Personal is null ? null : new PersonalData { Applicant = dossier.Personal.Applicant, Fields = Values(given[true]) },
        };

        IReadOnlyList<FieldValue> Values(IEnumerable<LegField> fields) => [.. fields.Select(f => new FieldValue(f.To, dossier.Field(f.From)!))];
    }
}
