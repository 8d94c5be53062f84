namespace Workflow.Core.EventLogs;

/// <summary>How often the activity <paramref name="To"/> came next after <paramref name="From"/> in a case.</summary>
public sealed record FollowsCount(string From, string To, int Count);

/// <summary>Which activities cases begin with, end with, and have directly after each other.</summary>
/// <remarks>
/// Every list is in the order in which its members were first seen, so the same log gives the same graph. Immutable and
/// safe to share between threads. For the notion: W.M.P. van der Aalst, Process Mining: Data Science in Action (2016), on
/// directly-follows graphs; nothing is filtered here.
/// </remarks>
public sealed class DirectlyFollowsGraph
{
    private readonly ActivityTable _table;
    private readonly HashSet<int> _starts;
    private readonly HashSet<int> _ends;
    private readonly HashSet<(int From, int To)> _pairs;

    private DirectlyFollowsGraph(ActivityTable table, Counter<int> starts, Counter<int> ends, Counter<(int From, int To)> pairs)
    {
        _table = table;
        Activities = [.. table.Counts()];
        Starts = [.. starts.Counts().Select(c => new ActivityCount(table[c.Key], c.Count))];
        Ends = [.. ends.Counts().Select(c => new ActivityCount(table[c.Key], c.Count))];
        Pairs = [.. pairs.Counts().Select(c => new FollowsCount(table[c.Key.From], table[c.Key.To], c.Count))];
        _starts = [.. starts.Counts().Select(c => c.Key)];
        _ends = [.. ends.Counts().Select(c => c.Key)];
        _pairs = [.. pairs.Counts().Select(c => c.Key)];
    }

    /// <summary>Every activity with the number of its events.</summary>
    public IReadOnlyList<ActivityCount> Activities { get; }

    /// <summary>The activities that cases begin with, and how many cases do.</summary>
    public IReadOnlyList<ActivityCount> Starts { get; }

    /// <summary>The activities that cases end with, and how many cases do.</summary>
    public IReadOnlyList<ActivityCount> Ends { get; }

    /// <summary>The pairs of activities that stand directly after each other in a case, and how often. An activity may follow itself.</summary>
    public IReadOnlyList<FollowsCount> Pairs { get; }

    /// <summary>Discovers the graph of <paramref name="traces"/>, which is enumerated once.</summary>
    public static DirectlyFollowsGraph Discover(IEnumerable<LogTrace> traces)
    {
        ArgumentNullException.ThrowIfNull(traces);
        var table = new ActivityTable();
        var starts = new Counter<int>();
        var ends = new Counter<int>();
        var pairs = new Counter<(int From, int To)>();
        foreach (LogTrace trace in traces)
        {
            int previous = table.Add(trace.Events[0].Activity);
            starts.Add(previous);
            for (int i = 1; i < trace.Events.Count; i++)
            {
                int next = table.Add(trace.Events[i].Activity);
                pairs.Add((previous, next));
                previous = next;
            }

            ends.Add(previous);
        }

        return new DirectlyFollowsGraph(table, starts, ends, pairs);
    }

    /// <summary>Whether the case can be replayed: it begins with a start activity, takes only known pairs, and ends with an end activity.</summary>
    public bool Fits(LogTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        int previous = _table.Find(trace.Events[0].Activity);
        if (!_starts.Contains(previous))
        {
            return false;
        }

        for (int i = 1; i < trace.Events.Count; i++)
        {
            int next = _table.Find(trace.Events[i].Activity);
            if (!_pairs.Contains((previous, next)))
            {
                return false;
            }

            previous = next;
        }

        return _ends.Contains(previous);
    }

    /// <summary>The share of cases that fit, from 0 to 1, both included; 1 where there are none, since none is unfit.</summary>
    public double Fitness(IEnumerable<LogTrace> traces)
    {
        ArgumentNullException.ThrowIfNull(traces);
        int cases = 0;
        int fitting = 0;
        foreach (LogTrace trace in traces)
        {
            cases++;
            fitting += Fits(trace) ? 1 : 0;
        }

        return cases == 0 ? 1 : (double)fitting / cases;
    }

    // Counts keys and remembers the order in which they were first seen.
    private sealed class Counter<TKey> where TKey : notnull
    {
        private readonly Dictionary<TKey, int> _places = [];
        private readonly List<(TKey Key, int Count)> _counts = [];

        public void Add(TKey key)
        {
            if (_places.TryGetValue(key, out int place))
            {
                _counts[place] = (key, _counts[place].Count + 1);
            }
            else
            {
                _places.Add(key, _counts.Count);
                _counts.Add((key, 1));
            }
        }

        public List<(TKey Key, int Count)> Counts() => _counts;
    }
}
