using Npgsql;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Postgres;

/// <summary>The statements of subscribers and their deliveries.</summary>
internal static class PostgresOutbox
{
    public const string Subscribers =
        "SELECT id, name, url, allows_http, secrets, format, filter, added_at, paused, rests_until, failures, last_error FROM subscriber ORDER BY name";

    public static StoredSubscriber Subscriber(NpgsqlDataReader reader) => new(reader.GetString(1))
    {
        Id = reader.GetInt64(0),
        Url = reader.TextOrNull(2),
        AllowsHttp = reader.GetBoolean(3),
        Secrets = StoredFilter.Split(reader.TextOrNull(4)),
        Format = reader.GetString(5),
        Filter = StoredFilter.Read(reader.GetString(6)),
        AddedAt = reader.Time(7),
        Standing = new SubscriberStanding(reader.TextOrNull(8), reader.TimeOrNull(9), reader.GetInt32(10), reader.TextOrNull(11)),
    };

    public static OwedDossier Owed(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.Time(3), reader.GetBoolean(4), reader.GetString(5));

    public static NpgsqlCommand Add(StoredSubscriber subscriber, DateTimeOffset addedAt, NpgsqlConnection connection) => new NpgsqlCommand(
        """
        INSERT INTO subscriber (name, url, allows_http, secrets, format, filter, added_at) VALUES ($1, $2, $3 = 1, $4, $5, $6, $7) ON CONFLICT DO NOTHING
        """,
        connection)
        .Add(subscriber.Name).Add(subscriber.Url).Add(subscriber.AllowsHttp ? 1 : 0).Add(StoredFilter.Join(subscriber.Secrets))
        .Add(subscriber.Format).Add(StoredFilter.Write(subscriber.Filter)).Add(addedAt);

    public static NpgsqlCommand Change(long id, OwedChange change, NpgsqlConnection connection) => change switch
    {
        { Before: { } before, After: { } after } => Values(
            new NpgsqlCommand(
                """
                UPDATE delivery SET version = $1, attempts = $2, next_attempt_at = $3, parked = $4 = 1, last_error = $5
                WHERE subscriber = $6 AND code = $7 AND version = $8 AND attempts = $9 AND parked = ($10 = 1)
                """,
                connection),
            after).Add(id).Add(before.Code).Add(before.Version).Add(before.Attempts).Add(before.IsParked ? 1 : 0),
        { Before: { } gone } => new NpgsqlCommand(
            "DELETE FROM delivery WHERE subscriber = $1 AND code = $2 AND version = $3 AND attempts = $4 AND parked = ($5 = 1)", connection)
            .Add(id).Add(gone.Code).Add(gone.Version).Add(gone.Attempts).Add(gone.IsParked ? 1 : 0),
        { After: { } added } => Values(
            new NpgsqlCommand(
                """
                INSERT INTO delivery AS d (version, attempts, next_attempt_at, parked, last_error, subscriber, code) VALUES ($1, $2, $3, $4 = 1, $5, $6, $7)
                ON CONFLICT (subscriber, code) DO UPDATE SET version = excluded.version, attempts = excluded.attempts,
                    next_attempt_at = excluded.next_attempt_at, parked = excluded.parked, last_error = excluded.last_error
                WHERE excluded.version < d.version
                """,
                connection),
            added).Add(id).Add(added.Code),
        _ => throw new ArgumentException("A change has a row before it or after it.", nameof(change)),
    };

    private static NpgsqlCommand Values(NpgsqlCommand command, OwedDossier owed) =>
        command.Add(owed.Version).Add(owed.Attempts).Add(owed.NextAttemptAt).Add(owed.IsParked ? 1 : 0).Add(owed.LastError);
}
