using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;

namespace Workflow.Engine.Tests.Sqlite;

/// <summary>A page of a unit's or an officer's work list costs as much as the page, whatever the store holds.</summary>
public sealed class SqliteWorkListPlanTests : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private SqliteConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        await _folder.FillAsync();
        _connection = SqliteDatabase.OpenForWriting(_folder.Database, new SqliteTuning());
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void PageOfAUnitOrAnOfficer_FollowsItsIndexFromTheKeyOnWithoutSorting()
    {
        for (var filters = 0; filters < 64; filters++)
        {
            if ((filters & 3) == 0)
                continue;
            var plan = Plan(new WorkListQuery
            {
                Unit = (filters & 1) != 0 ? "u" : null,
                Assignee = (filters & 2) != 0 ? "a" : null,
                State = (filters & 4) != 0 ? "s" : null,
                Role = (filters & 8) != 0 ? "r" : null,
                DueBefore = (filters & 16) != 0 ? DateTimeOffset.UnixEpoch : null,
                After = (filters & 32) != 0 ? new WorkListKey(DateTimeOffset.UnixEpoch, "c") : null,
            });

            var step = Assert.Single(plan);
            Assert.StartsWith(
                (filters & 2) != 0 ? "SEARCH dossier USING INDEX dossier_by_assignee (assignee=? AND closed=?"
                    : "SEARCH dossier USING INDEX dossier_by_unit (unit=? AND closed=?",
                step,
                StringComparison.Ordinal);
            Assert.Equal((filters & 48) != 0, step.Contains("due_order", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void PageOfOpenAndClosedDossiers_TakesAPageOfEach()
    {
        var plan = Plan(new WorkListQuery { Unit = "u", OpenOnly = false });

        Assert.Equal(2, plan.Count(step => step.StartsWith("SEARCH dossier USING INDEX dossier_by_unit (unit=? AND closed=?", StringComparison.Ordinal)));
        Assert.Single(plan, step => step.StartsWith("SEARCH archived_dossier USING INDEX archived_dossier_by_unit (unit=?", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN archived_dossier", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN dossier", StringComparison.Ordinal));
    }

    private List<string> Plan(WorkListQuery query)
    {
        using var explain = new SqliteStatement(_connection, $"EXPLAIN QUERY PLAN {SqliteWorkList.Sql(query)}");
        var steps = new List<string>();
        while (explain.Step())
            steps.Add(explain.Text(3));
        return steps;
    }
}
