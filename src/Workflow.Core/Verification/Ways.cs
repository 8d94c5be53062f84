using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>Walks every way from acceptance to where the legal clock stops, no state twice, and keeps what is worth knowing about them for one limit.</summary>
internal sealed class Ways
{
    // More steps than the ways of any procedure that people drew have together. Beyond it the walk says only what it has seen.
    private const int MostSteps = 20_000;

    // The walk is recursive, and a file may hold thousands of states one after the other.
    private const int LongestWay = 500;

    private readonly ProcedureView _view;
    private readonly StateTime[] _times;
    private readonly LegalLimit _limit;
    private readonly bool[] _onWay;
    private readonly List<int> _way = [];
    private readonly int[] _budgetUses;
    private int _steps;

    private Ways(ProcedureView view, StateTime[] times, LegalLimit limit)
    {
        (_view, _times, _limit) = (view, times, limit);
        _onWay = new bool[view.Count];
        _budgetUses = new int[view.Content.Budgets.Count];
    }

    /// <summary>The first way, along the first transition of each state; null when there is none at all.</summary>
    public Way? Ordinary { get; private set; }

    /// <summary>The way that exceeds the limit by most; null when none does.</summary>
    public Way? Exceeding { get; private set; }

    /// <summary>The way that may take longest of those that only dates can tell about; null when there is none.</summary>
    public Way? Depending { get; private set; }

    /// <summary>Whether it is proven that every way to a result that is bounded at each step exceeds the limit, and that there is one.</summary>
    public bool AllExceed => _boundedExceed && !_boundedFit && _steps < MostSteps;

    private bool _boundedExceed;
    private bool _boundedFit;

    public static Ways For(ProcedureView view, StateTime[] times, LegalLimit limit)
    {
        var ways = new Ways(view, times, limit);
        var starts = new HashSet<int>();
        for (var i = 0; i < view.Count; i++)
        {
            foreach (var edge in view.Leaving(i))
            {
                if (edge.Transition.Act == Act.Accept && edge.CanBeTaken && starts.Add(edge.To))
                {
                    ways.Go(edge.To, default, segment: 0, new Passed(true, false));
                }
            }
        }

        return ways;
    }

    private void Go(int state, TimeSum sum, int segment, Passed passed)
    {
        if (++_steps >= MostSteps || _way.Count >= LongestWay)
        {
            _steps = MostSteps;
            return;
        }

        var time = _times[state];
        if (time.Stops)
        {
            End(state, sum, segment, passed);
            return;
        }

        _onWay[state] = true;
        _way.Add(state);
        var charged = time.Budget < 0 || _budgetUses[time.Budget]++ == 0;
        sum = charged ? sum + time.Sum : sum;
        passed = passed with { Bounded = passed.Bounded && time.IsBounded };
        foreach (var edge in _view.Leaving(state))
        {
            if (edge.CanBeTaken && !_onWay[edge.To] && edge.Transition.Act is not (Act.Withdraw or Act.Stop))
            {
                Follow(edge, sum, segment, passed);
            }
        }

        if (time.Budget >= 0)
        {
            _budgetUses[time.Budget]--;
        }

        _way.RemoveAt(_way.Count - 1);
        _onWay[state] = false;
    }

    private void Follow(Edge edge, TimeSum sum, int segment, Passed passed)
    {
        var refuses = edge.Transition.Act == Act.Refuse;
        if (!Restarts(edge))
        {
            Go(edge.To, sum, segment, passed with { Refused = passed.Refused || refuses });
            return;
        }

        // The limit starts again, and with it what counts towards it, budgets included.
        var exceeded = Close(sum, segment);
        var uses = _budgetUses.ToArray();
        Array.Clear(_budgetUses);
        Go(edge.To, default, _way.Count, passed with { Exceeded = passed.Exceeded || exceeded });
        uses.CopyTo(_budgetUses, 0);
    }

    private bool Restarts(Edge edge) =>
        _view.Content.Clock == Deadlines.ClockPolicy.Restart
        && _view.States[edge.From].Status == PortalStatus.SupplementRequested
        && _times[edge.From].Suspends && !_times[edge.To].Suspends && !_times[edge.To].Stops;

    private void End(int state, TimeSum sum, int segment, Passed passed)
    {
        var exceeded = Close(sum, segment) || passed.Exceeded;
        if (passed.Bounded && !passed.Refused && _view.States[state].Status is null or PortalStatus.Processed or PortalStatus.ResultReturned)
        {
            _boundedExceed |= exceeded;
            _boundedFit |= !exceeded;
        }
    }

    // Returns whether the stretch that ends here exceeds the limit whatever the dates.
    private bool Close(TimeSum sum, int segment)
    {
        var fit = sum.In(_limit.Limit);
        if (Ordinary is null)
        {
            Ordinary = Made();
        }

        if (fit == Fit.Exceeds && (Exceeding is null || sum.Weight > Exceeding.Sum.Weight))
        {
            Exceeding = Made();
        }
        else if (fit == Fit.Depends && (Depending is null || sum.Weight > Depending.Sum.Weight))
        {
            Depending = Made();
        }

        return fit == Fit.Exceeds;

        Way Made() => new([.. _way.Skip(segment)], sum);
    }

    // Whether every step so far was bounded, whether it led over a refusal, and whether a stretch of it has exceeded the limit.
    private readonly record struct Passed(bool Bounded, bool Refused, bool Exceeded = false);
}
