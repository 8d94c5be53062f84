using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Sqlite;

/// <summary>What is written of subscribers and their deliveries. Inside the writer's transaction; rare beside appends, so prepared as needed.</summary>
internal sealed class OutboxStatements(SqliteConnection connection)
{
    public bool Add(StoredSubscriber subscriber, long from, string addedAt)
    {
        var added = Execute(
            "INSERT INTO subscriber (name, url, allows_http, secrets, format, filter, added_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            s => s.Add(subscriber.Name).Add(subscriber.Url).Add(subscriber.AllowsHttp ? 1 : 0).Add(StoredFilter.Join(subscriber.Secrets))
                .Add(subscriber.Format).Add(StoredFilter.Write(subscriber.Filter)).Add(addedAt)) == 1;
        if (added)
            SaveCursor(subscriber.Name, from);
        return added;
    }

    public bool Remove(string name)
    {
        Execute("DELETE FROM delivery WHERE subscriber = (SELECT id FROM subscriber WHERE name = ?)", s => s.Add(name));
        if (Execute("DELETE FROM subscriber WHERE name = ?", s => s.Add(name)) == 0)
            return false;
        Execute("DELETE FROM follower WHERE name = ?", s => s.Add(IOutboxStore.CursorOf(name)));
        return true;
    }

    public bool SaveSecrets(string name, IReadOnlyList<string> secrets) =>
        Execute("UPDATE subscriber SET secrets = ? WHERE name = ?", s => s.Add(StoredFilter.Join(secrets)).Add(name)) == 1;

    public bool SaveStanding(long id, SubscriberStanding standing) => Execute(
        "UPDATE subscriber SET paused = ?, rests_until = ?, failures = ?, last_error = ? WHERE id = ?",
        s => s.Add(standing.Paused).Add(standing.RestsUntil).Add(standing.Failures).Add(standing.LastError).Add(id)) == 1;

    public bool SaveRound(long id, IReadOnlyList<OwedChange> changes, long? cursor)
    {
        if (NameOf(id) is not { } name)
            return false;
        foreach (var change in changes)
            Save(id, change);
        if (cursor is { } position)
            SaveCursor(name, position);
        return true;
    }

    public int Retry(string subscriber, string? code, bool skip) => Execute(
        """
        UPDATE delivery SET version = version + ?1, attempts = 0, next_attempt_at = ?2, parked = 0
        WHERE subscriber = (SELECT id FROM subscriber WHERE name = ?3) AND (?4 IS NULL OR code = ?4)
        """,
        s => s.Add(skip ? 1 : 0).Add(OwedDossier.AtOnce).Add(subscriber).Add(code));

    private void Save(long id, OwedChange change)
    {
        switch (change)
        {
            case { Before: { } before, After: { } after }:
                Execute(
                    """
                    UPDATE delivery SET version = ?, attempts = ?, next_attempt_at = ?, parked = ?, last_error = ?
                    WHERE subscriber = ? AND code = ? AND version = ? AND attempts = ? AND parked = ?
                    """,
                    s => Values(s, after).Add(id).Add(before.Code).Add(before.Version).Add(before.Attempts).Add(before.IsParked ? 1 : 0));
                break;
            case { Before: { } gone }:
                Execute(
                    "DELETE FROM delivery WHERE subscriber = ? AND code = ? AND version = ? AND attempts = ? AND parked = ?",
                    s => s.Add(id).Add(gone.Code).Add(gone.Version).Add(gone.Attempts).Add(gone.IsParked ? 1 : 0));
                break;
            case { After: { } added }:
                Execute(
                    """
                    INSERT INTO delivery (version, attempts, next_attempt_at, parked, last_error, subscriber, code) VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (subscriber, code) DO UPDATE SET version = excluded.version, attempts = excluded.attempts,
                        next_attempt_at = excluded.next_attempt_at, parked = excluded.parked, last_error = excluded.last_error
                    WHERE excluded.version < delivery.version
                    """,
                    s => Values(s, added).Add(id).Add(added.Code));
                break;
        }
    }

    private static SqliteStatement Values(SqliteStatement statement, OwedDossier owed) =>
        statement.Add(owed.Version).Add(owed.Attempts).Add(owed.NextAttemptAt).Add(owed.IsParked ? 1 : 0).Add(owed.LastError);

    private string? NameOf(long id)
    {
        using var find = new SqliteStatement(connection, "SELECT name FROM subscriber WHERE id = ?");
        return find.Add(id).Step() ? find.Text(0) : null;
    }

    private void SaveCursor(string name, long position) => Execute(
        "INSERT INTO follower (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position",
        s => s.Add(IOutboxStore.CursorOf(name)).Add(position));

    private int Execute(string sql, Func<SqliteStatement, SqliteStatement> bind)
    {
        using var statement = new SqliteStatement(connection, sql);
        return bind(statement).Execute();
    }
}
