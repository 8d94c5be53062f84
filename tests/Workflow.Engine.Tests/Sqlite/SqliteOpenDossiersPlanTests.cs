using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;

namespace Workflow.Engine.Tests.Sqlite;

/// <summary>A pass over open dossiers visits each dossier once, or those of its unit alone.</summary>
public sealed class SqliteOpenDossiersPlanTests : IAsyncLifetime
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
    public void PassOverAllUnits_FollowsTheKeyWithoutSorting()
    {
        for (var filters = 0; filters < 4; filters++)
        {
            var step = Assert.Single(Plan(new OpenDossiers
            {
                Procedure = (filters & 1) != 0 ? "p" : null,
                ProcedureVersion = (filters & 2) != 0 ? "1" : null,
            }));

            Assert.Equal("SEARCH dossier USING INDEX sqlite_autoindex_dossier_1 (code>?)", step);
        }
    }

    [Fact]
    public void PassOverAUnit_TouchesTheOpenDossiersOfTheUnitAlone()
    {
        var plan = Plan(new OpenDossiers { Unit = "u" });

        Assert.Equal("SEARCH dossier USING COVERING INDEX dossier_by_unit (unit=? AND closed=?)", plan[0]);
    }

    private List<string> Plan(OpenDossiers which)
    {
        using var explain = new SqliteStatement(_connection, $"EXPLAIN QUERY PLAN {SqliteOpenDossiers.Sql(which)}");
        var steps = new List<string>();
        while (explain.Step())
            steps.Add(explain.Text(3));
        return steps;
    }
}
