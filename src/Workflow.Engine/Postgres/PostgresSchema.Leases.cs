namespace Workflow.Engine.Postgres;

/// <content>Leases and claims.</content>
internal static partial class PostgresSchema
{
    // Claims are worth nothing after a crash of the server, so they need not be in its log.
    private const string Leases = """

        CREATE TABLE lease (
            name text COLLATE "C" NOT NULL PRIMARY KEY,
            holder text COLLATE "C" NOT NULL,
            until timestamptz NOT NULL
        ) WITH (fillfactor = 60);

        CREATE UNLOGGED TABLE timer_claim (
            code text COLLATE "C" NOT NULL,
            wake_at timestamptz NOT NULL,
            holder text COLLATE "C" NOT NULL,
            until timestamptz NOT NULL,
            PRIMARY KEY (code, wake_at)
        );
        CREATE INDEX timer_claim_by_end ON timer_claim (until);

        """;
}
