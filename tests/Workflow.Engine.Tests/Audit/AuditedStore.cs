using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Audit;

/// <summary>Sixty dossiers of the small office, and statements that somebody with the right of a database administrator might run.</summary>
internal static class AuditedStore
{
    public const int Dossiers = 60;

    /// <summary>The versions of each dossier: submitted, accepted, forwarded, assigned.</summary>
    public const int Versions = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static AuditOptions Options { get; } = new(Office.Calendar.Latest);

    /// <summary>Fills a store. The times of recording are the store's affair.</summary>
    public static async Task FillAsync(IJournalStore store)
    {
        var clock = new VirtualClock(Office.Start);
        await using var engine = await Office.OpenAsync(store, clock);
        for (var i = 0; i < Dossiers; i++)
        {
            var code = await engine.AcceptedAsync($"s{i}", i % 2 == 0 ? Office.Unit : Office.OtherUnit);
            clock.Advance(TimeSpan.FromSeconds(20));
            Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request($"f{i}")));
            clock.Advance(TimeSpan.FromSeconds(20));
            Office.Accepted(await engine.ExecuteAsync(code, new AssignDossier { Officer = $"officer{i}" }, Office.Request($"a{i}")));
        }
    }

    /// <summary>The code of a dossier in the middle of the order.</summary>
    public static async Task<string> TargetAsync(IJournalStore store) => (await HeadsAsync(store))[Dossiers / 2].Code;

    public static async Task<List<ChainHead>> HeadsAsync(IJournalStore store) => await store.ReadChainHeadsAsync(Ct).ToListAsync(Ct);

    public static ValueTask<AuditReport> VerifyAsync(IJournalStore store, IReadOnlyList<ChainHead>? anchors = null) =>
        JournalAudit.VerifyAsync(store, Options with { Anchors = anchors is null ? null : () => anchors }, Ct);

    public static string Hex(byte[] bytes, bool isPostgres) => isPostgres ? $"'\\x{Convert.ToHexString(bytes)}'::bytea" : $"X'{Convert.ToHexString(bytes)}'";

    /// <summary>The hash that a row has behind another one.</summary>
    public static byte[] Hash(byte[] previous, JournalRow row) => HashChain.Next(
        previous, new ChainedRow(row.Code, row.Version, row.OccurredAt, row.Actor, row.Caller, row.CommandId, row.CommandDigest, row.Data, row.PersonalDigest));

    public static string Texts(AuditReport report) => string.Join('\n', report.Broken);
}
