namespace Workflow.Engine.Sqlite;

internal static partial class SqliteSchema
{
    // AUTOINCREMENT: the id of a subscriber that was removed is never given again, so that what a host still writes for it meets nobody else.
    private const string Outbox = """

        CREATE TABLE subscriber (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            url TEXT,
            allows_http INTEGER NOT NULL,
            secrets TEXT,
            format TEXT NOT NULL,
            filter TEXT NOT NULL,
            added_at TEXT NOT NULL,
            paused TEXT,
            rests_until TEXT,
            failures INTEGER NOT NULL DEFAULT 0,
            last_error TEXT
        ) STRICT;
        CREATE TABLE delivery (
            subscriber INTEGER NOT NULL REFERENCES subscriber (id),
            code TEXT NOT NULL,
            version INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt_at TEXT NOT NULL,
            parked INTEGER NOT NULL,
            last_error TEXT NOT NULL,
            PRIMARY KEY (subscriber, code)
        ) STRICT, WITHOUT ROWID;
        """;
}
