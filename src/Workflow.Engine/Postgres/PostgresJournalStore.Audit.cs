using System.Runtime.CompilerServices;
using Npgsql;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    private const int HeadsAtOnce = 1_000;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainHead> ReadChainHeadsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        // No code is empty, so the first page starts behind the empty text.
        var last = string.Empty;
        List<ChainHead> heads;
        do
        {
            var after = last;
            heads = await AllAsync(
                c => new NpgsqlCommand(PostgresReads.ChainHeads, c).Add(after).Add(HeadsAtOnce),
                r => new ChainHead(r.GetString(0), r.GetInt32(1), r.Bytes(2)),
                ct).ConfigureAwait(false);
            foreach (var head in heads)
            {
                yield return head;
            }

            last = heads.Count > 0 ? heads[^1].Code : last;
        }
        while (heads.Count == HeadsAtOnce);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedRow> ScanRowsAsync(string? code, CancellationToken ct) => Scanning.PagesAsync(
        (Code: string.Empty, Version: int.MinValue, Position: long.MinValue),
        after => AllAsync(
            c => AddCode(
                new NpgsqlCommand(code is null ? PostgresAudit.Rows : PostgresAudit.RowsOfOne, c).Add(after.Code).Add(after.Version).Add(after.Position).Add(Scanning.PageLength),
                code),
            r => ((r.GetString(3), r.GetInt32(4), r.GetInt64(2)), Scanning.Tolerant(
                () => new ScannedRow(r.GetString(3), r.GetInt32(4), PostgresRows.JournalRow(r), null),
                why => new ScannedRow(r.GetString(3), r.GetInt32(4), null, why))),
            ct),
        ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedDossier> ScanDossiersAsync(string? code, CancellationToken ct) => Scanning.PagesAsync(
        string.Empty,
        after => AllAsync(
            c => AddCode(
                new NpgsqlCommand(code is null ? PostgresAudit.Dossiers : PostgresAudit.DossiersOfOne, c).Add(after).Add(Scanning.PageLength),
                code),
            r => (r.GetString(0), Scanning.Tolerant(
                () => new ScannedDossier(r.GetString(0), PostgresRows.Dossier(r), r.TimeOrNull(15), null),
                why => new ScannedDossier(r.GetString(0), null, null, why))),
            ct),
        ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedSubmission> ScanSubmissionsAsync(CancellationToken ct) => Scanning.PagesAsync(
        (Caller: string.Empty, CommandId: string.Empty),
        after => AllAsync(
            c => new NpgsqlCommand(PostgresAudit.Submissions, c)
                .Add(after.Caller).Add(after.CommandId).Add(Scanning.PageLength),
            r => ((r.GetString(0), r.GetString(1)), new ScannedSubmission(r.GetString(0), r.GetString(1), r.GetString(2))),
            ct),
        ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalPlace> ScanPlacesAsync(string? code, CancellationToken ct) => Scanning.PagesAsync(
        (Code: string.Empty, Version: int.MinValue, Position: long.MinValue),
        after => AllAsync(
            c => AddCode(
                new NpgsqlCommand(code is null ? PostgresAudit.Places : PostgresAudit.PlacesOfOne, c).Add(after.Code).Add(after.Version).Add(after.Position).Add(Scanning.PageLength),
                code),
            r => ((r.GetString(3), r.GetInt32(4), r.GetInt64(2)), new JournalPlace(r.GetString(3), r.GetInt32(4), r.Cursor(0))),
            ct),
        ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalMoment> ScanMomentsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pages = Scanning.PagesAsync(
            new JournalCursor(int.MinValue, 0, long.MinValue),
            after => AllAsync(
                c => AddCursor(new NpgsqlCommand(PostgresAudit.Moments, c), after).Add(Scanning.PageLength),
                r => (r.Cursor(0), Scanning.Tolerant<JournalMoment?>(
                    () => new JournalMoment(r.Cursor(0), r.GetString(3), r.GetInt32(4), r.GetString(5), r.Time(6), r.Time(7)), _ => null)),
                ct),
            ct);
        await foreach (var moment in pages.ConfigureAwait(false))
        {
            if (moment is { } readable)
            {
                yield return readable;
            }
        }
    }

    private static NpgsqlCommand AddCode(NpgsqlCommand command, string? code) => code is null ? command : command.Add(code);
}
