using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;
using Workflow.Core.Indicators;
using Workflow.Core.Tests.Simulation;

namespace Workflow.Core.Tests.Indicators;

/// <summary>The laws of the statutory report, on the journal of a simulated district.</summary>
public sealed class StatutoryReportProperties
{
    private static readonly Lazy<DossierFold> s_fold = new(() => Folded(new SimulatedJournal(Districts.Scenario(seed: 11, dossiers: 800))));

    // Any period within or around the simulated two months, a quarter of a day at a time.
    private static readonly Arbitrary<(int From, int Length)> s_periods =
        (from start in Gen.Choose(-10, 200) from length in Gen.Choose(0, 200) select (start, length)).ToArbitrary();

    [Fact]
    public void Identities_HoldForEveryUnitAndPeriod() => Check.QuickThrowOnFailure(Prop.ForAll(s_periods, period =>
    {
        var report = Report(period);
        return report.Holds && report.Total.Received == report.Rows.Sum(r => r.Received) && report.Total.Settled == report.Rows.Sum(r => r.Settled);
    }));

    // What one period leaves in process the next one carries over.
    [Fact]
    public void InProcess_OfAPeriod_IsCarriedOverIntoTheNext() => Check.QuickThrowOnFailure(Prop.ForAll(s_periods, period =>
    {
        var next = Report((period.From + period.Length, 8));
        return Report(period).Total.InProcess == next.Total.CarriedOver;
    }));

    [Fact]
    public void AdjacentPeriods_SettleTogetherWhatTheWholeSettles() => Check.QuickThrowOnFailure(Prop.ForAll(s_periods, period =>
    {
        var whole = Report((period.From, period.Length + 8)).Total;
        var first = Report(period).Total;
        var second = Report((period.From + period.Length, 8)).Total;
        return whole.Settled == first.Settled + second.Settled && whole.Online + whole.DirectAndPost == first.Online + first.DirectAndPost + second.Online + second.DirectAndPost;
    }));

    [Fact]
    public void Fold_OfDossiersInAnotherOrder_GivesTheSameReport()
    {
        var journal = new SimulatedJournal(Districts.Scenario(seed: 12, dossiers: 300));
        var other = new DossierFold();
        foreach (var row in journal.Rows.GroupBy(r => r.Code).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g))
        {
            other.Fold(row.Code, row.At, row.Events);
        }

        var (from, to) = (Moment(0), Moment(188));
        Assert.Equal(Folded(journal).Report(from, to).Rows, other.Report(from, to).Rows);
    }

    [Fact]
    public void Daily_CountsEveryDossierOnce()
    {
        var daily = s_fold.Value.Daily(new DateOnly(2020, 11, 6), new DateOnly(2020, 12, 22));

        Assert.Equal(47, daily.Count);
        Assert.Equal(800, daily.Sum(d => d.Received));
        Assert.Equal(Report((0, 188)).Total.Settled, daily.Sum(d => d.Settled));
    }

    private static StatutoryReport Report((int From, int Length) period) => s_fold.Value.Report(Moment(period.From), Moment(period.From + period.Length));

    private static DateTimeOffset Moment(int quarters) => WorkingCalendar.At(new DateOnly(2020, 11, 6), TimeOnly.MinValue).AddHours(quarters * 6);

    private static DossierFold Folded(SimulatedJournal journal)
    {
        var fold = new DossierFold();
        foreach (var row in journal.Rows)
        {
            fold.Fold(row.Code, row.At, row.Events);
        }

        return fold;
    }
}
