using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    /// <summary>Every combination of filters, read in pages, is what a plain filter over all open dossiers gives.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task OpenDossiers_WithAnyFiltersInPages_AreExactlyThoseThatMatchInCodeOrder(int limit)
    {
        var all = new Dictionary<string, StoredSnapshot>(StringComparer.Ordinal);
        for (var n = 0; n < 60; n++)
        {
            all.Add($"D-{n * 37 % 100:D2}", Snapshot() with
            {
                Procedure = n % 2 == 0 ? "1.001193" : "1.001194",
                ProcedureVersion = n % 3 == 0 ? "1" : "2",
                Unit = n % 5 == 0 ? "tan-lac" : "lac-son",
                Closed = n % 7 < 2,
            });
        }

        await Store.AppendAsync([.. all.Select(pair => Append(pair.Key, 1) with { Snapshot = pair.Value })]);

        for (var filters = 0; filters < 8; filters++)
        {
            var which = new OpenDossiers
            {
                Procedure = (filters & 1) != 0 ? "1.001193" : null,
                ProcedureVersion = (filters & 2) != 0 ? "2" : null,
                Unit = (filters & 4) != 0 ? "lac-son" : null,
            };
            var expected = all
                .Where(pair => !pair.Value.Closed)
                .Where(pair => which.Procedure is null || pair.Value.Procedure == which.Procedure)
                .Where(pair => which.ProcedureVersion is null || pair.Value.ProcedureVersion == which.ProcedureVersion)
                .Where(pair => which.Unit is null || pair.Value.Unit == which.Unit)
                .Select(pair => pair.Key)
                .Order(StringComparer.Ordinal);

            Assert.Equal(expected, await OpenPages(which, limit));
        }
    }

    [Fact]
    public async Task OpenDossiers_FollowTheLastAppend()
    {
        await Store.SubmitAsync("A", Snapshot());
        await Store.SubmitAsync("B", Snapshot());
        await Store.AppendAsync(Append("A", 2) with { Snapshot = Snapshot() with { Closed = true } });
        await Store.AppendAsync(Append("B", 2) with { Snapshot = Snapshot() with { ProcedureVersion = "4" } });

        Assert.Equal(["B"], await OpenPages(new OpenDossiers(), 10));
        Assert.Empty(await OpenPages(new OpenDossiers { ProcedureVersion = "3" }, 10));
    }

    [Fact]
    public async Task OpenDossiers_AreOrderedByTheUtf8OfTheirCodes()
    {
        string[] codes = ["a", "\u00e9", "\uff5e", "\U0001f4c4"];
        foreach (var code in codes.Reverse())
            await Store.SubmitAsync(code, Snapshot());

        Assert.Equal(codes, await OpenPages(new OpenDossiers(), 1));
    }

    /// <summary>More dossiers than the stream takes at once come once each, in order.</summary>
    [Fact]
    public async Task OpenDossiers_StreamedAcrossPages_ComeOnceEach()
    {
        string[] codes = [.. Enumerable.Range(0, 2_001).Select(n => $"D-{n:D4}")];
        await Store.AppendAsync([.. codes.Select(code => Append(code, 1))]);

        var streamed = new List<string>();
        await foreach (var code in Store.ReadAllOpenAsync(new OpenDossiers(), Ct))
            streamed.Add(code);

        Assert.Equal(codes, streamed);
    }

    private async Task<List<string>> OpenPages(OpenDossiers which, int limit)
    {
        var codes = new List<string>();
        while (await Store.ReadOpenAsync(which, codes.LastOrDefault(), limit, Ct) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= limit);
            codes.AddRange(page);
        }

        return codes;
    }
}
