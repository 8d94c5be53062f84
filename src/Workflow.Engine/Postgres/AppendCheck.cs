using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>What the database says about a batch, with its dossiers locked: which appends it refuses, and why.</summary>
internal sealed class AppendCheck
{
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _archived = new(StringComparer.Ordinal);
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Caller, string CommandId), string> _submissions = [];
    private readonly Dictionary<(string Code, string Caller, string CommandId), int> _commands = [];

    private readonly long _revision;

    private AppendCheck(long revision) => _revision = revision;

    /// <summary>Whether nothing in the batch itself speaks against writing all of it: versions follow each other, no key stands twice, and all was decided under one revision.</summary>
    public static bool MayAllFollow(IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places)
    {
        if (places.Count == 1)
        {
            return true;
        }

        var versions = new Dictionary<string, int>(places.Count, StringComparer.Ordinal);
        var submissions = new HashSet<(string, string)>();
        var commands = new HashSet<(string, string, string)>();
        foreach (var place in places)
        {
            var append = batch[place];
            if (append.Revision != batch[places[0]].Revision
                || (versions.TryGetValue(append.Code, out var before) && append.Version != before + 1)
                || (append.Version == 1 && !submissions.Add((append.Caller, append.CommandId)))
                || !commands.Add((append.Code, append.Caller, append.CommandId)))
            {
                return false;
            }

            versions[append.Code] = append.Version;
        }

        return true;
    }

    /// <summary>Keeps publications away, locks the dossiers of the batch, in the order of their codes, and reads what it may collide with.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="batch">The appends.</param>
    /// <param name="places">Which of them.</param>
    /// <param name="waits">Whether it waits for dossiers that others have locked; otherwise their appends are refused as held.</param>
    public static async ValueTask<AppendCheck> ReadAsync(NpgsqlConnection connection, IReadOnlyList<JournalAppend> batch, IReadOnlyList<int> places, bool waits)
    {
        var check = new AppendCheck(await DefinitionFence.EnterAsync(connection).ConfigureAwait(false));
        var appends = places.Select(p => batch[p]).ToArray();
        await LockAsync("dossier", check._versions.Add).ConfigureAwait(false);

        // After the wait for those that were on their way into the archive.
        await LockAsync("archived_dossier", (code, version) =>
        {
            check._versions.Add(code, version);
            check._archived.Add(code);
        }).ConfigureAwait(false);

        // A statement of its own, so that it sees what was committed while this one waited for the locks.
        using (var finding = new NpgsqlCommand(
            """
            SELECT e.code, e.caller, e.command_id, e.version FROM unnest($1::text[], $2::text[], $3::text[]) AS a (code, caller, command_id)
            JOIN dossier_event e USING (code, caller, command_id)
            UNION ALL
            SELECT e.code, e.caller, e.command_id, e.version FROM unnest($1::text[], $2::text[], $3::text[]) AS a (code, caller, command_id)
            JOIN archived_event e USING (code, caller, command_id)
            """,
            connection))
        {
            Add(finding, [.. appends.Select(a => a.Code)]);
            Add(finding, [.. appends.Select(a => a.Caller)]);
            Add(finding, [.. appends.Select(a => a.CommandId)]);
            var reader = await finding.ExecuteReaderAsync().ConfigureAwait(false);
            await using var _ = reader.ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                check._commands[(reader.GetString(0), reader.GetString(1), reader.GetString(2))] = reader.GetInt32(3);
            }
        }

        await check.ReadSubmissionsAsync(connection, [.. appends.Where(a => a.Version == 1)]).ConfigureAwait(false);
        return check;

        async ValueTask LockAsync(string table, Action<string, int> found)
        {
            using var locking = new NpgsqlCommand(waits ? Locking(table) : LockingWhatIsFree(table), connection);
            Add(locking, [.. appends.Select(a => a.Code).Distinct(StringComparer.Ordinal)]);
            var reader = await locking.ExecuteReaderAsync().ConfigureAwait(false);
            await using var _ = reader.ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                if (reader.GetBoolean(2))
                {
                    found(reader.GetString(0), reader.GetInt32(1));
                }
                else
                {
                    check._held.Add(reader.GetString(0));
                }
            }
        }
    }

    /// <summary>Whether a dossier of the batch is in the archive.</summary>
    public bool IsArchived(string code) => _archived.Contains(code);

    /// <summary>Dossiers of the batch have left the archive.</summary>
    public void BroughtBack(IEnumerable<string> codes) => _archived.ExceptWith(codes);

    /// <summary>Says why an append is refused; null when it is accepted, and then those after it in the batch are judged with it written.</summary>
    public AppendResult? Refuse(JournalAppend append)
    {
        var submission = (append.Caller, append.CommandId);
        if (append.Version == 1 && _submissions.TryGetValue(submission, out var code))
        {
            return AppendResult.RepeatedSubmission(code);
        }

        if (_commands.TryGetValue((append.Code, append.Caller, append.CommandId), out var earlier))
        {
            return AppendResult.Repeat(earlier);
        }

        if (append.Revision != _revision)
        {
            return AppendResult.Outdated();
        }

        // What was committed before is told all the same.
        if (_held.Contains(append.Code))
        {
            return AppendResult.Held();
        }

        if (_versions.GetValueOrDefault(append.Code) != append.Version - 1)
        {
            return AppendResult.Conflict();
        }

        _versions[append.Code] = append.Version;
        _commands.Add((append.Code, append.Caller, append.CommandId), append.Version);
        if (append.Version == 1)
        {
            _submissions.Add(submission, append.Code);
        }

        return null;
    }

    /// <summary>An append that was accepted last is not written after all.</summary>
    public void TakeBack(JournalAppend append)
    {
        _versions[append.Code] = append.Version - 1;
        _commands.Remove((append.Code, append.Caller, append.CommandId));
        if (append.Version == 1)
        {
            _submissions.Remove((append.Caller, append.CommandId));
        }
    }

    private static string Locking(string table) => $"SELECT code, version, true FROM {table} WHERE code = ANY ($1) ORDER BY code FOR UPDATE";

    // What is there and was not locked, others hold. A dossier that has just been moved counts as held too: it is offered again.
    private static string LockingWhatIsFree(string table) => $"""
        WITH free AS MATERIALIZED (SELECT code, version FROM {table} WHERE code = ANY ($1) ORDER BY code FOR UPDATE SKIP LOCKED)
        SELECT code, version, true FROM free
        UNION ALL
        SELECT code, 0, false FROM {table} WHERE code = ANY ($1) AND code NOT IN (SELECT code FROM free)
        """;

    private async ValueTask ReadSubmissionsAsync(NpgsqlConnection connection, IReadOnlyList<JournalAppend> submitting)
    {
        if (submitting.Count == 0)
        {
            return;
        }

        using var command = new NpgsqlCommand(
            """
            SELECT s.caller, s.command_id, s.code FROM unnest($1::text[], $2::text[]) AS a (caller, command_id)
            JOIN submission s USING (caller, command_id)
            """,
            connection);
        Add(command, [.. submitting.Select(a => a.Caller)]);
        Add(command, [.. submitting.Select(a => a.CommandId)]);
        var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            _submissions[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
        }
    }

    private static void Add(NpgsqlCommand command, string[] texts) =>
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
}
