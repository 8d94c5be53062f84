using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>What must hold before a definition can be compiled: names that exist, a machine that leads somewhere, statuses that may follow.</summary>
internal static class ProcedureCheck
{
    // In dong. Small enough that no number of fees that fits into a file overflows their sum.
    private const long LargestFee = 1_000_000_000_000;

    // Above this many names a suggestion would cost more than it helps: a file may hold thousands of them, each misspelt.
    private const int MostSuggested = 500;

    public static IReadOnlyList<Defect> Of(ProcedureContent content, GuardRegistry guards)
    {
        var defects = new DefectList();
        ProcedureTexts.Check(content, defects);
        var states = UniqueStates(content, defects);
        CheckParts(content, defects);
        CheckTransitions(content, states, defects);
        ProcedureExpressionCheck.Check(content, guards, defects);
        CheckTimeouts(content, defects);
        CheckRoles(content, defects);
        CheckUse(content, defects);
        CheckSupplementRequests(content, defects);
        LegCheck.Check(content, defects);
        CheckBudgets(content, defects);
        if (!defects.HasErrors)
        {
            ProcedureReach.Check(content, defects);
            CheckStatuses(content, states, defects);
        }

        return [.. defects.All.Select(d => d with { Procedure = content.Version.Code })];
    }

    private static Dictionary<string, StateDefinition> UniqueStates(ProcedureContent content, DefectList defects)
    {
        if (content.Version.Number < 1)
        {
            defects.Error(DefectCodes.WrongValue, content.Place, $"the version is {content.Version.Number}", "number versions from 1");
        }

        if (string.IsNullOrWhiteSpace(content.Version.Code))
        {
            defects.Error(DefectCodes.MissingKey, content.Place, "the procedure has no code", "add 'procedure: <code>'");
        }

        var states = new Dictionary<string, StateDefinition>(StringComparer.Ordinal);
        foreach (var state in content.States)
        {
            if (!states.TryAdd(state.Name, state))
            {
                defects.Error(DefectCodes.DuplicateCode, state.Place, $"the state '{state.Name}' is defined twice", "give one of them another name");
            }
        }

        if (content.Initial is null || !states.ContainsKey(content.Initial))
        {
            var message = content.Initial is null ? "no state is the initial one" : $"the initial state '{content.Initial}' is not defined";
            defects.Error(DefectCodes.InitialState, content.Place, message, "name one of the states as the initial one");
        }

        if (content.States.Count > 0 && !content.States.Any(s => s.IsFinal))
        {
            defects.Error(DefectCodes.NoFinalState, content.Place, "no state is final, so no dossier would ever end", "mark the states in which a dossier ends with 'final: true'");
        }

        return states;
    }

    private static void CheckParts(ProcedureContent content, DefectList defects)
    {
        Unique(content.Documents.Select(d => d.Code), "document");
        Unique(content.Fees.Select(f => f.Code), "fee");
        Unique(content.Fields.Select(f => f.Name), "field");
        Unique(content.Triggers.Select(t => t.Name), "trigger");
        Unique(content.Roles, "role");
        foreach (var fee in content.Fees.Where(f => f.Amount is < 0 or > LargestFee))
        {
            defects.Error(DefectCodes.WrongValue, content.Place, $"the fee '{fee.Code}' is {fee.Amount} dong", $"give an amount from 0 to {LargestFee}");
        }

        if (content.OnlineLevel is < 1 or > 4)
        {
            defects.Error(DefectCodes.WrongValue, content.Place, $"the online level is {content.OnlineLevel}", "use 1 to 4");
        }

        void Unique(IEnumerable<string> names, string what)
        {
            foreach (var name in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
            {
                defects.Error(DefectCodes.DuplicateCode, content.Place, $"two {what}s are called '{name}'", "give one of them another name");
            }
        }
    }

    private static void CheckTransitions(ProcedureContent content, Dictionary<string, StateDefinition> states, DefectList defects)
    {
        foreach (var state in content.States.Where(s => s.Parent is not null && !states.ContainsKey(s.Parent)))
        {
            defects.Error(DefectCodes.UnknownState, state.Place, $"the superstate '{state.Parent}' of '{state.Name}' is not defined", Mend(state.Parent!, states.Keys));
        }

        foreach (var transition in content.Transitions)
        {
            if (!states.ContainsKey(transition.To))
            {
                defects.Error(DefectCodes.UnknownState, transition.Place, $"'{transition.Trigger}' leads from '{transition.From}' to '{transition.To}', which is not defined", Mend(transition.To, states.Keys));
            }

            if (!states.TryGetValue(transition.From, out var from))
            {
                defects.Error(DefectCodes.UnknownState, transition.Place, $"'{transition.Trigger}' leaves '{transition.From}', which is not defined", Mend(transition.From, states.Keys));
            }
            else if (from.IsFinal)
            {
                defects.Error(DefectCodes.Machine, transition.Place, $"the final state '{transition.From}' has a transition", "remove 'final' or the transition");
            }

            if (transition.Stays && transition.To != transition.From)
            {
                defects.Error(DefectCodes.Machine, transition.Place, $"'{transition.Trigger}' stays in '{transition.From}' and leads to '{transition.To}'", "remove 'stays', or lead to the state itself");
            }
        }

        foreach (var group in content.Transitions.Where(t => t.Guards.Count == 0).GroupBy(t => (t.From, t.Trigger)).Where(g => g.Count() > 1))
        {
            defects.Error(DefectCodes.Machine, group.Last().Place, $"'{group.Key.Trigger}' leaves '{group.Key.From}' twice without a guard", "keep one, or give both a guard");
        }
    }

    private static void CheckTimeouts(ProcedureContent content, DefectList defects)
    {
        var parents = ProcedureReach.Parents(content);
        var permitted = content.Transitions.Select(t => (t.From, t.Trigger)).ToHashSet();
        var acts = ProcedureTriggers.All(content).DistinctBy(t => t.Name).ToDictionary(t => t.Name, t => t.Act, StringComparer.Ordinal);
        foreach (var state in content.States.Where(s => s.TimeoutTrigger is not null))
        {
            if (!ProcedureReach.SelfAndAbove(state.Name, parents).Any(s => permitted.Contains((s, state.TimeoutTrigger!))))
            {
                defects.Error(DefectCodes.MisplacedAct, state.Place, $"the timeout of '{state.Name}' fires '{state.TimeoutTrigger}', which the state does not permit", "permit the trigger in this state");
            }
            else if (MissingToSilence(acts.GetValueOrDefault(state.TimeoutTrigger!), content) is { } missing)
            {
                defects.Error(
                    DefectCodes.MisplacedAct,
                    state.Place,
                    $"the timeout of '{state.Name}' fires '{state.TimeoutTrigger}', which needs {missing}, and the system has none to give",
                    "fire a trigger whose act needs nothing, such as a step or 'stop'");
            }
        }
    }

    // What an act needs of the person who fires it.
    public static string? MissingToSilence(Act act, ProcedureContent content) => act switch
    {
        Act.Refuse => "a reason and its legal ground",
        Act.RequestSupplement => "a reason, a list of items and the one-stop shop",
        Act.Pay => "a payment",
        Act.RequestPayment when content.Fees.Count == 0 => "an amount",
        _ => null,
    };

    private static void CheckRoles(ProcedureContent content, DefectList defects)
    {
        var used = content.States.Where(s => s.Role is not null).Select(s => (Role: s.Role!, s.Place))
            .Concat(content.Triggers.SelectMany(t => t.Roles.Select(r => (Role: r, t.Place))))
            .Concat(content.Transitions.SelectMany(t => t.Roles.Select(r => (Role: r, t.Place))));
        var declared = content.Roles.ToHashSet(StringComparer.Ordinal);
        foreach (var (role, place) in used.Where(u => !declared.Contains(u.Role)))
        {
            defects.Error(DefectCodes.UnknownRole, place, $"the role '{role}' is not declared", Mend(role, content.Roles));
        }
    }

    // A substate passes on from its own status by the transitions of its superstates too, unless it answers the trigger itself.
    private static void CheckStatuses(ProcedureContent content, Dictionary<string, StateDefinition> states, DefectList defects)
    {
        var parents = ProcedureReach.Parents(content);
        var declared = content.Transitions.ToLookup(t => t.From, StringComparer.Ordinal);
        foreach (var state in content.States.Where(s => s.Status is not null))
        {
            var answered = new HashSet<string>(StringComparer.Ordinal);
            foreach (var level in ProcedureReach.SelfAndAbove(state.Name, parents))
            {
                var leaving = declared[level].Where(t => !answered.Contains(t.Trigger)).ToList();
                CheckStatuses(state, leaving, states, defects);
                answered.UnionWith(leaving.Where(t => t.Guards.Count == 0).Select(t => t.Trigger));
            }
        }
    }

    private static void CheckStatuses(StateDefinition state, List<TransitionDefinition> leaving, Dictionary<string, StateDefinition> states, DefectList defects)
    {
        foreach (var transition in leaving.Where(t => !t.Stays))
        {
            if (state.Status is { } from && states[transition.To].Status is { } to && !PortalStatuses.MayFollow(from, to))
            {
                defects.Error(
                    DefectCodes.PortalStatus,
                    transition.Place,
                    $"'{transition.Trigger}' takes the portal status from {(int)from} ('{state.Name}') to {(int)to} ('{transition.To}'), which the portal does not know",
                    "change one of the two statuses or go through a state between them");
            }
        }
    }

    private static void CheckUse(ProcedureContent content, DefectList defects)
    {
        var used = content.Transitions.Select(t => t.Trigger).ToHashSet(StringComparer.Ordinal);
        foreach (var trigger in content.Triggers.Where(t => !used.Contains(t.Name)))
        {
            defects.Warn(DefectCodes.MisplacedAct, trigger.Place, $"the trigger '{trigger.Name}' is declared, but no state permits it", Mend(trigger.Name, used));
        }
    }

    // I8: the law refuses everybody else, so such a transition could never be taken.
    private static void CheckSupplementRequests(ProcedureContent content, DefectList defects)
    {
        if (content.Roles.Count == 0)
        {
            return;
        }

        var triggers = ProcedureTriggers.All(content).DistinctBy(t => t.Name).ToDictionary(t => t.Name, StringComparer.Ordinal);
        var states = content.States.DistinctBy(s => s.Name).ToDictionary(s => s.Name, StringComparer.Ordinal);
        foreach (var transition in content.Transitions.Where(t => triggers[t.Trigger].Act == Act.RequestSupplement))
        {
            if (states.TryGetValue(transition.From, out var from)
                && ProcedureTriggers.RolesOf(transition, triggers[transition.Trigger], from, content) is { Count: > 0 } roles
                && !roles.Contains(ProcedureContent.OneStopRole))
            {
                defects.Warn(
                    DefectCodes.MisplacedAct,
                    transition.Place,
                    $"'{transition.Trigger}' is for the role {string.Join(" or ", roles)} in '{transition.From}', and only the one-stop shop may ask the citizen for a supplement",
                    $"open it with 'by: [{ProcedureContent.OneStopRole}]', or return the dossier to a state of that role first");
            }
        }
    }

    private static void CheckBudgets(ProcedureContent content, DefectList defects)
    {
        var budgets = content.Budgets.Select(b => b.Name).ToList();
        foreach (var state in content.States.Where(s => s.Budget is not null && !budgets.Contains(s.Budget)))
        {
            var mend = budgets.Count == 0 ? "define it under 'budgets'" : Mend(state.Budget!, budgets);
            defects.Error(DefectCodes.Budget, state.Place, $"the state '{state.Name}' shares the budget '{state.Budget}', which is not defined", mend);
        }
    }

    private static string Mend(string word, IReadOnlyCollection<string> names)
    {
        if (names.Count > MostSuggested)
        {
            return "correct the name, or define it";
        }

        return Spelling.Nearest(word, names) is { } nearest ? $"did you mean '{nearest}'?" : $"use one of: {string.Join(", ", names)}";
    }
}
