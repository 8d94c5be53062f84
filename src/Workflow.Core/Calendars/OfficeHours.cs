namespace Workflow.Core.Calendars;

/// <summary>The hours of a working day during which an office works. Every working day has the same.</summary>
/// <remarks>Instances are immutable and safe to share between threads.</remarks>
public sealed class OfficeHours
{
    // Ascending, without overlaps. Never empty.
    private readonly OfficePeriod[] _periods;

    /// <summary>Creates office hours from the stretches of a day.</summary>
    /// <param name="periods">The stretches, at least one, ascending and without overlaps. Two may touch.</param>
    /// <exception cref="ArgumentException"><paramref name="periods"/> is empty, not ascending, overlaps, or a stretch ends before it starts.</exception>
    public OfficeHours(params IReadOnlyList<OfficePeriod> periods)
    {
        if (Fault(periods) is { } fault)
        {
            throw new ArgumentException(fault, nameof(periods));
        }

        _periods = [.. periods];
        Periods = Array.AsReadOnly(_periods);
        foreach (var period in _periods)
        {
            PerDay += period.To - period.From;
        }
    }

    /// <summary>07:00 to 11:30 and 13:30 to 17:00: common in Vietnam, not universal. Eight hours.</summary>
    public static OfficeHours Common { get; } =
        new(new OfficePeriod(new TimeOnly(7, 0), new TimeOnly(11, 30)), new OfficePeriod(new TimeOnly(13, 30), new TimeOnly(17, 0)));

    /// <summary>The stretches, ascending. Never empty.</summary>
    public IReadOnlyList<OfficePeriod> Periods { get; }

    /// <summary>The working time of one working day. More than zero.</summary>
    public TimeSpan PerDay { get; }

    /// <summary>The first moment of a working day at which the office works.</summary>
    public TimeOnly Opening => _periods[0].From;

    /// <summary>When the last hour of a working day's work begins, or all of it where a day has less.</summary>
    public TimeOnly LastHour => PerDay > TimeSpan.FromHours(1) ? WhenPassed(PerDay - TimeSpan.FromHours(1)) : Opening;

    /// <summary>Returns whether the office works at <paramref name="time"/> of a working day.</summary>
    public bool Contains(TimeOnly time) => Next(time) is { } next && next == time;

    /// <summary>Returns the stretches as <c>07:00-11:30, 13:30-17:00</c>.</summary>
    public override string ToString() => string.Join(", ", _periods);

    // Why these stretches are no office hours, in one line; null when they are.
    internal static string? Fault(IReadOnlyList<OfficePeriod> periods)
    {
        if (periods.Count == 0)
        {
            return "office hours need at least one stretch";
        }

        for (var i = 0; i < periods.Count; i++)
        {
            if (periods[i].To <= periods[i].From)
            {
                return $"the office hours {periods[i]} end before they start";
            }

            if (i > 0 && periods[i].From < periods[i - 1].To)
            {
                return $"the office hours {periods[i]} overlap or precede {periods[i - 1]}";
            }
        }

        return null;
    }

    // The working time of a working day that has passed at a time.
    internal TimeSpan PassedAt(TimeOnly time)
    {
        var passed = TimeSpan.Zero;
        foreach (var period in _periods)
        {
            if (time <= period.From)
            {
                break;
            }

            passed += (time < period.To ? time : period.To) - period.From;
        }

        return passed;
    }

    // The earliest time of a working day by which so much of it has passed: more than zero, at most PerDay.
    internal TimeOnly WhenPassed(TimeSpan worked)
    {
        foreach (var period in _periods)
        {
            var length = period.To - period.From;
            if (worked <= length)
            {
                return period.From.Add(worked);
            }

            worked -= length;
        }

        throw new ArgumentOutOfRangeException(nameof(worked), worked, "A working day is shorter than that.");
    }

    // The first time at or after the given one at which the office works; null when the day's work is over.
    internal TimeOnly? Next(TimeOnly time)
    {
        foreach (var period in _periods)
        {
            if (time < period.To)
            {
                return time < period.From ? period.From : time;
            }
        }

        return null;
    }
}
