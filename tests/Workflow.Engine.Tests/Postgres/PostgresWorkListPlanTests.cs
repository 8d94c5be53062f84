using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Postgres;

/// <summary>A page of a unit's or an officer's work list costs as much as the page, whatever the store and its archive hold.</summary>
[Collection(PostgresTests.Name)]
public sealed partial class PostgresWorkListPlanTests : IAsyncLifetime
{
    private const int Limit = 20;

    private PostgresServer _server = null!;
    private string _schema = null!;
    private NpgsqlConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = PostgresServer.Require();
        _schema = _server.CreateSchema();
        await using (var store = new PostgresJournalStore(_schema, new FixedTime(Appends.Start)))
        {
            await store.OpenAsync(TestContext.Current.CancellationToken);
        }

        // Enough that reading all of a unit costs more than following its index: 5 units, 20 officers, a seventh closed, a thirteenth without a due moment.
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_schema) { Pooling = false }.ConnectionString);
        await _connection.OpenAsync(TestContext.Current.CancellationToken);
        Execute("""
            INSERT INTO dossier (code, version, hash, procedure, procedure_version, unit, state, role, assignee, due, closed, data, closed_at)
            SELECT 'D-' || n, 1, '', 'p', '1', 'u' || n % 5, 's' || n % 3, 'r' || n % 2, 'a' || n % 20, CASE WHEN n % 13 > 0 THEN timestamptz '2020-11-06' + n % 5003 * interval '1 minute' END,
                n % 7 = 0, '', CASE WHEN n % 7 = 0 THEN timestamptz '2020-11-06' END
            FROM generate_series(1, 60000) n;
            INSERT INTO archived_dossier (code, version, hash, procedure, procedure_version, unit, state, role, assignee, due, closed, data, closed_at)
            SELECT 'A-' || code, version, hash, procedure, procedure_version, unit, state, role, assignee, due, true, data, timestamptz '2020-11-06' FROM dossier;
            INSERT INTO dossier_event (epoch, transaction_id, code, version, occurred_at, recorded_at, actor, caller, command_id, command_digest, salt, data, personal_digest, hash)
            SELECT 1, (n / 100)::text::xid8, 'D-' || n, 1, now(), now(), 'a', 'c', n, '', '', '', '', '' FROM generate_series(1, 20000) n;
            INSERT INTO archived_event SELECT * FROM dossier_event;
            ANALYZE dossier; ANALYZE archived_dossier; ANALYZE dossier_event; ANALYZE archived_event;
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _server.DropSchema(_schema);
        }
    }

    [Theory]
    [InlineData("force_custom_plan")]
    [InlineData("force_generic_plan")]
    public void PageOfAUnitOrAnOfficer_FollowsItsIndexFromTheKeyOn(string mode)
    {
        Execute($"SET plan_cache_mode = {mode}");
        foreach (var openOnly in new[] { true, false })
        {
            foreach (var after in new[] { null, new WorkListKey(new DateTimeOffset(2020, 11, 9, 5, 0, 0, TimeSpan.Zero), "D-1"), new WorkListKey(null, "D-1") })
            {
                foreach (var ofUnit in new[] { true, false })
                {
                    var plan = Plan(new WorkListQuery { Unit = ofUnit ? "u1" : null, Assignee = ofUnit ? null : "a1", OpenOnly = openOnly, After = after, Limit = Limit });

                    Assert.False(Unbounded().IsMatch(plan), plan);
                    Assert.All(Scanned().Matches(plan), scan => Assert.InRange(double.Parse(scan.Groups["rows"].Value, CultureInfo.InvariantCulture), 0, Limit));
                    var scans = plan.Split(ofUnit ? "_by_unit" : "_by_assignee").Length - 1;
                    Assert.Equal((openOnly ? 1 : 3) * (after?.Due is null ? 1 : 2), scans);
                }
            }
        }
    }

    [Fact]
    public void EarliestClosedDossiers_AreFoundByTheirIndex()
    {
        using var command = new NpgsqlCommand(
            "EXPLAIN (ANALYZE, TIMING OFF) SELECT code FROM dossier WHERE closed_at < now() AND wake_at IS NULL ORDER BY closed_at, code LIMIT 100 FOR UPDATE SKIP LOCKED", _connection);

        Assert.Contains("Index Scan using dossier_by_closing", Lines(command), StringComparison.Ordinal);
    }

    [Fact]
    public void JournalWithAnArchive_IsMergedOverItsTwoIndexes()
    {
        using var command = new NpgsqlCommand($"EXPLAIN {PostgresReads.Journal}", _connection);
        command.Add(0).Add("0").Add(0L).Add(1).Add(500);
        var plan = Lines(command);

        Assert.True(plan.Contains(" dossier_event_in_commit_order", StringComparison.Ordinal) && plan.Contains("archived_event_in_commit_order", StringComparison.Ordinal), plan);
    }

    private string Plan(WorkListQuery query)
    {
        using var command = PostgresLists.WorkList(query, _connection);
        command.CommandText = $"EXPLAIN (ANALYZE, TIMING OFF) {command.CommandText}";
        return Lines(command);
    }

    private static string Lines(NpgsqlCommand command)
    {
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    [GeneratedRegex("Seq Scan|Bitmap|Rows Removed", RegexOptions.None, 1000)]
    private static partial Regex Unbounded();

    [GeneratedRegex("Index Scan.*actual rows=(?<rows>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scanned();
}
