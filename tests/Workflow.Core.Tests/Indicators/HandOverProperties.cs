using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Core.Tests.Simulation;

namespace Workflow.Core.Tests.Indicators;

/// <summary>The laws of the statutory report where dossiers are handed over between units at any time.</summary>
public sealed class HandOverProperties
{
    private static readonly string[] s_units = ["000.01.30.H28", "000.02.30.H28", "000.41.00.H28", "000.42.00.H28"];

    private static readonly Lazy<SimulatedJournal> s_journal = new(() => new SimulatedJournal(Districts.Scenario(seed: 21, dossiers: 150)));

    // Hand-overs: which dossier, after which of its rows, to which unit; then a period, a quarter of a day at a time.
    private static readonly Arbitrary<((int Dossier, int After, int To)[] HandOvers, int From, int Length)> s_cases =
        (from moves in (from dossier in Gen.Choose(0, 149) from after in Gen.Choose(0, 8) from to in Gen.Choose(0, 3) select (dossier, after, to)).ArrayOf(200)
         from start in Gen.Choose(-10, 200)
         from length in Gen.Choose(0, 200)
         select (moves, start, length)).ToArbitrary();

    [Fact]
    public void Identities_UnderAnyHandOvers_HoldForEveryUnitAndPeriod() => Check.QuickThrowOnFailure(Prop.ForAll(s_cases, c =>
        Report(Folded(c.HandOvers), c.From, c.Length) is var report && report.Holds
        && report.Rows.Sum(r => r.Received) == report.Total.Received + report.Rows.Sum(r => r.TakenOver)
        && report.Rows.Sum(r => r.Settled) == report.Total.Settled && report.Rows.Sum(r => r.InProcess) == report.Total.InProcess));

    [Fact]
    public void Total_UnderAnyHandOvers_IsThatWithoutThem() => Check.QuickThrowOnFailure(Prop.ForAll(s_cases, c =>
        Report(Folded(c.HandOvers), c.From, c.Length).Total == Report(Folded([]), c.From, c.Length).Total));

    [Fact]
    public void InProcess_OfAUnit_IsCarriedOverIntoItsNextPeriod() => Check.QuickThrowOnFailure(Prop.ForAll(s_cases, c =>
    {
        var fold = Folded(c.HandOvers);
        var first = Report(fold, c.From, c.Length).Rows.ToDictionary(r => r.Unit!, r => r.InProcess);
        var next = Report(fold, c.From + c.Length, 8).Rows.ToDictionary(r => r.Unit!, r => r.CarriedOver - r.TakenOver);
        return s_units.All(u => first.GetValueOrDefault(u) == next.GetValueOrDefault(u));
    }));

    // A report of the time before the hand-overs, made again afterwards, is what it was.
    [Fact]
    public void Report_OfAPeriodBeforeTheHandOvers_StaysAsItWas() => Check.QuickThrowOnFailure(Prop.ForAll(s_cases, c =>
    {
        var to = Moment(c.From + c.Length);
        var later = Folded(c.HandOvers, notBefore: to);
        return later.Report(Moment(c.From), to).Rows.SequenceEqual(Folded([]).Report(Moment(c.From), to).Rows);
    }));

    [Fact]
    public void Settled_BeforeTheHandOver_StaysWithTheUnitThatSettledIt()
    {
        var all = Enumerable.Range(0, 150).Select(d => (d, 1_000, 2)).ToArray();

        // After their last rows: those that were settled by then were settled by their old units.
        var report = Report(Folded(all), -10, 400);

        Assert.Equal(0, report.Rows.SingleOrDefault(r => r.Unit == s_units[2])?.Settled ?? 0);
        Assert.Equal(report.Total.InProcess, report.Rows.SingleOrDefault(r => r.Unit == s_units[2])?.TakenOver ?? 0);
    }

    private static DossierFold Folded((int Dossier, int After, int To)[] handOvers, DateTimeOffset? notBefore = null)
    {
        var fold = new DossierFold();
        foreach (var rows in s_journal.Value.Rows.GroupBy(r => r.Code))
        {
            var index = int.Parse(rows.Key.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
            var moves = handOvers.Where(h => h.Dossier == index).ToList();
            var (number, unit) = (0, string.Empty);
            var list = rows.ToList();
            foreach (var row in list)
            {
                fold.Fold(row.Code, row.At, row.Events);
                unit = row.Events.OfType<DossierSubmitted>().FirstOrDefault()?.CompetentUnit ?? unit;
                foreach (var move in moves.Where(m => m.After == number || (m.After > number && number == list.Count - 1)))
                {
                    var to = s_units[move.To];
                    if (to != unit && !(row.At < notBefore))
                    {
                        fold.Fold(row.Code, row.At, [new DossierHandedOver("p", "g", unit, to, unit, to, unit, to)]);
                        unit = to;
                    }
                }

                number++;
            }
        }

        return fold;
    }

    private static StatutoryReport Report(DossierFold fold, int from, int length) => fold.Report(Moment(from), Moment(from + length));

    private static DateTimeOffset Moment(int quarters) => WorkingCalendar.At(new DateOnly(2020, 11, 6), TimeOnly.MinValue).AddHours(quarters * 6);
}
