using Workflow.Core.Deadlines;

namespace Workflow.Core.Verification;

/// <summary>Several allowances of one kind in a row, added up exactly, so that no day is lost by rounding each of them.</summary>
/// <param name="What">The first and the last of them.</param>
/// <param name="Limit">Their sum.</param>
internal sealed record Run(string What, TimeLimit Limit)
{
    /// <summary>How many days it is, when it is whole days of either kind; otherwise null.</summary>
    public int? WholeDays { get; } =
        Limit.Unit is TimeLimitUnit.WorkingDays or TimeLimitUnit.Days && Limit.EndsWithDay ? (int)Limit.Amount : null;

    /// <summary>Joins neighbours of one kind; null when a sum is larger than any time limit.</summary>
    public static IReadOnlyList<Run>? Of(IEnumerable<Allowance> allowances)
    {
        var runs = new List<(string First, string Last, TimeLimit Limit)>();
        foreach (var next in allowances)
        {
            if (runs.Count > 0 && Join(runs[^1].Limit, next.Limit) is var (amount, unit))
            {
                if (amount > TimeLimit.LargestAmount)
                {
                    return null;
                }

                runs[^1] = (runs[^1].First, next.What, new TimeLimit(amount, unit));
            }
            else
            {
                runs.Add((next.What, next.What, new TimeLimit(next.Limit.Amount, next.Limit.Unit)));
            }
        }

        return [.. runs.Select(r => new Run(r.First == r.Last ? r.First : $"{r.First} to {r.Last}", r.Limit))];
    }

    private static (decimal Amount, TimeLimitUnit Unit)? Join(TimeLimit a, TimeLimit b) => (a.Unit, b.Unit) switch
    {
        _ when a.Unit == b.Unit => (a.Amount + b.Amount, a.Unit),
        (TimeLimitUnit.WorkingDays, TimeLimitUnit.WorkingHours) => (a.Amount + (b.Amount / TimeSum.HoursPerDay), TimeLimitUnit.WorkingDays),
        (TimeLimitUnit.WorkingHours, TimeLimitUnit.WorkingDays) => ((a.Amount / TimeSum.HoursPerDay) + b.Amount, TimeLimitUnit.WorkingDays),
        _ => null,
    };
}
