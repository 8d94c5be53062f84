using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    [Fact]
    public async Task WorkList_OfAUnit_IsOrderedByDueMomentThenCodeWithNoneLast()
    {
        await Store.SubmitAsync("E", Snapshot() with { Due = null });
        await Store.SubmitAsync("D", Snapshot() with { Due = null });
        await Store.SubmitAsync("C", Snapshot() with { Due = Start.AddDays(2) });
        await Store.SubmitAsync("B", Snapshot() with { Due = Start.AddDays(9).ToOffset(TimeSpan.Zero) });
        await Store.SubmitAsync("A", Snapshot() with { Due = Start.AddDays(9) });
        await Store.SubmitAsync("X", Snapshot() with { Unit = "lac-son" });

        Assert.Equal(["C", "A", "B", "D", "E"], await Codes(new() { Unit = "tan-lac" }));
    }

    [Fact]
    public async Task WorkListItem_ShowsTheColumnsOfTheSnapshot()
    {
        var snapshot = Snapshot();
        await Store.SubmitAsync("A", snapshot);

        var item = Assert.Single(await Store.QueryWorkListAsync(new() { Unit = "tan-lac" }, Ct));

        Assert.Equal(
            new WorkItem
            {
                Code = "A", Version = 1, Procedure = snapshot.Procedure, ProcedureVersion = snapshot.ProcedureVersion,
                Unit = snapshot.Unit, State = snapshot.State, PortalStatus = snapshot.PortalStatus, Role = snapshot.Role,
                Assignee = snapshot.Assignee, Due = snapshot.Due, Closed = false,
            },
            item);
    }

    [Fact]
    public async Task WorkList_FollowsTheLastAppend()
    {
        await Store.SubmitAsync("A", Snapshot());
        await Store.AppendAsync(Append("A", 2) with { Snapshot = Snapshot() with { Unit = "lac-son", Due = null } });

        Assert.Empty(await Codes(new() { Unit = "tan-lac" }));
        Assert.Equal(["A"], await Codes(new() { Unit = "lac-son" }));
    }

    /// <summary>Every combination of filters, read in pages, is what a plain filter over all dossiers gives.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task WorkList_WithAnyFiltersInPages_ShowsExactlyTheDossiersThatMatch(int limit)
    {
        var all = await SubmitVariedDossiers();
        for (var filters = 0; filters < 64; filters++)
        {
            var query = new WorkListQuery
            {
                Unit = (filters & 1) != 0 ? "tan-lac" : null,
                State = (filters & 2) != 0 ? "Verifying" : null,
                Role = (filters & 4) != 0 ? "officer" : null,
                Assignee = (filters & 8) != 0 ? "b" : null,
                OpenOnly = (filters & 16) != 0,
                DueBefore = (filters & 32) != 0 ? Start.AddDays(2) : null,
                Limit = limit,
            };
            var expected = all
                .Where(pair => query.Unit is null || pair.Value.Unit == query.Unit)
                .Where(pair => query.State is null || pair.Value.State == query.State)
                .Where(pair => query.Role is null || pair.Value.Role == query.Role)
                .Where(pair => query.Assignee is null || pair.Value.Assignee == query.Assignee)
                .Where(pair => !query.OpenOnly || !pair.Value.Closed)
                .Where(pair => query.DueBefore is null || pair.Value.Due < query.DueBefore)
                .OrderBy(pair => pair.Value.Due ?? DateTimeOffset.MaxValue).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Key);

            Assert.Equal(expected, await Pages(query));
        }
    }

    private async Task<Dictionary<string, StoredSnapshot>> SubmitVariedDossiers()
    {
        var all = new Dictionary<string, StoredSnapshot>(StringComparer.Ordinal);
        for (var n = 0; n < 72; n++)
        {
            // Periods without a common divisor pair for pair, so that filters cross.
            all.Add($"D-{n * 37 % 100:D2}", Snapshot() with
            {
                Unit = n % 2 == 0 ? "tan-lac" : "lac-son",
                State = n % 3 == 0 ? "Approving" : "Verifying",
                Role = (n % 5) switch { 0 => null, 1 => "leader", _ => "officer" },
                Assignee = (n % 7) switch { < 2 => null, 2 => "a", _ => "b" },
                Closed = n % 11 < 4,
                Due = n % 4 == 3 ? null : Start.AddDays(n % 4),
            });
        }

        var results = await Store.AppendAsync([.. all.Select(pair => Append(pair.Key, 1) with { Snapshot = pair.Value })]);
        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        return all;
    }

    private async Task<List<string>> Pages(WorkListQuery query)
    {
        var codes = new List<string>();
        while (await Store.QueryWorkListAsync(query, Ct) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= query.Limit);
            codes.AddRange(page.Select(item => item.Code));
            query = query with { After = page[^1].Key };
        }

        return codes;
    }

    private async Task<IEnumerable<string>> Codes(WorkListQuery query) =>
        (await Store.QueryWorkListAsync(query, Ct)).Select(item => item.Code);
}
