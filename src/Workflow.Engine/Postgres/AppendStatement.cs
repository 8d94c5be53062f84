using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Writes many appends in one round trip, or nothing at all.</summary>
/// <remarks>
/// One statement makes new dossiers, another moves those that are there; both take the rows in the order of their codes, so that the
/// batches of two hosts wait for each other rather than deadlock. A key that is taken ends the transaction. A version that is not the
/// expected one leaves its dossier untouched: then the counts differ, and a division by zero takes everything back, as it does when
/// definitions were published since.
/// </remarks>
internal static class AppendStatement
{
    // Before the columns stand the time of writing and the revision.
    private const int Common = 2;

    private const string IsRevision = "(SELECT revision FROM definition_revision) = $2";

    private static readonly IReadOnlyList<AppendColumn> s_columns = AppendColumn.All;
    private static readonly string s_names = List(c => c.Name);
    private static readonly string s_arrays = List((c, place) => $"{place}::{c.Type}[]");
    private static readonly string s_rowColumns = List(c => c.Row);
    private static readonly string s_rowValues = List(c => c.Row is null ? null : c.Name);

    private static readonly string s_make = $"""
        WITH {DefinitionFence.Part}, a AS MATERIALIZED (
            SELECT * FROM unnest({s_arrays}) AS a ({s_names}) WHERE 1 / (CASE WHEN {IsRevision} THEN 1 ELSE 0 END) = 1
        ), submitted AS (
            INSERT INTO submission (caller, command_id, code) SELECT caller, command_id, code FROM a ORDER BY caller, command_id
        ), made AS (
            INSERT INTO dossier ({List(c => c.Dossier)}) SELECT {List(c => c.Dossier is null ? null : c.Name)} FROM a
        )
        INSERT INTO dossier_event (epoch, recorded_at, {s_rowColumns}) SELECT {JournalEpoch.Now}, $1, {s_rowValues} FROM a RETURNING code, position
        """;

    private static readonly string s_move = $"""
        WITH {DefinitionFence.Part}, moved AS (
            UPDATE dossier d SET {List(c => c.Dossier is null or "code" ? null : $"{c.Dossier} = a.{c.Name}")}
            FROM unnest({s_arrays}) AS a ({s_names})
            WHERE d.code = a.code AND d.version = a.version - 1 RETURNING {List(c => c.Row is null ? null : $"a.{c.Name}")}
        ), recorded AS (
            INSERT INTO dossier_event (epoch, recorded_at, {s_rowColumns}) SELECT {JournalEpoch.Now}, $1, {s_rowValues} FROM moved RETURNING code, position
        )
        SELECT code, position, 1 / whole FROM (
            SELECT CASE WHEN (SELECT count(*) FROM recorded) = cardinality($3::text[]) AND {IsRevision} THEN 1 ELSE 0 END AS whole
        ) fence LEFT JOIN recorded ON true
        """;

    // A lone caller's command: without arrays it costs the server a third less.
    private static readonly string s_moveOne = $"""
        WITH {DefinitionFence.Part}, moved AS (
            UPDATE dossier SET {List((c, place) => c.Dossier is null or "code" ? null : $"{c.Dossier} = {place}")}
            WHERE code = $3 AND version = $4 - 1 AND {IsRevision} RETURNING 1
        )
        INSERT INTO dossier_event (epoch, recorded_at, {s_rowColumns})
        SELECT {JournalEpoch.Now}, $1, {List((c, place) => c.Row is null ? null : $"{place}::{c.Type}")} FROM moved RETURNING code, position
        """;

    /// <summary>Writes the appends.</summary>
    /// <param name="connection">In a transaction or not.</param>
    /// <param name="appends">In the order of the batch; of each dossier consecutive versions, ascending; all decided under one revision. Not empty.</param>
    /// <param name="recordedAt">The time of writing.</param>
    /// <returns>The position of each, or null when a key is taken, a version is not the expected one or the revision is another; then nothing is written.</returns>
    public static async ValueTask<long[]?> ExecuteAsync(NpgsqlConnection connection, JournalAppend[] appends, DateTimeOffset recordedAt)
    {
        var parts = AppendPart.Of(appends);
        using var batch = new NpgsqlBatch(connection);
        foreach (var part in parts)
        {
            batch.BatchCommands.Add(CommandOf(part, parts.Count == 1, recordedAt.UtcDateTime, appends[0].Revision));
        }

        var positions = new long[appends.Length];
        try
        {
            var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await using var _ = reader.ConfigureAwait(false);
            foreach (var part in parts)
            {
                var places = part.Places();
                for (var i = 0; i < places.Count; i++)
                {
                    if (!await reader.ReadAsync().ConfigureAwait(false))
                    {
                        return null;
                    }

                    positions[places[reader.GetString(0)]] = reader.GetInt64(1);
                }

                await reader.NextResultAsync().ConfigureAwait(false);
            }
        }
        catch (PostgresException lost) when (lost.SqlState is PostgresErrorCodes.DivisionByZero or PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }

        return positions;
    }

    private static NpgsqlBatchCommand CommandOf(AppendPart part, bool alone, DateTime recordedAt, long revision)
    {
        var one = alone && part is { Appends.Length: 1, Makes: false };
        var command = new NpgsqlBatchCommand(one ? s_moveOne : part.Makes ? s_make : s_move);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = recordedAt, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = revision });
        foreach (var column in s_columns)
        {
            command.Parameters.Add(one ? column.One(part.Appends[0]) : column.Many(part.Appends));
        }

        return command;
    }

    private static string List(Func<AppendColumn, string?> entry) => List((c, _) => entry(c));

    // With the place of the column's parameter.
    private static string List(Func<AppendColumn, string, string?> entry) => string.Join(
        ", ", s_columns.Select((c, i) => entry(c, string.Create(CultureInfo.InvariantCulture, $"${i + Common + 1}"))).Where(text => text is not null));
}
