using Workflow.Core.Dossiers;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Numbering;

public sealed class NumberTests
{
    [Fact]
    public async Task Codes_FollowTheOrderOfTheCallsPerUnitAndDay()
    {
        var (engine, _, clock) = await Office.OpenAsync(o => o.NumberBlock = 7);
        await using var _e = engine;
        var calls = Enumerable.Range(0, 120)
            .Select(i => (Unit: i % 3 == 0 ? Office.OtherUnit : Office.Unit, Task: engine.SubmitAsync(Office.Submission(i % 3 == 0 ? Office.OtherUnit : Office.Unit), Office.Request($"s{i}")).AsTask()))
            .ToList();
        await Task.WhenAll(calls.Select(c => c.Task));

        foreach (var unit in calls.GroupBy(c => c.Unit))
        {
            var codes = unit.Select(c => Office.Accepted(c.Task.Result).Code.Value).ToList();
            Assert.Equal(Enumerable.Range(1, codes.Count).Select(n => $"{unit.Key}-201106-{n:D4}"), codes);
        }

        clock.AdvanceTo(new DateTimeOffset(2020, 11, 7, 0, 0, 0, TimeSpan.FromHours(7)));
        Assert.Equal($"{Office.Unit}-201107-0001", Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("next"))).Code.Value);
    }

    [Fact]
    public async Task Day_IsTheVietnamDayOfTheLegalTime()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var request = Office.Request("s") with { OccurredAt = new DateTimeOffset(2020, 11, 4, 17, 30, 0, TimeSpan.Zero) };

        Assert.Equal($"{Office.Unit}-201105-0001", Office.Accepted(await engine.SubmitAsync(Office.Submission(), request)).Code.Value);
    }

    [Fact]
    public async Task RefusedAndRepeatedSubmissions_BetweenOthers_LeaveNoGaps()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("first")));

        var calls = Enumerable.Range(0, 60).Select(i => (i % 3) switch
        {
            0 => engine.SubmitAsync(Office.Submission(), Office.Request($"s{i}")).AsTask(),
            1 => engine.SubmitAsync(Office.Submission(), Office.Request("first")).AsTask(),
            _ => engine.SubmitAsync(Office.Submission() with { Fields = [new FieldValue("unheard-of", "")] }, Office.Request($"r{i}")).AsTask(),
        }).ToList();
        await Task.WhenAll(calls);

        Assert.Equal(Enumerable.Range(2, 20).Select(n => $"{Office.Unit}-201106-{n:D4}"), calls.Where((_, i) => i % 3 == 0).Select(c => Office.Accepted(c.Result).Code.Value));
    }

    [Fact]
    public async Task Numbers_AreTakenInBlocks()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock, o => o.NumberBlock = 10);
        for (var i = 0; i < 25; i++)
        {
            Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request($"s{i}")));
        }

        Assert.Equal(3, store.Reservations);
    }

    [Fact]
    public async Task Engines_AfterEachOther_GiveNoNumberTwice()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var codes = new HashSet<DossierCode>();
        for (var life = 0; life < 3; life++)
        {
            await using var engine = await Office.OpenAsync(store, clock, o => o.NumberBlock = 4);
            for (var i = 0; i < 5; i++)
            {
                Assert.True(codes.Add(Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request($"{life}/{i}"))).Code));
            }
        }
    }

    [Fact]
    public async Task CodeThatAForeignDossierBears_IsPassedOver()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        await Workflow.Engine.Tests.Journal.Appends.AppendAsync(store, Workflow.Engine.Tests.Journal.Appends.Append($"{Office.Unit}-201106-0001", 1));
        await using var engine = await Office.OpenAsync(store, clock);

        Assert.EndsWith("-0002", Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("s"))).Code.Value, StringComparison.Ordinal);
    }
}
