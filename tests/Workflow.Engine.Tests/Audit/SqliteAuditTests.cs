using FsCheck;
using FsCheck.Fluent;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Sqlite;

namespace Workflow.Engine.Tests.Audit;

public sealed class SqliteAuditTests : AuditContract, IDisposable
{
    private static readonly string[] s_columns =
    [
        "dossier_event.code", "dossier_event.occurred_at", "dossier_event.actor", "dossier_event.caller", "dossier_event.command_id", "dossier_event.command_digest",
        "dossier_event.data", "dossier_event.personal", "dossier_event.personal_digest", "dossier_event.hash",
        "dossier.code", "dossier.hash", "dossier.procedure", "dossier.procedure_version", "dossier.unit", "dossier.state", "dossier.assignee", "dossier.data", "dossier.personal",
        "submission.caller", "submission.command_id", "submission.code",
    ];

    private static readonly Lazy<Task<byte[]>> s_filled = new(FillAsync);

    private readonly DataFolder _folder = new();

    protected override bool IsPostgres => false;

    protected override async Task<IJournalStore> OpenAsync()
    {
        await RestoreAsync();
        return await _folder.OpenAsync();
    }

    protected override void Run(string sql) => _folder.Run(sql);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Byte_ChangedAnywhere_IsFound()
    {
        var change = from column in Gen.Elements(s_columns)
                     from row in Gen.Choose(0, 1_000)
                     from place in Gen.Choose(0, 10_000)
                     from flip in Gen.Choose(1, 255)
                     select (Column: column, Row: row, Place: place, Flip: (byte)flip);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(60)),
            Prop.ForAll(Arb.From(change), c => FindsAsync(c.Column, c.Row, c.Place, c.Flip).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Text_ThatIsNone_IsToldAndEndsNothing()
    {
        await using var store = await OpenAsync();
        var target = await AuditedStore.TargetAsync(store);
        Run($"UPDATE dossier_event SET actor = CAST(X'FF' AS TEXT) WHERE code = '{target}' AND version = 2");
        Run($"UPDATE dossier_event SET actor = actor || char(0) || 'x' WHERE code = '{target}' AND version = 3");
        Run($"UPDATE dossier SET due = 'soon' WHERE code = '{target}'");

        var report = await AuditedStore.VerifyAsync(store);

        Assert.Equal([target], report.Broken.Select(f => f.Code).Distinct());
        Assert.Equal(AuditedStore.Dossiers * AuditedStore.Versions, report.Events);
    }

    [Fact]
    public async Task Audit_ChangesNothing()
    {
        await using (await OpenAsync())
        {
        }

        var before = _folder.Content()["workflow.db"];
        await using (var store = await _folder.OpenAsync())
        {
            await AuditedStore.VerifyAsync(store);
        }

        Assert.Equal(before, _folder.Content()["workflow.db"]);
    }

    private static async Task<byte[]> FillAsync()
    {
        using var folder = new DataFolder();
        await using (var store = await folder.OpenAsync())
        {
            await AuditedStore.FillAsync(store);
        }

        return await File.ReadAllBytesAsync(folder.Database);
    }

    private async Task RestoreAsync()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllBytesAsync(_folder.Database, await s_filled.Value);
    }

    private async Task<bool> FindsAsync(string column, int row, int place, byte flip)
    {
        var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
        await RestoreAsync();
        var where = $"FROM {table} WHERE {name} IS NOT NULL ORDER BY code LIMIT 1 OFFSET {row % 60}";
        var bytes = (byte[])_folder.Run($"SELECT CAST({name} AS BLOB) {where}")!;
        var key = table == "dossier_event" ? "position" : table == "dossier" ? "rowid" : "caller || command_id";
        var chosen = _folder.Run($"SELECT {key} {where}");
        var isText = (string)_folder.Run($"SELECT typeof({name}) {where}")! == "text";
        bytes[place % bytes.Length] ^= flip;
        _folder.Run($"UPDATE {table} SET {name} = CAST(X'{Convert.ToHexString(bytes)}' AS {(isText ? "TEXT" : "BLOB")}) WHERE {key} = '{chosen}'");

        await using var store = await _folder.OpenAsync();
        var report = await AuditedStore.VerifyAsync(store);
        return !report.IsIntact && report.BrokenDossiers <= 2;
    }
}
