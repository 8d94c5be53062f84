namespace Workflow.Engine.Sqlite;

/// <summary>The tables of the embedded store, as migrations that are only ever added to.</summary>
internal static partial class SqliteSchema
{
    /// <summary>Marks a file as a journal of this software: "WFLW" in the header's application id.</summary>
    public const int ApplicationId = 0x57464C57;

    /// <summary>Migration n leads from user_version n to n + 1; a released one is never changed.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [Version1, string.Concat(Version2)];

    private static IEnumerable<string> Version2 =>
    [
        Outbox,
        Archive,
    ];

    // dossier_event and dossier keep their rowid: appends then fill the journal's last page instead of a page per dossier,
    // followers read in file order, and a snapshot is rewritten in place without moving a key. dossier_event's key is
    // (code, version); position is its rowid. due_order sorts dossiers without a due moment behind all others, in an index.
    private const string Version1 = """
        CREATE TABLE dossier (
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
            due_order TEXT NOT NULL GENERATED ALWAYS AS (ifnull(due, '~')) VIRTUAL
        ) STRICT;
        CREATE INDEX dossier_by_unit ON dossier (unit, closed, due_order, code, state, role, assignee);
        CREATE INDEX dossier_by_assignee ON dossier (assignee, closed, due_order, code) WHERE assignee IS NOT NULL;
        CREATE INDEX dossier_by_wake_up ON dossier (wake_at, code) WHERE wake_at IS NOT NULL;

        CREATE TABLE dossier_event (
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

        CREATE TABLE submission (
            caller TEXT NOT NULL,
            command_id TEXT NOT NULL,
            code TEXT NOT NULL,
            PRIMARY KEY (caller, command_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE procedure (
            code TEXT NOT NULL,
            version TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            known_from TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (code, version)
        ) STRICT;
        CREATE TABLE calendar (
            code TEXT NOT NULL,
            version TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            known_from TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (code, version)
        ) STRICT;
        CREATE TABLE unit_tree (
            code TEXT NOT NULL,
            version TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            known_from TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (code, version)
        ) STRICT;

        CREATE TABLE code_counter (
            unit TEXT NOT NULL,
            day TEXT NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (unit, day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE follower (
            name TEXT NOT NULL PRIMARY KEY,
            position INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;
}
