namespace Workflow.Engine.Postgres;

internal static partial class PostgresSchema
{
    private const string Outbox = """

        CREATE TABLE subscriber (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text COLLATE "C" NOT NULL UNIQUE,
            url text,
            allows_http boolean NOT NULL,
            secrets text,
            format text NOT NULL,
            filter text NOT NULL,
            added_at timestamptz NOT NULL,
            paused text,
            rests_until timestamptz,
            failures integer NOT NULL DEFAULT 0,
            last_error text
        ) WITH (fillfactor = 60);
        CREATE TABLE delivery (
            subscriber bigint NOT NULL REFERENCES subscriber (id),
            code text COLLATE "C" NOT NULL,
            version integer NOT NULL,
            attempts integer NOT NULL,
            next_attempt_at timestamptz NOT NULL,
            parked boolean NOT NULL,
            last_error text NOT NULL,
            PRIMARY KEY (subscriber, code)
        ) WITH (fillfactor = 60);
        """;
}
