using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Indicators;

/// <summary>Folds a journal into the standing of every dossier, from which reports are made. Not thread-safe.</summary>
/// <remarks>The events of a dossier must come in their order; those of different dossiers may come in any. The same journal gives the same figures.</remarks>
public sealed class DossierFold
{
    private readonly Dictionary<string, DossierStanding> _standings = new(StringComparer.Ordinal);

    /// <summary>The standing of every dossier that was seen, in no particular order.</summary>
    public IReadOnlyCollection<DossierStanding> Standings => _standings.Values;

    /// <summary>Takes in what one accepted command did.</summary>
    /// <exception cref="ArgumentException">The dossier's submission was not seen.</exception>
    public void Fold(string code, DateTimeOffset occurredAt, IReadOnlyList<DossierEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DossierSubmitted submitted)
            {
                _standings[code] = new DossierStanding(submitted, occurredAt);
            }
            else if (_standings.TryGetValue(code, out var standing))
            {
                standing.Fold(events[i], occurredAt);
            }
            else
            {
                throw new ArgumentException($"The submission of dossier '{code}' was not seen.", nameof(code));
            }
        }
    }

    /// <summary>Makes the statutory report of the period from <paramref name="from"/> (included) to <paramref name="to"/> (excluded).</summary>
    /// <remarks>
    /// A dossier that was handed over counts in the rows of both units: the one that had it received it and handed it over, the other one
    /// carries it over from the hand-over on. What was settled stays with the unit that settled it. Overdue dossiers in process are judged by the promises known now: make the report of a period when its journal has been folded and no more.
    /// </remarks>
    public StatutoryReport Report(DateTimeOffset from, DateTimeOffset to)
    {
        var rows = new SortedDictionary<string, StatutoryRow>(StringComparer.Ordinal);
        var total = Empty(null);
        foreach (var standing in _standings.Values)
        {
            if (standing.SubmittedAt >= to || standing.SettledAt < from)
            {
                continue;
            }

            // In the total a dossier counts once, whoever had it.
            var row = RowOf(standing, from, to);
            total = total.Plus(row);
            foreach (var stay in standing.Stays())
            {
                if (stay.From < to && !(stay.Until < from))
                {
                    rows[stay.Unit] = (rows.GetValueOrDefault(stay.Unit) ?? Empty(stay.Unit)).Plus(OfStay(row, stay, from, to) with { Unit = stay.Unit });
                }
            }
        }

        return new StatutoryReport(from, to, [.. rows.Values], total);
    }

    /// <summary>Counts what was received and settled on each day, in Vietnam's days, without gaps.</summary>
    /// <param name="first">The first day, included.</param>
    /// <param name="last">The last day, included.</param>
    public IReadOnlyList<DailyCount> Daily(DateOnly first, DateOnly last)
    {
        var days = Math.Max(0, last.DayNumber - first.DayNumber + 1);
        var (received, settled) = (new int[days], new int[days]);
        foreach (var standing in _standings.Values)
        {
            Count(received, standing.SubmittedAt);
            if (standing.SettledAt is { } settledAt)
            {
                Count(settled, settledAt);
            }
        }

        return [.. Enumerable.Range(0, days).Select(i => new DailyCount(first.AddDays(i), received[i], settled[i]))];

        void Count(int[] counts, DateTimeOffset at)
        {
            var day = WorkingCalendar.DayOf(at).DayNumber - first.DayNumber;
            if (day >= 0 && day < days)
            {
                counts[day]++;
            }
        }
    }

    private static StatutoryRow RowOf(DossierStanding standing, DateTimeOffset from, DateTimeOffset to)
    {
        var row = Empty(standing.Unit);
        row = standing.SubmittedAt < from ? row with { CarriedOver = 1 }
            : standing.Channel == Procedures.Channel.Online ? row with { Online = 1 }
            : row with { DirectAndPost = 1 };
        if (standing.SettledAt < to)
        {
            return standing.Timeliness switch
            {
                Timeliness.Early => row with { Early = 1 },
                Timeliness.OnTime => row with { OnTime = 1 },
                _ => row with { Overdue = 1 },
            };
        }

        return standing.IsOverdueAt(to) ? row with { InProcessOverdue = 1 } : row with { InTime = 1 };
    }

    // A unit's part in the row of a dossier: it comes in by submission or from another unit, and goes out by settling or to another
    // unit. Whoever has it at the end of the period has it in process, so that a hand-over changes no report of the time before.
    private static StatutoryRow OfStay(StatutoryRow row, in UnitStay stay, DateTimeOffset from, DateTimeOffset to)
    {
        if (stay.From < from)
        {
            row = row with { Online = 0, DirectAndPost = 0, CarriedOver = 1 };
        }
        else if (!stay.IsFirst)
        {
            row = row with { Online = 0, DirectAndPost = 0, CarriedOver = 1, TakenOver = 1 };
        }

        return stay.Until < to ? row with { Early = 0, OnTime = 0, Overdue = 0, InTime = 0, InProcessOverdue = 0, HandedOver = 1 } : row;
    }

    private static StatutoryRow Empty(string? unit) => new(unit, 0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>What happened on one day.</summary>
/// <param name="Day">The day in Vietnam.</param>
/// <param name="Received">How many dossiers were submitted.</param>
/// <param name="Settled">How many were settled.</param>
public readonly record struct DailyCount(DateOnly Day, int Received, int Settled);
