using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>The ways from acceptance to where the legal clock stops, and which of them matter for one limit. A loop is taken no time.</summary>
/// <remarks>
/// Nothing is enumerated: the longest stretch is sought in the order of the states without the transitions that lead back, the shortest
/// by sums that only grow. So the work grows with the size of the procedure, however many ways it has. Withdrawals and stops end a way that
/// nobody planned, and are left out.
/// </remarks>
internal sealed class Ways
{
    // A stretch begins at acceptance and after each supplement that starts the limit again; a file may hold thousands of those.
    private const int MostStretches = 30;

    private readonly ProcedureView _view;
    private readonly StateTime[] _times;
    private readonly LegalLimit _limit;
    private readonly Dictionary<DeclaredTransition, bool> _outOfCase = [];
    private readonly Edge[][] _next;

    private Ways(ProcedureView view, StateTime[] times, LegalLimit limit)
    {
        (_view, _times, _limit) = (view, times, limit);
        _next = [.. view.States.Select((_, i) => times[i].Stops ? [] : view.Leaving(i).ToArray().Where(IsWalked).ToArray())];
    }

    /// <summary>The first way, along the first transition of each state: its first stretch that exceeds the limit, or else its last one; null when there is no way at all.</summary>
    public Way? Ordinary { get; private init; }

    /// <summary>The way that exceeds the limit by most; null when none does.</summary>
    public Way? Exceeding { get; private init; }

    /// <summary>The way that may take longest of those that only dates can tell about; null when there is none.</summary>
    public Way? Depending { get; private init; }

    /// <summary>Whether it is proven that every way to a result that is bounded at each step exceeds the limit, and that there is one.</summary>
    public bool AllExceed { get; private init; }

    public static Ways For(ProcedureView view, StateTime[] times, LegalLimit limit)
    {
        var ways = new Ways(view, times, limit);
        var starts = Enumerable.Range(0, view.Count).SelectMany(i => view.Leaving(i).ToArray())
            .Where(e => e.Transition.Act == Act.Accept && e.CanBeTaken && !times[e.To].Stops).Select(e => e.To).Distinct().ToList();
        var stretches = ways._next.Select(edges => edges.Where(e => !ways.Restarts(e)).ToArray()).ToArray();
        var orders = starts.Concat(ways._next.SelectMany(edges => edges.Where(ways.Restarts)).Select(e => e.To)).Distinct().Take(MostStretches)
            .Select(start => new WayOrder([start], stretches)).ToList();
        var longest = orders.Select(o => ways.Longest(o, s => (double)s.Own(limit.Limit))).OfType<Way>().MaxBy(w => w.Sum.Own(limit.Limit));
        var heaviest = orders.Select(o => ways.Longest(o, s => s.Weight)).OfType<Way>().MaxBy(w => w.Sum.Weight);
        return new Ways(view, times, limit)
        {
            Ordinary = starts.Count == 0 ? null : ways.First(starts[0]),
            Exceeding = longest is not null && longest.Sum.In(limit.Limit) == Fit.Exceeds ? longest : null,
            Depending = heaviest is not null && heaviest.Sum.In(limit.Limit) == Fit.Depends ? heaviest : null,
            AllExceed = !ways._outOfCase.ContainsValue(true) && ways.Reaches(starts, anySum: true) && !ways.Reaches(starts, anySum: false),
        };
    }

    private Way? First(int start)
    {
        var seen = new HashSet<int>();
        var stretch = new List<int>();
        for (var at = start; !_times[at].Stops && seen.Add(at); )
        {
            stretch.Add(at);
            if (_next[at].Length == 0)
            {
                break;
            }

            var edge = _next[at][0];
            if (Restarts(edge))
            {
                var before = Made(stretch);
                if (before.Sum.In(_limit.Limit) == Fit.Exceeds)
                {
                    return before;
                }

                stretch.Clear();
            }

            at = edge.To;
        }

        return stretch.Count == 0 ? null : Made(stretch);
    }

    // The stretch of most weight. Whether a budget has been charged follows from how the best stretch to a state came there.
    private Way? Longest(WayOrder order, Func<TimeSum, double> weight)
    {
        var best = new (double Weight, int Before)[_view.Count];
        Array.Fill(best, (double.NegativeInfinity, -1));
        best[order.States[0]] = (0, -1);
        var ends = Ending(order);
        var (longest, last) = (double.NegativeInfinity, -1);
        foreach (var at in order.States)
        {
            var total = best[at].Weight + (IsCharged(at, best) ? weight(_times[at].Sum) : 0);
            if (total > longest && ends[at] && !_times[at].Stops)
            {
                (longest, last) = (total, at);
            }

            foreach (var edge in order.Forward[at])
            {
                if (total > best[edge.To].Weight)
                {
                    best[edge.To] = (total, at);
                }
            }
        }

        if (last < 0)
        {
            return null;
        }

        var stretch = new List<int>();
        for (var at = last; at >= 0; at = best[at].Before)
        {
            stretch.Add(at);
        }

        stretch.Reverse();
        return Made(stretch);
    }

    // By state: whether the stretch comes to an end from there without leading back: the clock stops, or a supplement starts it again.
    private bool[] Ending(WayOrder order)
    {
        var ends = new bool[_view.Count];
        for (var i = order.States.Count - 1; i >= 0; i--)
        {
            var at = order.States[i];
            ends[at] = _times[at].Stops || Array.Exists(_next[at], Restarts) || Array.Exists(order.Forward[at], e => ends[e.To]);
        }

        return ends;
    }

    private bool IsCharged(int state, (double Weight, int Before)[] best)
    {
        if (_times[state].Budget >= 0)
        {
            for (var at = best[state].Before; at >= 0; at = best[at].Before)
            {
                if (_times[at].Budget == _times[state].Budget)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Whether a result is reached over bounded steps alone, with any sum, or with stretches that do not exceed the limit. A budget and a leg
    // that is needed in some case alone count for nothing here, and a supplement may be asked for again: the sum is at most the real one, so that an excess is proven.
    private bool Reaches(List<int> starts, bool anySum)
    {
        var least = new decimal?[_view.Count];
        var open = new PriorityQueue<int, decimal>();
        foreach (var start in starts)
        {
            least[start] = 0;
            open.Enqueue(start, 0);
        }

        while (open.TryDequeue(out var at, out var sum))
        {
            if (sum > least[at])
            {
                continue;
            }

            if (_times[at].Stops)
            {
                if (_view.States[at].Status is null or PortalStatus.Processed or PortalStatus.ResultReturned)
                {
                    return true;
                }

                continue;
            }

            var own = _times[at].Budget >= 0 ? default : _times[at].Sure;
            var total = sum + own.Own(_limit.Limit);
            if (!_times[at].IsBounded || (!anySum && total > TimeSum.Allowed(_limit.Limit)))
            {
                continue;
            }

            foreach (var edge in _next[at].Where(e => e.Transition.Act != Act.Refuse))
            {
                var reached = anySum || Restarts(edge) ? 0 : total;
                if (least[edge.To] is not { } known || reached < known)
                {
                    least[edge.To] = reached;
                    open.Enqueue(edge.To, reached);
                }
            }
        }

        return false;
    }

    private Way Made(List<int> stretch)
    {
        TimeSum sum = default;
        var budgets = new HashSet<int>();
        foreach (var time in stretch.Select(s => _times[s]))
        {
            sum = time.Budget < 0 || budgets.Add(time.Budget) ? sum + time.Sum : sum;
        }

        return new Way([.. stretch], sum);
    }

    // The limit starts again, and with it what counts towards it, budgets included.
    private bool Restarts(Edge edge) =>
        _view.Content.Clock == Deadlines.ClockPolicy.Restart
        && _view.States[edge.From].Status == PortalStatus.SupplementRequested
        && _times[edge.From].Suspends && !_times[edge.To].Suspends && !_times[edge.To].Stops;

    private bool IsWalked(Edge edge) => edge.CanBeTaken && edge.Transition.Act is not (Act.Withdraw or Act.Stop) && !IsOutOfCase(edge.Transition);

    // Told of a way only where it is not proven that its guards exclude the case, or make another limit the legal one.
    private bool IsOutOfCase(DeclaredTransition transition)
    {
        if (transition.Definition.Guards.Count == 0 || (_limit.Case is null && _limit.Others.Count == 0))
        {
            return false;
        }

        if (!_outOfCase.TryGetValue(transition, out var outside))
        {
            outside = _limit.Excludes(transition.Definition.Guards, _view);
            _outOfCase.Add(transition, outside);
        }

        return outside;
    }
}
