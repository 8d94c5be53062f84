namespace Workflow.Testing;

/// <summary>Whether this is a long run (WORKFLOW_LONG=1), in which generated tests go further.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("WORKFLOW_LONG") == "1";

    /// <summary>A number of repetitions: <paramref name="count"/>, or twenty times that in a long run.</summary>
    public static int Times(int count) => IsOn ? 20 * count : count;
}
