using System.Net;

namespace Workflow.Grains;

/// <summary>How the cluster is called. Read once, when it is set up.</summary>
public sealed class WorkflowClientOptions
{
    /// <summary>How long a call is waited for before it counts as unanswered, above zero. Five seconds unless told. It holds for all calls of this process to grains.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a call that stays unanswered is made again under the same command id; zero not to. Thirty seconds unless told.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The gateways of the silos, where the client knows them by address; empty when the host sets the clustering of the client itself. Not used in a silo.</summary>
    public IList<IPEndPoint> Gateways { get; } = [];

    /// <summary>Returns one line per mistake; empty when there is none.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (ResponseTimeout <= TimeSpan.Zero || ResponseTimeout > TimeSpan.FromHours(1))
        {
            mistakes.Add($"ResponseTimeout is {ResponseTimeout}: give a time above zero and at most an hour, such as 00:00:05.");
        }

        if (RetryFor < TimeSpan.Zero || RetryFor > TimeSpan.FromHours(1))
        {
            mistakes.Add($"RetryFor is {RetryFor}: give a time from zero to an hour, such as 00:00:30.");
        }

        return mistakes;
    }
}
