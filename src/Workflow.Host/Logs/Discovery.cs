using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary>A procedure that was learned from a log.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Learned">From how many cases.</param>
/// <param name="Rest">How many cases were left.</param>
/// <param name="RestFitting">The share of those that fit, 0 to 1; null when none were left.</param>
internal sealed record Discovery(Procedure Procedure, int Learned, int Rest, double? RestFitting)
{
    /// <summary>Learns from the first share of a log. The file is read twice, and no more than one case of it is held.</summary>
    /// <exception cref="UnusableInputException">The log cannot be read or learned from.</exception>
    public static Discovery From(string path, double share, ProgressLine? progress, CancellationToken cancellationToken)
    {
        var cases = 0;
        var fields = new TraceFields();
        foreach (var trace in LogFile.Read(path, progress, cancellationToken))
        {
            cases++;
            fields.Add(trace);
        }

        var learned = LogSplit.CountOf(cases, share);
        using var traces = LogFile.Read(path, progress, cancellationToken).GetEnumerator();
        var graph = DirectlyFollowsGraph.Discover(Next(learned));
        var procedure = DiscoveredProcedure.Create(path, graph, fields);
        var (rest, fitting) = (0, 0);
        while (traces.MoveNext())
        {
            rest++;
            fitting += graph.Fits(traces.Current) ? 1 : 0;
        }

        return new Discovery(procedure, learned, rest, rest == 0 ? null : (double)fitting / rest);

        IEnumerable<LogTrace> Next(int count)
        {
            for (var i = 0; i < count && traces.MoveNext(); i++)
            {
                yield return traces.Current;
            }
        }
    }
}
