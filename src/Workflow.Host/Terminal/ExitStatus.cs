namespace Workflow.Host.Terminal;

/// <summary>What a command tells the shell.</summary>
internal static class ExitStatus
{
    /// <summary>Done, and nothing found.</summary>
    public const int Done = 0;

    /// <summary>Done, and something was found or refused.</summary>
    public const int Found = 1;

    /// <summary>Unusable input or arguments.</summary>
    public const int Unusable = 2;

    /// <summary>A defect of this program.</summary>
    public const int Defect = 70;

    /// <summary>Stopped by a signal.</summary>
    public const int Interrupted = 130;
}
