using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Sqlite;

internal sealed partial class SqliteReader
{
    public JournalCursor End() =>
        JournalCursor.At(First<long?>(Prepared("SELECT max((SELECT ifnull(max(position), 0) FROM dossier_event), (SELECT ifnull(max(position), 0) FROM archived_event))"), row => row.Number(0)) ?? 0);

    public long CountBehind(long position, long atMost) => First<long?>(
        Prepared($"SELECT count(*) FROM ({Both("SELECT 1 FROM dossier_event WHERE position > ?1")} LIMIT ?2)").Add(position).Add(atMost), row => row.Number(0)) ?? 0;

    public List<StoredSubscriber> Subscribers() => All(
        Prepared("SELECT id, name, url, allows_http, secrets, format, filter, added_at, paused, rests_until, failures, last_error FROM subscriber ORDER BY name"),
        row => new StoredSubscriber(row.Text(1))
        {
            Id = row.Number(0),
            Url = row.TextOrNull(2),
            AllowsHttp = row.Number(3) != 0,
            Secrets = StoredFilter.Split(row.TextOrNull(4)),
            Format = row.Text(5),
            Filter = StoredFilter.Read(row.Text(6)),
            AddedAt = row.Time(7),
            Standing = new SubscriberStanding(row.TextOrNull(8), row.TimeOrNull(9), (int)row.Number(10), row.TextOrNull(11)),
        });

    public List<OwedDossier> Owed(string subscriber, string? afterCode, int limit) => All(
        Prepared("""
            SELECT code, version, attempts, next_attempt_at, parked, last_error FROM delivery
            WHERE subscriber = (SELECT id FROM subscriber WHERE name = ?) AND code > ? ORDER BY code LIMIT ?
            """).Add(subscriber).Add(afterCode ?? "").Add(limit),
        row => new OwedDossier(row.Text(0), (int)row.Number(1), (int)row.Number(2), row.Time(3), row.Number(4) != 0, row.Text(5)));
}
