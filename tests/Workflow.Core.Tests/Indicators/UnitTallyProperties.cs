using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Core.Tests.Simulation;

namespace Workflow.Core.Tests.Indicators;

/// <summary>The figures of units are those of the statutory report over all time, however the journal was cut into parts and whoever took dossiers over.</summary>
public sealed class UnitTallyProperties
{
    private static readonly DateTimeOffset s_end = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<SimulatedJournal> s_journal = new(() => new SimulatedJournal(Districts.Scenario(seed: 21, dossiers: 150)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Figures_OfTheWholeJournal_AreThoseOfTheReport(int seed)
    {
        var rows = WithHandOvers(seed);
        var (fold, tally, standings) = (new DossierFold(), new UnitTally(), new Dictionary<string, UnitStanding>(StringComparer.Ordinal));
        foreach (var (code, at, events) in rows)
        {
            fold.Fold(code, at, events);
            standings[code] = tally.Fold(standings.GetValueOrDefault(code), events);
        }

        var report = fold.Report(DateTimeOffset.MinValue, s_end).Rows;
        Assert.NotEmpty(report);
        Assert.All(report, row =>
        {
            var figures = tally.Units[row.Unit!];
            Assert.Equal((row.Online + row.DirectAndPost, row.TakenOver, row.HandedOver), (figures.Submitted, figures.TakenOver, figures.HandedOver));
            Assert.Equal((row.Early, row.OnTime, row.Overdue, row.InProcess), (figures.Early, figures.OnTime, figures.Overdue, figures.InProcess));
        });
        Assert.All(tally.Units.Values, figures => Assert.True(figures.Holds));
        Assert.Equal(standings.Count, tally.Units.Values.Sum(u => u.ByStatus.Sum()));
        Assert.Equal(standings.Values.Count(s => !s.IsClosed), tally.Units.Values.Sum(u => u.Held));
        Assert.All(tally.Units, u => Assert.Equal(standings.Values.Count(s => !s.IsClosed && s.Holder == u.Key), u.Value.Held));
    }

    [Fact]
    public void Changes_OfTheParts_AddUpToTheWhole()
    {
        var (whole, sums, standings) = (new UnitTally(), new Dictionary<string, UnitFigures>(StringComparer.Ordinal), new Dictionary<string, UnitStanding>(StringComparer.Ordinal));
        foreach (var (code, _, events) in WithHandOvers(4))
        {
            var (before, part) = (standings.GetValueOrDefault(code), new UnitTally());
            standings[code] = whole.Fold(before, events);
            Assert.Equal(standings[code], part.Fold(before, events));
            foreach (var (unit, change) in part.Units)
            {
                sums[unit] = sums.GetValueOrDefault(unit, UnitFigures.None).Plus(change);
            }
        }

        Assert.Equal(whole.Units.OrderBy(u => u.Key, StringComparer.Ordinal), sums.OrderBy(u => u.Key, StringComparer.Ordinal));
    }

    // Now and then a dossier goes to another unit, as a reorganisation would have it.
    private static List<(string Code, DateTimeOffset At, IReadOnlyList<DossierEvent> Events)> WithHandOvers(int seed)
    {
        var random = new Random(seed);
        var units = new Dictionary<string, UnitStanding>(StringComparer.Ordinal);
        var rows = new List<(string, DateTimeOffset, IReadOnlyList<DossierEvent>)>();
        foreach (var (code, at, events) in s_journal.Value.Rows)
        {
            rows.Add((code, at, events));
            var standing = units[code] = new UnitTally().Fold(units.GetValueOrDefault(code), events);
            if (random.Next(4) == 0 && !standing.IsClosed)
            {
                var to = $"000.4{random.Next(3)}.00.H28";
                DossierEvent[] handedOver = [new DossierHandedOver("p", "g", standing.Unit, to, standing.Unit, to, standing.Holder, to)];
                rows.Add((code, at, handedOver));
                units[code] = standing.After(handedOver[0]);
            }
        }

        return rows;
    }
}
