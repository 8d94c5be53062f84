using Workflow.Engine.Tests;

namespace Workflow.Silo.Tests.Clusters;

/// <summary>A clock that stands for the office and runs for Orleans, whose timers and timeouts are in real time.</summary>
internal sealed class OfficeTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Office.Start.ToUniversalTime();
}
