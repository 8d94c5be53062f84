namespace Workflow.Core.EventLogs;

/// <summary>Parts a log into the cases to learn from and the others, in the order of the file.</summary>
public static class LogSplit
{
    /// <summary>
    /// How many of <paramref name="cases"/> cases the first share holds: the product rounded down, but at least one where
    /// there is a case at all.
    /// </summary>
    /// <param name="cases">The number of cases of the log. 0 or more.</param>
    /// <param name="share">The share: above 0, up to 1 included. Taken as the decimal number it prints as, so 0.29 of 100 is 29.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cases"/> or <paramref name="share"/> is outside its range.</exception>
    public static int CountOf(int cases, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cases);
        if (!(share > 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is above 0 and at most 1.");
        }

        // The conversion rounds to 15 digits, which is what makes 0.29 be 0.29.
        return cases == 0 ? 0 : Math.Max(1, (int)decimal.Floor((decimal)share * cases));
    }

    /// <summary>The first share of the cases of a log, as they are read: no more than those is taken from <paramref name="traces"/>.</summary>
    /// <param name="traces">The cases, in the order of the file.</param>
    /// <param name="cases">How many there are.</param>
    /// <param name="share">See <see cref="CountOf"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cases"/> or <paramref name="share"/> is outside its range.</exception>
    public static IEnumerable<LogTrace> FirstShare(IEnumerable<LogTrace> traces, int cases, double share)
    {
        ArgumentNullException.ThrowIfNull(traces);
        return traces.Take(CountOf(cases, share));
    }
}
