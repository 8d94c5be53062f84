namespace Workflow.Engine.Postgres;

internal static partial class PostgresSchema
{
    // The archive's tables bear the keys of those they are filled from. The unique code of a submission guards a code for life,
    // wherever its dossier stands: no look into the archive could tell of a dossier that moves there at the same moment.
    private const string Archive = """

        ALTER TABLE dossier ADD COLUMN closed_at timestamptz;
        CREATE INDEX dossier_by_closing ON dossier (closed_at, code) WHERE closed_at IS NOT NULL;
        CREATE UNIQUE INDEX submission_by_code ON submission (code);

        CREATE TABLE archived_dossier (LIKE dossier);
        ALTER TABLE archived_dossier ADD PRIMARY KEY (code);
        CREATE INDEX archived_dossier_by_unit ON archived_dossier (unit, due NULLS LAST, code);
        CREATE INDEX archived_dossier_by_assignee ON archived_dossier (assignee, due NULLS LAST, code) WHERE assignee IS NOT NULL;

        CREATE TABLE archived_event (LIKE dossier_event);
        ALTER TABLE archived_event ADD PRIMARY KEY (code, version), ADD UNIQUE (code, caller, command_id);
        CREATE INDEX archived_event_in_commit_order ON archived_event (epoch, transaction_id, position);

        """;
}
