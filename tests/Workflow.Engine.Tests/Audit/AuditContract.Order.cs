using Workflow.Core.Indicators;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Audit;

/// <content>Where rows stand in the journal of all dossiers, which no chain covers.</content>
public abstract partial class AuditContract
{
    [Fact]
    public async Task Row_PlacedBeforeTheOneBeforeIt_IsFound()
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        SwapPlaces((target, 2), (target, 3));

        Names(await AuditedStore.VerifyAsync(store), target, 3);
    }

    [Fact]
    public async Task Rows_OfTwoDossiersSwappedInTheJournal_AreFoundByAnchors()
    {
        await using var store = await OpenAsync();
        var anchors = await AnchoredAsync(store);
        var (target, other) = await SwapRowsAsync(store);

        Assert.True((await AuditedStore.VerifyAsync(store, await AuditedStore.HeadsAsync(store))).IsIntact);
        var report = await AuditedStore.VerifyAsync(store, anchors);

        Assert.Equal(new[] { target, other }.Order(StringComparer.Ordinal), report.Broken.Select(f => f.Code));
        Assert.All(report.Broken, f => Assert.Contains("moved in the journal", f.Why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_OfTwoDossiersSwappedInTheJournal_ShowByWhenTheyWereRecorded()
    {
        await using var store = await OpenAsync();
        Run(IsPostgres
            ? "UPDATE dossier_event SET recorded_at = timestamptz '2020-11-06 09:00+07' + position * interval '2 minutes'"
            : "UPDATE dossier_event SET recorded_at = strftime('%Y-%m-%dT%H:%M:%S.000+07:00', '2020-11-06 09:00', (2 * position) || ' minutes')");
        Assert.Empty((await AuditedStore.VerifyAsync(store)).Patterns);
        var (target, other) = await SwapRowsAsync(store);

        var report = await AuditedStore.VerifyAsync(store);

        Assert.True(report.IsIntact, AuditedStore.Texts(report));
        Assert.Equal(
            [(PatternKind.RecordedOutOfOrder, target, AuditedStore.Versions), (PatternKind.RecordedOutOfOrder, other, 1)],
            report.Patterns.OrderByDescending(p => p.Version).Select(p => (p.Kind, p.Dossier, p.Version)));
    }

    [Fact]
    public async Task Rows_AtOnePlaceOfTheJournal_AreNamed()
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        var other = (await AuditedStore.HeadsAsync(store))[5].Code;
        if (IsPostgres)
        {
            Run($"""
                UPDATE dossier_event e SET epoch = o.epoch, transaction_id = o.transaction_id, position = o.position
                FROM dossier_event o WHERE o.code = '{other}' AND o.version = 4 AND e.code = '{target}' AND e.version = 4
                """);
        }
        else
        {
            // The archive has places of its own for the file, and the same ones for the journal.
            Run($"INSERT INTO archived_event SELECT * FROM dossier_event WHERE code = '{target}'");
            Run($"INSERT INTO archived_dossier SELECT {ArchivedColumns} FROM dossier WHERE code = '{target}'");
            Run($"DELETE FROM dossier_event WHERE code = '{target}'");
            Run($"DELETE FROM dossier WHERE code = '{target}'");
            Assert.True((await AuditedStore.VerifyAsync(store)).IsIntact);
            Run($"UPDATE archived_event SET position = (SELECT position FROM dossier_event WHERE code = '{other}' AND version = 4) WHERE code = '{target}' AND version = 4");
        }

        var report = await AuditedStore.VerifyAsync(store);

        Assert.Contains(report.Broken, f => f.Code == target && f.Why.Contains($"the same place of the journal as {other} version 4", StringComparison.Ordinal));
        Assert.Contains(report.Broken, f => f.Code == other && f.Why.Contains($"the same place of the journal as {target} version 4", StringComparison.Ordinal));
    }

    private const string ArchivedColumns =
        "code, version, hash, procedure, procedure_version, unit, state, portal_status, role, assignee, due, wake_at, closed, data, personal, closed_at";

    internal static async Task<IReadOnlyList<ChainHead>> AnchoredAsync(IJournalStore store)
    {
        using var file = new MemoryStream();
        await AnchorFile.WriteAsync(store, file, Office.Start, cancellationToken: Ct);
        file.Position = 0;
        return [.. AnchorFile.Read(file)];
    }

    // The last row of one dossier and the first of a later one: the rows of each stay in their order.
    private async Task<(string Target, string Other)> SwapRowsAsync(IJournalStore store)
    {
        var target = await AuditedStore.TargetAsync(store);
        var journal = await store.ScanMomentsAsync(Ct).ToListAsync(Ct);
        var other = journal.Where(r => r.Version == 1).SkipWhile(r => r.Code != target).ElementAt(2).Code;
        SwapPlaces((target, AuditedStore.Versions), (other, 1));
        return (target, other);
    }

    private void SwapPlaces((string Code, int Version) one, (string Code, int Version) two)
    {
        Run(IsPostgres
            ? $"""
                UPDATE dossier_event e SET epoch = o.epoch, transaction_id = o.transaction_id, position = o.position
                FROM dossier_event o WHERE (e.code, e.version, o.code, o.version)
                    IN (('{one.Code}', {one.Version}, '{two.Code}', {two.Version}), ('{two.Code}', {two.Version}, '{one.Code}', {one.Version}))
                """
            : $"""
                CREATE TEMP TABLE place AS SELECT code, version, position FROM dossier_event
                    WHERE (code = '{one.Code}' AND version = {one.Version}) OR (code = '{two.Code}' AND version = {two.Version});
                UPDATE dossier_event SET position = -position WHERE position IN (SELECT position FROM place);
                UPDATE dossier_event SET position = (SELECT p.position FROM place p WHERE p.position <> -dossier_event.position) WHERE position < 0;
                DROP TABLE place;
                """);
    }
}
