using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Machines;

namespace Workflow.Core.Procedures;

/// <summary>Compiles a procedure's states and transitions into a transition table.</summary>
internal static class ProcedureMachine
{
    /// <summary>Builds the table, and the transition definitions in the order of the table's transition indexes.</summary>
    /// <exception cref="DefinitionException">The machine has a defect that only its builder sees.</exception>
    public static (TransitionTable<IDossierFacts> Table, IReadOnlyList<TransitionDefinition> ByIndex) Build(ProcedureContent content, ProcedureGuards guards)
    {
        var builder = new MachineBuilder<IDossierFacts>();
        foreach (var state in content.States)
        {
            var configuration = builder.Configure(state.Name);
            if (state.Parent is not null)
            {
                configuration.SubstateOf(state.Parent);
            }

            if (state.IsFinal)
            {
                configuration.AsFinal();
            }
        }

        foreach (var transition in content.Transitions)
        {
            var held = transition.Guards.Select(guards.Find).Select(g => new Guard<IDossierFacts>(g.Name, g.Holds)).ToArray();
            var configuration = builder.Configure(transition.From);
            if (transition.Stays)
            {
                configuration.InternalTransitionIf(transition.Trigger, held);
            }
            else if (transition.To == transition.From)
            {
                configuration.PermitReentryIf(transition.Trigger, held);
            }
            else
            {
                configuration.PermitIf(transition.Trigger, transition.To, held);
            }
        }

        if (content.Initial is not null)
        {
            builder.StartIn(content.Initial);
        }

        try
        {
            var table = builder.Build();
            return (table, ByIndex(table, content));
        }
        catch (MachineDefinitionException e)
        {
            var places = content.States.ToDictionary(s => s.Name, s => s.Place, StringComparer.Ordinal);
            throw new DefinitionException(
            [
                .. e.Defects.Select(d => new Defect(
                    DefectCodes.Machine,
                    DefectSeverity.Error,
                    d.State is null ? content.Place : places.GetValueOrDefault(d.State, content.Place),
                    d.Message.TrimEnd('.'),
                    "mend the states and transitions") { Procedure = content.Version.Code }),
            ]);
        }
    }

    private static List<TransitionDefinition> ByIndex(TransitionTable<IDossierFacts> table, ProcedureContent content)
    {
        var queues = content.Transitions
            .GroupBy(t => (t.From, t.Trigger, t.To))
            .ToDictionary(g => g.Key, g => new Queue<TransitionDefinition>(g));
        return
        [
            .. table.Transitions.Select(t =>
                queues[(table.NameOf(t.Source), table.NameOf(t.Trigger), table.NameOf(t.Destination))].Dequeue()),
        ];
    }
}
