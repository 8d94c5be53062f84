using Workflow.Core.Machines;

namespace Workflow.StatelessBridge.Tests.Conformance;

public sealed class TransitionTableConformance : MachineConformance
{
    protected override IStateMachine<TContext> Machine<TContext>(TransitionTable<TContext> table) => table;
}
