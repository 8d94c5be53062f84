using Workflow.Core.Definitions;
using Workflow.Core.EventLogs;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Host.Terminal;

/// <summary>The one place that turns exceptions into a line and an exit status.</summary>
internal static class Faults
{
    private const int LongestLine = 2000;

    /// <summary>What the user reads, or null for silence, and the exit status.</summary>
    public static (string? Line, int Status) Describe(Exception fault) => fault switch
    {
        OperationCanceledException => (null, ExitStatus.Interrupted),
        AggregateException { InnerExceptions.Count: > 0 } many => Describe(many.InnerExceptions[0]),
        UnusableInputException or DefinitionException or DefinitionConflictException or EventLogFormatException or StorageException
            or MissingProcedureException or OutdatedUnitsException or CalendarConflictException =>
            (OneLine(fault.Message), ExitStatus.Unusable),
        IOException or UnauthorizedAccessException =>
            ($"{OneLine(fault.Message).TrimEnd('.')}: check the path, the space left and the permissions", ExitStatus.Unusable),
        _ => ($"this is a defect of the program, please report it: {fault}", ExitStatus.Defect),
    };

    /// <summary>A text that others wrote as one line without control characters.</summary>
    public static string OneLine(string text)
    {
        var line = string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= LongestLine ? line : string.Concat(line.AsSpan(0, LongestLine), "...");
    }
}
