namespace Workflow.Engine.Tests.Faults;

/// <summary>Tests that load the machine and break what they stand on: one after the other, beside no other test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultTests
{
    public const string Name = "Faults";
}
