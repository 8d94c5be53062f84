namespace Workflow.Core.Machines;

/// <summary>Finds every defect of a machine that is about to be built.</summary>
internal sealed class MachineInspection<TContext>(MachineBuilder<TContext> builder)
{
    private const int MaxSuperstates = 63;

    private readonly List<MachineDefect> _defects = [];

    /// <summary>The defects, machine first, then state by state.</summary>
    public List<MachineDefect> Run()
    {
        InspectStart();
        InspectTriggerNames();
        for (int state = 0; state < builder.States.Count; state++)
        {
            InspectName(builder.States[state], "state", builder.States[state], null);
            if (builder.Configured(state) is { } configuration)
            {
                InspectPlace(state, configuration);
                InspectTransitions(state, configuration);
                foreach (StateAction<TContext> action in configuration.EntryActions.Concat(configuration.ExitActions))
                {
                    InspectName(action.Name, $"action of state '{builder.States[state]}'", builder.States[state], null);
                }
            }
        }

        InspectNesting();
        return _defects;
    }

    private void InspectStart()
    {
        if (builder.InitialStates.Count == 0)
        {
            Add(MachineDefectCode.NoInitialState, null, null, "No initial state is named; call StartIn.");
        }
        else if (builder.InitialStates.Count > 1)
        {
            Add(MachineDefectCode.Contradiction, null, null,
                $"Several initial states are named ({Names(builder.InitialStates)}); keep one StartIn.");
        }

        foreach (int state in builder.InitialStates)
        {
            RequireConfigured(state, "The initial state", null, null);
        }
    }

    private void InspectTriggerNames()
    {
        for (int trigger = 0; trigger < builder.Triggers.Count; trigger++)
        {
            InspectName(builder.Triggers[trigger], "trigger", null, builder.Triggers[trigger]);
        }
    }

    private void InspectPlace(int state, StateConfiguration<TContext> configuration)
    {
        string name = builder.States[state];
        foreach (int parent in configuration.Parents)
        {
            RequireConfigured(parent, $"The parent of state '{name}',", name, null);
        }

        if (configuration.Parents.Count > 1)
        {
            Add(MachineDefectCode.Contradiction, name, null,
                $"State '{name}' is a substate of several states ({Names(configuration.Parents)}); keep one SubstateOf.");
        }

        if (configuration.InitialSubstates.Count > 1)
        {
            Add(MachineDefectCode.Contradiction, name, null,
                $"State '{name}' has several initial transitions ({Names(configuration.InitialSubstates)}); keep one InitialTransition.");
        }

        foreach (int substate in configuration.InitialSubstates)
        {
            if (builder.Configured(substate)?.Parents.Contains(state) != true)
            {
                Add(MachineDefectCode.InitialTransitionNotToSubstate, name, null,
                    $"The initial transition of state '{name}' leads to '{builder.States[substate]}', which is not a direct substate of it; "
                    + $"declare '{builder.States[substate]}' as SubstateOf '{name}' or choose one that is.");
            }
        }
    }

    private void InspectTransitions(int state, StateConfiguration<TContext> configuration)
    {
        string name = builder.States[state];
        foreach (Declaration<TContext> declared in configuration.Transitions)
        {
            string trigger = builder.Triggers[declared.Trigger];
            RequireConfigured(declared.Destination, $"The destination of trigger '{trigger}' in state '{name}',", name, trigger);
            if (declared.Kind == TransitionKind.Move && declared.Destination == state)
            {
                Add(MachineDefectCode.TransitionToItself, name, trigger,
                    $"Trigger '{trigger}' leads from state '{name}' to itself; use PermitReentry, InternalTransition or Ignore.");
            }

            if (configuration.IsFinal && declared.Kind is TransitionKind.Move or TransitionKind.Reentry)
            {
                Add(MachineDefectCode.FinalStateLeft, name, trigger,
                    $"State '{name}' is final and trigger '{trigger}' leaves it; drop AsFinal or the transition.");
            }

            foreach (Guard<TContext> guard in declared.Guards)
            {
                InspectName(guard.Name, $"guard of trigger '{trigger}' in state '{name}'", name, trigger);
            }
        }

        foreach (IGrouping<int, Declaration<TContext>> unguarded in configuration.Transitions
            .Where(declared => declared.Guards.Length == 0).GroupBy(declared => declared.Trigger).Where(same => same.Skip(1).Any()))
        {
            string trigger = builder.Triggers[unguarded.Key];
            Add(MachineDefectCode.DuplicateTransition, name, trigger,
                $"State '{name}' has {unguarded.Count()} unguarded transitions for trigger '{trigger}'; keep one or guard them.");
        }
    }

    private void InspectNesting()
    {
        // The walk in whose course a state was first met; 0 when it was not yet.
        int[] metIn = new int[builder.States.Count];
        int[] depths = new int[builder.States.Count];
        for (int start = 0; start < metIn.Length; start++)
        {
            var path = new List<int>();
            int state = start;
            while (state >= 0 && metIn[state] == 0)
            {
                metIn[state] = start + 1;
                path.Add(state);
                state = ParentOf(state);
            }

            if (state >= 0 && metIn[state] == start + 1)
            {
                string cycle = string.Join(" in ", path.Skip(path.IndexOf(state)).Append(state).Select(each => $"'{builder.States[each]}'"));
                Add(MachineDefectCode.SubstateCycle, builder.States[state], null,
                    $"State '{builder.States[state]}' is a substate of itself ({cycle}); drop one SubstateOf.");
                continue;
            }

            int depth = state < 0 ? -1 : depths[state];
            for (int i = path.Count - 1; i >= 0; i--)
            {
                depths[path[i]] = ++depth;
                if (depth > MaxSuperstates)
                {
                    string name = builder.States[path[i]];
                    Add(MachineDefectCode.NestedTooDeep, name, null,
                        $"State '{name}' has {depth} superstates above it; at most {MaxSuperstates} are allowed.");
                }
            }
        }
    }

    private int ParentOf(int state) => builder.Configured(state)?.Parents is [int parent, ..] ? parent : -1;

    private void RequireConfigured(int state, string role, string? about, string? trigger)
    {
        if (builder.Configured(state) is null)
        {
            Add(MachineDefectCode.UnknownState, about, trigger,
                $"{role} '{builder.States[state]}' is not a state of the machine; Configure it or correct the name.");
        }
    }

    private void InspectName(string name, string what, string? state, string? trigger)
    {
        if (name.Length == 0)
        {
            Add(MachineDefectCode.EmptyName, state, trigger, $"The name of a {what} is empty; give it one.");
        }
        else if (name.Length > NameList.MaxLength)
        {
            Add(MachineDefectCode.NameTooLong, state, trigger,
                $"The name of a {what} has {name.Length} characters ('{name[..40]}...'); at most {NameList.MaxLength} are allowed.");
        }
    }

    private void Add(MachineDefectCode code, string? state, string? trigger, string message) =>
        _defects.Add(new MachineDefect(code, state, trigger, message));

    private string Names(IEnumerable<int> states) => string.Join(", ", states.Select(state => $"'{builder.States[state]}'"));
}
