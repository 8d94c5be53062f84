namespace Workflow.Engine.Sqlite;

internal static partial class SqliteSchema
{
    // The archive's tables bear the keys of those they are filled from. Closed dossiers of version 1 closed with their last row.
    private const string Archive = """
        ALTER TABLE dossier ADD COLUMN closed_at TEXT;
        UPDATE dossier SET closed_at = (SELECT occurred_at FROM dossier_event e WHERE e.code = dossier.code AND e.version = dossier.version)
            WHERE closed = 1;
        CREATE INDEX dossier_by_closing ON dossier (closed_at, code) WHERE closed_at IS NOT NULL;

        CREATE TABLE archived_dossier (
            code TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            hash BLOB NOT NULL,
            procedure TEXT NOT NULL,
            procedure_version TEXT NOT NULL,
            unit TEXT NOT NULL,
            state TEXT NOT NULL,
            portal_status INTEGER,
            role TEXT,
            assignee TEXT,
            due TEXT,
            wake_at TEXT,
            closed INTEGER NOT NULL,
            data BLOB NOT NULL,
            personal BLOB,
            closed_at TEXT,
            due_order TEXT NOT NULL GENERATED ALWAYS AS (ifnull(due, '~')) VIRTUAL
        ) STRICT;
        CREATE INDEX archived_dossier_by_unit ON archived_dossier (unit, due_order, code, state, role, assignee);
        CREATE INDEX archived_dossier_by_assignee ON archived_dossier (assignee, due_order, code) WHERE assignee IS NOT NULL;

        CREATE TABLE archived_event (
            position INTEGER PRIMARY KEY,
            code TEXT NOT NULL,
            version INTEGER NOT NULL,
            occurred_at TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            actor TEXT NOT NULL,
            caller TEXT NOT NULL,
            command_id TEXT NOT NULL,
            command_digest BLOB NOT NULL,
            salt BLOB NOT NULL,
            data BLOB NOT NULL,
            personal BLOB,
            personal_digest BLOB NOT NULL,
            hash BLOB NOT NULL,
            trace_context TEXT,
            UNIQUE (code, version),
            UNIQUE (code, caller, command_id)
        ) STRICT;

        """;
}
