using Workflow.Core.Dossiers;
using Workflow.Engine.Audit;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Audit;

/// <summary>What an audit finds, whichever store it reads. A provider's class names the store and tampers with it through the driver.</summary>
public abstract partial class AuditContract
{
    private const string Elsewhere = "zz.elsewhere";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract bool IsPostgres { get; }

    /// <summary>Opens a store of <see cref="AuditedStore"/> as it was before any test.</summary>
    protected abstract Task<IJournalStore> OpenAsync();

    /// <summary>Runs a statement on the storage of the open store, past it.</summary>
    protected abstract void Run(string sql);

    private static string Row(int version) => $"WHERE code = '{{code}}' AND version = {version}";

    public static TheoryData<string, int> ChangedRows => new()
    {
        { $"UPDATE dossier_event SET version = 9 {Row(4)}", 4 },
        { $"UPDATE dossier_event SET version = 0 {Row(1)}", 0 },
        { $"UPDATE dossier_event SET occurred_at = '2020-11-06T08:19:59.000+07:00' {Row(2)}", 2 },
        { $"UPDATE dossier_event SET actor = 'x' {Row(2)}", 2 },
        { $"UPDATE dossier_event SET caller = 'x' {Row(3)}", 3 },
        { $"UPDATE dossier_event SET command_id = 'x' {Row(4)}", 4 },
        { $"UPDATE dossier_event SET command_digest = {{bytes}} {Row(2)}", 2 },
        { $"UPDATE dossier_event SET salt = {{bytes}} {Row(1)}", 1 },
        { $"UPDATE dossier_event SET data = {{bytes}} {Row(3)}", 3 },
        { $"UPDATE dossier_event SET personal = {{bytes}} {Row(1)}", 1 },
        { $"UPDATE dossier_event SET personal = {{bytes}} {Row(2)}", 2 },
        { $"UPDATE dossier_event SET personal_digest = {{bytes}} {Row(2)}", 2 },
        { $"UPDATE dossier_event SET hash = {{bytes}} {Row(1)}", 1 },
        { $"UPDATE dossier_event SET hash = {{bytes}} {Row(4)}", 4 },
        { $"DELETE FROM dossier_event {Row(1)}", 1 },
        { $"DELETE FROM dossier_event {Row(2)}", 2 },
        { $"DELETE FROM dossier_event {Row(4)}", 4 },
        { "DELETE FROM dossier_event WHERE code = '{code}'", 1 },
        { $"UPDATE dossier_event SET version = -2 {Row(2)}; UPDATE dossier_event SET version = 2 {Row(3)}; UPDATE dossier_event SET version = 3 {Row(-2)}", 2 },
        { $"UPDATE dossier_event SET version = -2 {Row(2)}; UPDATE dossier_event SET version = 2 {Row(4)}; UPDATE dossier_event SET version = 4 {Row(-2)}", 2 },
    };

    public static TheoryData<string, int> ChangedDossiers => new()
    {
        { "UPDATE dossier SET version = 5 WHERE code = '{code}'", 5 },
        { "UPDATE dossier SET version = 3 WHERE code = '{code}'", 3 },
        { "UPDATE dossier SET hash = {bytes} WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET procedure = 'x' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET procedure_version = '2' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET unit = 'x' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET state = 'Done' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET portal_status = 9 WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET role = 'x' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET assignee = 'x' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET due = '2020-12-10T23:59:59.000+07:00' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET wake_at = '2020-12-10T23:59:59.000+07:00' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET closed = {true} WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET closed_at = '2020-12-10T23:59:59.000+07:00' WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET data = {bytes} WHERE code = '{code}'", 4 },
        { "UPDATE dossier SET personal = {bytes} WHERE code = '{code}'", 4 },
        { "DELETE FROM dossier WHERE code = '{code}'", 4 },
    };

    public static TheoryData<string> ChangedSubmissions =>
    [
        "DELETE FROM submission WHERE code = '{code}'",
        "DROP INDEX IF EXISTS submission_by_code; UPDATE submission SET code = '{other}' WHERE code = '{code}'",
        $"UPDATE submission SET code = '{Elsewhere}' WHERE code = '{{code}}'",
        "UPDATE submission SET command_id = 'x' WHERE code = '{code}'",
        "UPDATE submission SET caller = 'x' WHERE code = '{code}'",
        "DELETE FROM dossier_event WHERE code = '{code}'; DELETE FROM dossier WHERE code = '{code}'",
    ];

    [Fact]
    public async Task Store_AsItWasWritten_IsIntact()
    {
        await using var store = await OpenAsync();

        var report = await AuditedStore.VerifyAsync(store, await AuditedStore.HeadsAsync(store));

        Assert.True(report.IsIntact, AuditedStore.Texts(report));
        Assert.Equal((AuditedStore.Dossiers, AuditedStore.Dossiers * AuditedStore.Versions), (report.Dossiers, report.Events));
        Assert.Equal((AuditedStore.Dossiers, 0L, 0), (report.Anchored, report.Erased, report.NotReplayed.Count));
        Assert.Empty(report.Patterns);
    }

    [Theory]
    [MemberData(nameof(ChangedRows))]
    public Task Row_ChangedOrRemoved_NamesThatDossierAndVersion(string sql, int version) => FindsAsync(sql, version);

    [Theory]
    [MemberData(nameof(ChangedDossiers))]
    public Task Dossier_Changed_NamesThatDossier(string sql, int version) => FindsAsync(sql, version);

    [Theory]
    [MemberData(nameof(ChangedSubmissions))]
    public Task Submission_ChangedOrLeftBehind_NamesThatDossier(string sql) => FindsAsync(sql, 1);

    [Theory]
    [InlineData("UPDATE dossier_event SET code = 'zz.elsewhere' WHERE code = '{code}' AND version = 4")]
    [InlineData("UPDATE dossier SET code = 'zz.elsewhere' WHERE code = '{code}'")]
    public async Task Row_GivenToAnotherDossier_NamesBoth(string sql)
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        Tamper(sql, target, "");

        var report = await AuditedStore.VerifyAsync(store);

        Assert.Equal([target, Elsewhere], report.Broken.Select(f => f.Code).Distinct());
        Assert.Equal(2, report.BrokenDossiers);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    public async Task Rows_Swapped_AreToldAsSuch(int first, int second)
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        Tamper($"UPDATE dossier_event SET version = -2 {Row(first)}; UPDATE dossier_event SET version = {first} {Row(second)}; UPDATE dossier_event SET version = {second} {Row(-2)}", target, "");

        var report = await AuditedStore.VerifyAsync(store);

        Assert.Contains(new ChainFault(target, first, $"the rows of versions {first} and {second} stand in each other's place"), report.Broken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_Inserted_IsFound(bool recomputed)
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        var last = (await store.ReadHistoryAsync(target, AuditedStore.Versions, 1, Ct))[0];
        var row = last with { Version = 5, CommandId = "inserted", Cursor = default };
        Insert(row with { Hash = recomputed ? AuditedStore.Hash(last.Hash, row) : last.Hash });

        Names(await AuditedStore.VerifyAsync(store), target, 5);
    }

    [Fact]
    public async Task Row_InsertedWithRecomputedHashAndHead_IsFoundByTheStateOrTheCommand()
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        var last = (await store.ReadHistoryAsync(target, AuditedStore.Versions, 1, Ct))[0];
        var row = last with { Version = 5, CommandId = "inserted" };
        row = row with { Hash = AuditedStore.Hash(last.Hash, row) };
        Insert(row);
        Run($"UPDATE dossier SET version = 5, hash = {AuditedStore.Hex(row.Hash, IsPostgres)} WHERE code = '{target}'");

        Names(await AuditedStore.VerifyAsync(store), target, 5);
    }

    [Fact]
    public async Task Chain_RecomputedAsAWhole_IsFoundByAnchorsAlone()
    {
        await using var store = await OpenAsync();
        var anchors = await AuditedStore.HeadsAsync(store);
        var target = await AuditedStore.TargetAsync(store);
        var hash = HashChain.Start.ToArray();
        foreach (var row in await store.ReadHistoryAsync(target, 1, 10, Ct))
        {
            var changed = row with { Actor = row.Version == 2 ? "somebody.else" : row.Actor };
            hash = AuditedStore.Hash(hash, changed);
            Run($"UPDATE dossier_event SET actor = '{changed.Actor}', hash = {AuditedStore.Hex(hash, IsPostgres)} WHERE code = '{target}' AND version = {row.Version}");
        }

        Run($"UPDATE dossier SET hash = {AuditedStore.Hex(hash, IsPostgres)} WHERE code = '{target}'");

        Assert.True((await AuditedStore.VerifyAsync(store)).IsIntact);
        Names(await AuditedStore.VerifyAsync(store, anchors), target, AuditedStore.Versions);
    }

    [Fact]
    public async Task Tail_CutWithItsHeadRolledBack_IsFoundByAnchorsAlone()
    {
        await using var store = await OpenAsync();
        var anchors = await AuditedStore.HeadsAsync(store);
        var target = await AuditedStore.TargetAsync(store);
        Dossier? before = null;
        var rows = await store.ReadHistoryAsync(target, 1, AuditedStore.Versions - 1, Ct);
        foreach (var row in rows)
        {
            var events = Recording.Read(row).Events;
            before = before is null ? Dossier.Create(Office.Procedure, events, row.OccurredAt) : before.Apply(events, row.OccurredAt);
        }

        // The last command assigned it, and nothing else.
        Run($"DELETE FROM dossier_event WHERE code = '{target}' AND version = 4");
        Run($"UPDATE dossier SET version = 3, assignee = NULL, hash = {AuditedStore.Hex(rows[^1].Hash, IsPostgres)}, data = {AuditedStore.Hex(Recording.SnapshotOf(before!).Data, IsPostgres)} WHERE code = '{target}'");

        var without = await AuditedStore.VerifyAsync(store);
        Assert.True(without.IsIntact, AuditedStore.Texts(without));
        Names(await AuditedStore.VerifyAsync(store, anchors), target, 4);
    }

    [Fact]
    public async Task Dossier_RemovedWithoutATrace_IsFoundByAnchorsAlone()
    {
        await using var store = await OpenAsync();
        var anchors = await AuditedStore.HeadsAsync(store);
        var target = await AuditedStore.TargetAsync(store);
        Run($"DELETE FROM dossier_event WHERE code = '{target}'");
        Run($"DELETE FROM dossier WHERE code = '{target}'");
        Run($"DELETE FROM submission WHERE code = '{target}'");

        Assert.True((await AuditedStore.VerifyAsync(store)).IsIntact);
        Names(await AuditedStore.VerifyAsync(store, anchors), target, 4);
    }

    [Fact]
    public async Task Dossier_ThatWentOn_FitsItsAnchor()
    {
        await using var store = await OpenAsync();
        var anchors = await AuditedStore.HeadsAsync(store);
        var rows = await store.ReadHistoryAsync(anchors[3].Code, 1, 2, Ct);
        anchors[3] = new ChainHead(anchors[3].Code, 2, rows[1].Hash);

        var report = await AuditedStore.VerifyAsync(store, anchors);

        Assert.True(report.IsIntact, AuditedStore.Texts(report));
    }

    [Fact]
    public async Task PersonalData_Erased_IsNoFaultAndIsCounted()
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        Run($"UPDATE dossier_event SET personal = NULL, salt = {AuditedStore.Hex([], IsPostgres)} WHERE code = '{target}' AND version = 1");
        Run($"UPDATE dossier SET personal = NULL WHERE code = '{target}'");

        var report = await AuditedStore.VerifyAsync(store);

        Assert.True(report.IsIntact, AuditedStore.Texts(report));
        Assert.Equal(1, report.Erased);
    }

    [Fact]
    public async Task Procedure_ThatTheStoreLacks_IsSaidAndChainsAreVerifiedAllTheSame()
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        Run("DELETE FROM procedure");
        Assert.Equal([new NotReplayed(Office.Procedure.Version, AuditedStore.Dossiers)], (await AuditedStore.VerifyAsync(store)).NotReplayed);
        Assert.Empty((await AuditedStore.VerifyAsync(store)).Broken);
        Assert.False((await AuditedStore.VerifyAsync(store)).IsIntact);

        Run($"UPDATE dossier SET unit = 'x' WHERE code = '{target}'");
        Names(await AuditedStore.VerifyAsync(store), target, 4);
    }

    [Theory]
    [InlineData("UPDATE archived_event SET actor = 'x' WHERE code = '{code}' AND version = 2", 2)]
    [InlineData("DELETE FROM archived_event WHERE code = '{code}' AND version = 6", 6)]
    [InlineData("UPDATE archived_dossier SET unit = 'x' WHERE code = '{code}'", 6)]
    [InlineData("UPDATE archived_dossier SET closed_at = NULL WHERE code = '{code}'", 6)]
    [InlineData("DELETE FROM archived_dossier WHERE code = '{code}'", 6)]
    [InlineData(
        """
        INSERT INTO dossier (code, version, hash, procedure, procedure_version, unit, state, closed, data, closed_at)
        SELECT code, version, hash, procedure, procedure_version, unit, state, closed, data, closed_at FROM archived_dossier WHERE code = '{code}'
        """,
        6)]
    public async Task Archived_IsHeldToTheSame(string sql, int version)
    {
        await using var store = await OpenAsync();
        var anchors = await AuditedStore.HeadsAsync(store);
        var target = await AuditedStore.TargetAsync(store);
        await using (var engine = await Office.OpenAsync(store, new VirtualClock(Office.Start.AddHours(2))))
        {
            foreach (var trigger in new[] { "back", "finish" })
            {
                Office.Accepted(await engine.ExecuteAsync(new DossierCode(target), Office.Fire(trigger), Office.Request(trigger)));
            }
        }

        Assert.Equal(1, await store.ArchiveAsync(Office.Start.AddDays(1), 10, Ct));
        var whole = await AuditedStore.VerifyAsync(store, anchors);
        Assert.True(whole.IsIntact, AuditedStore.Texts(whole));
        Assert.Equal((AuditedStore.Dossiers, (AuditedStore.Dossiers * AuditedStore.Versions) + 2), (whole.Dossiers, whole.Events));

        Tamper(sql, target, "");
        Names(await AuditedStore.VerifyAsync(store), target, version);
    }

    private async Task FindsAsync(string sql, int version)
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        var other = (await AuditedStore.HeadsAsync(store))[5].Code;
        Tamper(sql, target, other);

        var report = await AuditedStore.VerifyAsync(store);

        Names(report, sql.Contains(Elsewhere, StringComparison.Ordinal) && !report.Broken.Any(f => f.Code == target) ? Elsewhere : target, version);
    }

    private static void Names(AuditReport report, string code, int version)
    {
        Assert.False(report.IsIntact);
        Assert.True(report.Broken.All(f => f.Code == code), AuditedStore.Texts(report));
        Assert.True(report.Broken.Any(f => f.Version == version), AuditedStore.Texts(report));
        Assert.Equal(1, report.BrokenDossiers);
        Assert.All(report.Broken, f => Assert.DoesNotContain("Nguyễn", f.Why, StringComparison.Ordinal));
    }

    private void Tamper(string sql, string code, string other)
    {
        foreach (var statement in sql.Split(';'))
        {
            Run(statement.Replace("{code}", code, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal)
                .Replace("{bytes}", AuditedStore.Hex([1, 2, 3], IsPostgres), StringComparison.Ordinal)
                .Replace("{true}", IsPostgres ? "true" : "1", StringComparison.Ordinal));
        }
    }

    private void Insert(JournalRow row)
    {
        var epoch = IsPostgres ? ("epoch, ", "1, ") : (string.Empty, string.Empty);
        Run($"""
            INSERT INTO dossier_event ({epoch.Item1}code, version, occurred_at, recorded_at, actor, caller, command_id, command_digest, salt, data, personal_digest, hash)
            SELECT {epoch.Item2}code, {row.Version}, occurred_at, recorded_at, actor, caller, '{row.CommandId}', command_digest, salt, data, personal_digest, {AuditedStore.Hex(row.Hash, IsPostgres)}
            FROM dossier_event WHERE code = '{row.Code}' AND version = 4
            """);
    }
}
