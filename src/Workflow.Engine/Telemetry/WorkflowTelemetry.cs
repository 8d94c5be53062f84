namespace Workflow.Engine.Telemetry;

/// <summary>The names under which the engine can be observed; docs/observability.md lists every span and instrument.</summary>
public static class WorkflowTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string SourceName = "Workflow.Engine";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Workflow.Engine";

    internal static string? Version { get; } = typeof(WorkflowTelemetry).Assembly.GetName().Version?.ToString(3);
}
