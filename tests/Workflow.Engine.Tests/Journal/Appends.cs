using System.Diagnostics;
using System.Text;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Journal;

/// <summary>Appends as the engine makes them, with what a test does not care about filled in.</summary>
internal static class Appends
{
    public static readonly DateTimeOffset Start = new(2020, 11, 6, 7, 31, 5, 123, TimeSpan.FromHours(7));

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static JournalAppend Append(string code, int version, string? commandId = null, string caller = "portal") => new()
    {
        Code = code,
        Version = version,
        OccurredAt = Start.AddMinutes(version),
        Actor = "nguyen.van.a",
        Caller = caller,
        CommandId = commandId ?? $"{code}/{version}",
        CommandDigest = Bytes($"digest of {code} {version}"),
        Salt = Bytes($"salt of {code} {version}"),
        Data = Bytes($"events of {code} {version}"),
        Personal = Bytes($"personal events of {code} {version}"),
        PersonalDigest = Bytes($"personal digest of {code} {version}"),
        Hash = Bytes($"hash of {code} {version}"),
        TraceContext = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        Snapshot = Snapshot($"state of {code} {version}"),
    };

    public static StoredSnapshot Snapshot(string data = "state") => new()
    {
        Data = Bytes(data),
        Personal = Bytes($"personal {data}"),
        Procedure = "1.001193",
        ProcedureVersion = "3",
        Unit = "tan-lac",
        State = "Verifying",
        PortalStatus = 4,
        Role = "officer",
        Assignee = "tran.thi.b",
        Due = Start.AddDays(5),
        WakeAt = Start.AddDays(4),
        Closed = false,
    };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<AppendResult> AppendAsync(this IJournalStore store, JournalAppend append) =>
        (await store.AppendAsync([append]))[0];

    /// <summary>Appends a batch; what others hold at the moment is offered again, as the engine does.</summary>
    public static async Task<AppendResult[]> AppendAsync(this IJournalStore store, JournalAppend[] batch)
    {
        var results = await store.OfferAsync(batch);
        for (var waited = Stopwatch.StartNew(); Array.FindAll([.. Enumerable.Range(0, batch.Length)], i => results[i].Outcome == AppendOutcome.Held) is { Length: > 0 } held;)
        {
            Assert.True(waited.Elapsed < s_patience, $"{held.Length} appends were held for too long.");
            var again = await store.OfferAsync(Array.ConvertAll(held, i => batch[i]));
            for (var i = 0; i < held.Length; i++)
            {
                results[held[i]] = again[i];
            }
        }

        return results;
    }

    /// <summary>Offers a batch once.</summary>
    public static async Task<AppendResult[]> OfferAsync(this IJournalStore store, JournalAppend[] batch)
    {
        var results = new AppendResult[batch.Length];
        await store.AppendAsync(batch, results, TestContext.Current.CancellationToken);
        return results;
    }

    /// <summary>Submits a dossier whose snapshot is as given.</summary>
    public static async Task SubmitAsync(this IJournalStore store, string code, StoredSnapshot snapshot)
    {
        var result = await store.AppendAsync(Append(code, 1) with { Snapshot = snapshot });
        Assert.Equal(AppendOutcome.Committed, result.Outcome);
    }
}
