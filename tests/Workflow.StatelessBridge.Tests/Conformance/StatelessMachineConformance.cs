using Workflow.Core.Machines;
using Workflow.StatelessBridge.Machines;

namespace Workflow.StatelessBridge.Tests.Conformance;

public sealed class StatelessMachineConformance : MachineConformance
{
    protected override IStateMachine<TContext> Machine<TContext>(TransitionTable<TContext> table) => new StatelessMachine<TContext>(table);
}
