using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    // Each takes a connection of the pool while it waits for other hosts.
    private const int MostHolds = 4;

    private readonly SemaphoreSlim _holds = new(MostHolds, MostHolds);

    /// <inheritdoc/>
    public async ValueTask<long> ConfirmAsync(IReadOnlyList<Confirmation> wanted, Confirmed[] results, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentOutOfRangeException.ThrowIfLessThan(results.Length, wanted.Count, nameof(results));

        // What cannot be stored is not there, and would fail the others' question.
        var asked = Enumerable.Range(0, wanted.Count).Where(i => Storable.IsKey(wanted[i].Code)).ToArray();
        Array.Clear(results, 0, wanted.Count);
        if (asked.Length == 0)
        {
            return (await AllAsync(c => new NpgsqlCommand("SELECT revision FROM definition_revision", c), r => r.GetInt64(0), ct).ConfigureAwait(false))[0];
        }

        // The revision by a query of its own in the statement: joined, its table, which nobody ever analyses, would count as thousands of rows,
        // and the server would compile the statement each time.
        var rows = await AllAsync(
            c =>
            {
                var command = new NpgsqlCommand(
                    """
                    SELECT (SELECT revision FROM definition_revision), w.place::int,
                        coalesce((SELECT d.version FROM dossier d WHERE d.code = w.code), (SELECT d.version FROM archived_dossier d WHERE d.code = w.code), 0),
                        coalesce(
                            (SELECT e.version FROM dossier_event e WHERE e.code = w.code AND e.caller = w.caller AND e.command_id = w.command_id),
                            (SELECT e.version FROM archived_event e WHERE e.code = w.code AND e.caller = w.caller AND e.command_id = w.command_id),
                            0)
                    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w (code, caller, command_id, place)
                    """,
                    c);
                AddTexts(command, asked, i => wanted[i].Code);
                AddTexts(command, asked, i => KeyOrNull(wanted[i].Caller));
                AddTexts(command, asked, i => KeyOrNull(wanted[i].CommandId));
                return command;
            },
            r => (Revision: r.GetInt64(0), Place: r.GetInt32(1), Found: new Confirmed(r.GetInt32(2), r.GetInt32(3))),
            ct).ConfigureAwait(false);
        foreach (var (_, place, found) in rows)
        {
            results[asked[place - 1]] = found;
        }

        return rows[0].Revision;

        static string? KeyOrNull(string? text) => text is not null && Storable.IsKey(text) ? text : null;
    }

    /// <inheritdoc/>
    public async ValueTask<IDossierHold?> HoldAsync(string code, CancellationToken ct)
    {
        var appends = Appends;
        if (!Storable.IsKey(code))
        {
            return null;
        }

        await _holds.WaitAsync(ct).ConfigureAwait(false);
        PostgresHold? hold = null;
        try
        {
            return hold = await PostgresHold.TakeAsync(_connections, appends, code, () => _holds.Release(), ct).ConfigureAwait(false);
        }
        finally
        {
            if (hold is null)
            {
                _holds.Release();
            }
        }
    }

    private static void AddTexts(NpgsqlCommand command, int[] places, Func<int, string?> text) =>
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = Array.ConvertAll(places, p => text(p)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
}
