using Stateless;
using Workflow.Core.Dossiers;
using Workflow.Core.Guards;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge;

public static partial class StatelessProcedure
{
    /// <summary>Makes a Stateless machine that runs the procedure, in the state of a dossier and with guards that ask about it.</summary>
    /// <remarks>
    /// The dossier is as it was handed over, whatever the machine does: firing records nothing. The machine knows states, hierarchy, transitions and
    /// guards, not roles, deadlines and the other rules of law; a trigger that stays is one that it ignores. It is the caller's, who may configure
    /// actions on it. As any machine of Stateless it serves one thread at a time. Ask it for <c>GetPermittedTriggersAsync</c>, which is done when it
    /// returns; <c>PermittedTriggers</c> blocks a thread of the pool. Where a state and its superstate both declare a trigger and neither permits it, Stateless names
    /// the unmet guards of the superstate; <see cref="Machines.StatelessMachine{TContext}"/> names those of the state, as the table does.
    /// </remarks>
    /// <param name="procedure">The procedure.</param>
    /// <param name="dossier">A dossier of the same version of it.</param>
    /// <param name="actor">The acting person; the system when null, which holds no role.</param>
    /// <param name="time">The legal time; that of the dossier's last command when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="procedure"/> or <paramref name="dossier"/> is null.</exception>
    /// <exception cref="ArgumentException">The dossier follows another procedure, or another version or content of it.</exception>
    public static StateMachine<string, string> ToStateless(this Procedure procedure, Dossier dossier, Actor? actor = null, DateTimeOffset? time = null)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(dossier);
        if (dossier.Procedure.Version != procedure.Version || dossier.Procedure.ContentHash != procedure.ContentHash)
        {
            throw new ArgumentException($"The dossier {dossier.Code.Value} follows {dossier.Procedure} of another content than {procedure}; run the procedure of the dossier.", nameof(dossier));
        }

        return procedure.ToStateless(dossier.FactsFor(actor ?? Actor.System, time ?? dossier.LastOccurredAt), dossier.StateName);
    }

    /// <summary>Makes a Stateless machine that runs the procedure, with guards that ask about some facts.</summary>
    /// <remarks>As for a dossier.</remarks>
    /// <param name="procedure">The procedure.</param>
    /// <param name="facts">What the guards are asked about, each time anew.</param>
    /// <param name="state">The state it is in; the initial one when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="procedure"/> or <paramref name="facts"/> is null.</exception>
    /// <exception cref="ArgumentException">The procedure has no such state.</exception>
    public static StateMachine<string, string> ToStateless(this Procedure procedure, IDossierFacts facts, string? state = null)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(facts);
        var table = procedure.Table;
        var machine = new StateMachine<string, string>(table.NameOf(state is null ? table.Initial : table.State(state)));

        // All of them first, so that Stateless shows them in the order of the procedure.
        foreach (var name in table.States)
        {
            machine.Configure(name);
        }

        for (var i = 0; i < table.States.Count; i++)
        {
            if (table.Parent(new StateId(i)) is { } parent)
            {
                machine.Configure(table.States[i]).SubstateOf(table.NameOf(parent));
            }
        }

        for (var i = 0; i < table.Transitions.Count; i++)
        {
            Declare(machine, table, i, facts);
        }

        return machine;
    }

    private static void Declare(StateMachine<string, string> machine, TransitionTable<IDossierFacts> table, int index, IDossierFacts facts)
    {
        var transition = table.Transitions[index];
        var state = machine.Configure(table.NameOf(transition.Source));
        var trigger = table.NameOf(transition.Trigger);
        var guards = table.GuardsOf(index).Select(g => Tuple.Create(new Func<bool>(() => g.Holds(facts)), g.Name)).ToArray();
        _ = transition.Kind switch
        {
            TransitionKind.Move => state.PermitIf(trigger, table.NameOf(transition.Destination), guards),
            TransitionKind.Reentry => state.PermitReentryIf(trigger, guards),
            _ => state.IgnoreIf(trigger, guards),
        };
    }
}
