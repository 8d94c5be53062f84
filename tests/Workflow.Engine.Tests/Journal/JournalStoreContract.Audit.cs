using Workflow.Engine.Audit;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    [Fact]
    public async Task Scan_GivesEverythingInItsOrder()
    {
        // U+FFFD stands before U+1F600 in UTF-8, and behind it in UTF-16.
        string[] codes = ["A", "B", "B-1", "\uFFFD", "\U0001F600"];
        await Store.AppendAsync([.. codes.Reverse().Select(c => Appends.Append(c, 1))]);
        await Store.AppendAsync([.. codes.Select(c => Appends.Append(c, 2))]);

        var rows = await Store.ScanRowsAsync(null, Ct).ToListAsync(Ct);
        Assert.Equal(codes.SelectMany(c => new[] { (c, 1L), (c, 2L) }), rows.Select(r => (r.Code, r.Version)));
        Assert.All(rows, r => Assert.Null(r.Unreadable));
        Assert.Equal(rows.Select(r => new JournalPlace(r.Code, r.Version, r.Row!.Cursor)), await Store.ScanPlacesAsync(null, Ct).ToListAsync(Ct));
        Assert.Equal(codes.Select(c => (c, 2)), (await Store.ScanDossiersAsync(null, Ct).ToListAsync(Ct)).Select(d => (d.Code, d.Dossier!.Version)));
        string[] byCommand = ["A", "B-1", "B", "\uFFFD", "\U0001F600"];
        Assert.Equal(byCommand.Select(c => new ScannedSubmission("portal", $"{c}/1", c)), await Store.ScanSubmissionsAsync(Ct).ToListAsync(Ct));
        Assert.Equal(
            (await Store.ReadJournalAsync(default, 100, Ct)).Select(r => new JournalMoment(r.Cursor, r.Code, r.Version, r.Actor, r.OccurredAt, r.RecordedAt)),
            await Store.ScanMomentsAsync(Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Scan_OfOneDossier_GivesWhatItsReadsGive()
    {
        await Store.AppendAsync([Appends.Append("A", 1), Appends.Append("B", 1), Appends.Append("B", 2), Appends.Append("C", 1)]);

        var rows = await Store.ScanRowsAsync("B", Ct).ToListAsync(Ct);
        Assert.Equivalent(await Store.ReadHistoryAsync("B", 1, 10, Ct), rows.Select(r => r.Row), strict: true);
        Assert.Equivalent(await Store.LoadAsync("B", Ct), Assert.Single(await Store.ScanDossiersAsync("B", Ct).ToListAsync(Ct)).Dossier, strict: true);
        Assert.Equal(rows.Select(r => new JournalPlace("B", r.Version, r.Row!.Cursor)), await Store.ScanPlacesAsync("B", Ct).ToListAsync(Ct));
        Assert.Empty(await Store.ScanRowsAsync("b", Ct).ToListAsync(Ct));
        Assert.Empty(await Store.ScanDossiersAsync("b", Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Scan_OverManyPages_MissesNothing()
    {
        for (var i = 0; i < 25; i++)
        {
            await Store.AppendAsync([.. Enumerable.Range(0, 100).Select(n => Appends.Append($"D-{i:00}-{n:00}", 1))]);
        }

        Assert.Equal(2_500, (await Store.ScanRowsAsync(null, Ct).ToListAsync(Ct)).Select(r => r.Code).Distinct().Count());
        Assert.Equal(2_500, (await Store.ScanDossiersAsync(null, Ct).ToListAsync(Ct)).Count);
        Assert.Equal(2_500, (await Store.ScanSubmissionsAsync(Ct).ToListAsync(Ct)).Count);
        Assert.Equal(2_500, (await Store.ScanPlacesAsync(null, Ct).ToListAsync(Ct)).Count);
        Assert.Equal(2_500, (await Store.ScanMomentsAsync(Ct).ToListAsync(Ct)).Count);
    }
}
