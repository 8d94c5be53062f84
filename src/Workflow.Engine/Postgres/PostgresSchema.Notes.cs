namespace Workflow.Engine.Postgres;

internal static partial class PostgresSchema
{
    // What a host leaves beside the journal: the embedded store has files in its directory for that.
    private const string Notes = """
        CREATE TABLE note (
            name text COLLATE "C" NOT NULL PRIMARY KEY,
            content text NOT NULL
        );
        """;
}
