namespace Workflow.Core.EventLogs;

/// <summary>How often an activity occurs in a log.</summary>
public sealed record ActivityCount(string Activity, int Count);

/// <summary>A sequence of activities and how many cases went exactly that way.</summary>
public sealed record LogVariant(IReadOnlyList<string> Activities, int Cases);

/// <summary>The figures of a log, taken in one pass over its traces.</summary>
/// <remarks>
/// The pass holds 8 bytes per case (for the exact median), 36 bytes or so per variant and the sequences of the most frequent
/// variants; variants are told apart by the SHA-256 of their sequence. Immutable and safe to share between threads.
/// </remarks>
public sealed class LogProfile
{
    private LogProfile(Tally tally, int topVariants)
    {
        Cases = tally.Durations.Count;
        Events = tally.Events;
        ActivityCounts = [.. tally.Activities.Counts().OrderByDescending(a => a.Count)];
        Variants = tally.Variants.Count;
        TopVariants = tally.Variants.Top(topVariants);
        First = tally.First;
        Last = tally.Last;
        OnTime = tally.OnTime;
        Late = tally.Late;
        NoDeadline = Cases - OnTime - Late;
        MedianHours = Median(tally.Durations);
    }

    /// <summary>How many cases (traces) there are.</summary>
    public int Cases { get; }

    /// <summary>How many events there are.</summary>
    public long Events { get; }

    /// <summary>How many different activities (<c>concept:name</c> of an event) there are.</summary>
    public int Activities => ActivityCounts.Count;

    /// <summary>Every activity with the number of its events: the most frequent first, and of equals the one seen first.</summary>
    public IReadOnlyList<ActivityCount> ActivityCounts { get; }

    /// <summary>How many different sequences of activities there are.</summary>
    public int Variants { get; }

    /// <summary>The most frequent sequences: the most frequent first, and of equals the one seen first.</summary>
    public IReadOnlyList<LogVariant> TopVariants { get; }

    /// <summary>The time of the earliest event, or <see langword="null"/> in an empty log.</summary>
    public DateTimeOffset? First { get; }

    /// <summary>The time of the latest event, or <see langword="null"/> in an empty log.</summary>
    public DateTimeOffset? Last { get; }

    /// <summary>
    /// How many cases ended by their <c>deadline</c>; exactly at it is on time. A case ends at its <c>enddate</c>, or at its
    /// last event where it has none. Moments are compared, whatever their offsets.
    /// </summary>
    public int OnTime { get; }

    /// <summary>How many cases ended after their <c>deadline</c>.</summary>
    public int Late { get; }

    /// <summary>How many cases have no <c>deadline</c>.</summary>
    public int NoDeadline { get; }

    /// <summary>
    /// The median, over the cases, of the hours from the first to the last event: exact, with the mean of the middle two
    /// for an even number of cases; <see langword="null"/> in an empty log.
    /// </summary>
    public double? MedianHours { get; }

    /// <summary>Takes the figures of <paramref name="traces"/>, which is enumerated once.</summary>
    /// <param name="traces">The cases.</param>
    /// <param name="topVariants">How many of the most frequent variants to keep. 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="topVariants"/> is negative.</exception>
    /// <exception cref="EventLogFormatException">A case has a <c>deadline</c> or <c>enddate</c> that is not a date.</exception>
    public static LogProfile Of(IEnumerable<LogTrace> traces, int topVariants = 10)
    {
        ArgumentNullException.ThrowIfNull(traces);
        ArgumentOutOfRangeException.ThrowIfNegative(topVariants);
        var tally = new Tally(topVariants);
        foreach (LogTrace trace in traces)
        {
            tally.Add(trace);
        }

        return new LogProfile(tally, topVariants);
    }

    private static double? Median(List<long> durations)
    {
        if (durations.Count == 0)
        {
            return null;
        }

        durations.Sort();
        int middle = durations.Count / 2;
        double ticks = durations.Count % 2 == 1
            ? durations[middle]
            : ((double)durations[middle - 1] + durations[middle]) / 2;
        return ticks / TimeSpan.TicksPerHour;
    }

    private sealed class Tally(int topVariants)
    {
        public ActivityTable Activities { get; } = new();

        public VariantTable Variants { get; } = new(topVariants);

        // Ticks from the first to the last event, one for every case.
        public List<long> Durations { get; } = [];

        public long Events { get; private set; }

        public DateTimeOffset? First { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        public int OnTime { get; private set; }

        public int Late { get; private set; }

        public void Add(LogTrace trace)
        {
            DateTimeOffset first = trace.Events[0].Time;
            DateTimeOffset last = trace.Events[^1].Time;
            Events += trace.Events.Count;
            Durations.Add((last - first).Ticks);
            First = First <= first ? First : first;
            Last = Last >= last ? Last : last;
            Variants.Add(trace, Activities);
            if (FindDate(trace, XesKeys.Deadline) is not { } deadline)
            {
                return;
            }

            if ((FindDate(trace, XesKeys.EndDate) ?? last) <= deadline)
            {
                OnTime++;
            }
            else
            {
                Late++;
            }
        }

        private static DateTimeOffset? FindDate(LogTrace trace, string key) => trace.Attributes.Find(key) switch
        {
            null => null,
            LogValue.Date date => date.Value,
            LogValue other => throw new EventLogFormatException(
                line: null,
                $"the {key} of the case '{EventLogFormatException.Quote(trace.Name ?? "(unnamed)")}' is a {other.ElementName}: write it as <date>"),
        };
    }
}
