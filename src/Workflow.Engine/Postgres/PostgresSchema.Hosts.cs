namespace Workflow.Engine.Postgres;

internal static partial class PostgresSchema
{
    // One row. Without a key, so that an append, which locks the table against publications, locks no index as well.
    private const string Hosts = """
        CREATE TABLE definition_revision (revision bigint NOT NULL);
        INSERT INTO definition_revision VALUES (0);
        """;
}
