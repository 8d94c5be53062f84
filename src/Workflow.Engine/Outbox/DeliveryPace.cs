using Workflow.Engine.Admission;

namespace Workflow.Engine.Outbox;

/// <summary>How fast a subscriber is led along what it is behind: as fast as it takes it while nobody calls, in small portions with rests between them beside callers.</summary>
/// <remarks>
/// Deliveries to a receiver near by take processor time from commands, and a subscriber that starts at the first row of a long journal has no hurry. A receiver
/// that is slow costs little and is not slowed down much: a rest is at most a quarter of a second. Used in its runner's turn alone.
/// </remarks>
/// <param name="callers">How many commands of callers are under way.</param>
/// <param name="options">What is asked for when nobody calls.</param>
/// <param name="time">Real time.</param>
internal sealed class DeliveryPace(Func<int> callers, DeliveryOptions options, TimeProvider time)
{
    private const int CallersPerDelivery = 16;
    private const int RowsBesideCallers = 50;
    private const int LongestPages = 16;
    private const int RestsPerWork = 8;

    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(250);

    private readonly RecentCallers _callers = new(callers, time);
    private bool _isBesideCallers;

    /// <summary>How many rows of the next page are read and how many deliveries go side by side.</summary>
    /// <param name="failures">How often in a row the subscriber was down: a longer page shows whether all of it fails.</param>
    public (int Rows, int AtOnce) Next(int failures)
    {
        var count = _callers.Count();
        _isBesideCallers = count > 0;
        if (failures > 0)
        {
            return (Math.Min(options.PageLength * (int)Math.Min(1L << Math.Min(failures, 30), LongestPages), 10_000), options.AtOnce);
        }

        return _isBesideCallers
            ? (Math.Min(options.PageLength, RowsBesideCallers), Math.Clamp((int)count / CallersPerDelivery, 1, options.AtOnce))
            : (options.PageLength, options.AtOnce);
    }

    /// <summary>How long to rest after a page that took so long and behind which there is more.</summary>
    public TimeSpan RestAfter(TimeSpan work)
    {
        var rest = RestsPerWork * work;
        return !_isBesideCallers ? TimeSpan.Zero : rest < s_longestRest ? rest : s_longestRest;
    }
}
