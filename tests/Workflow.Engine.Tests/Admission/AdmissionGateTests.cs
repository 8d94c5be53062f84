using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Admission;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Admission;

public sealed class AdmissionGateTests
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly VirtualClock _clock = new(Office.Start);
    private readonly AdmissionGate _gate;

    public AdmissionGateTests() => _gate = new AdmissionGate(900, Shortest, Longest, _clock);

    [Fact]
    public void LoneUnit_GetsTwoThirdsOfThePlaces_AndTwoTwoFifthsEachInTheLongRun()
    {
        var a = Flood("a");
        Assert.Equal(600, a.Count);

        // They end and come again, one of each in turn, until nothing moves.
        var b = Flood("b");
        for (var i = 0; i < 1_000; i++)
        {
            Leave(a);
            Leave(b);
            b.AddRange(Flood("b"));
            a.AddRange(Flood("a"));
        }

        Assert.InRange(a.Count, 350, 370);
        Assert.InRange(b.Count, 350, 370);
        Assert.InRange(900 - _gate.Taken, 170, 190);
    }

    [Fact]
    public void Retry_IsWhenThereWillBeRoom_ByHowFastCommandsEnd()
    {
        var held = Flood("a");
        Assert.Equal(Shortest, Retry("a"));

        // 50 in 100 ms are 500 in a second: each further caller is told 2 ms more.
        Leave(held, 50);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        held.AddRange(Flood("a"));
        var told = Enumerable.Range(0, 1_000).Select(_ => Retry("a")).ToList();

        Assert.Equal(Shortest, told[0]);
        Assert.Equal(told.Order(), told);
        Assert.Equal(500 * 2.0, (told[999] - told[499]).TotalMilliseconds, 1.0);
        Assert.True(told[999] > TimeSpan.FromMilliseconds(1_900) && told[999] < TimeSpan.FromMilliseconds(2_100), told[999].ToString());
    }

    [Fact]
    public void Retry_WhenNothingEndsAnyMore_IsTheLongest_AndShortAgainWhenItGoesOn()
    {
        var held = Flood("a");
        Retry("a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Longest, Retry("a"));

        Leave(held, 500);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Flood("a");
        Assert.Equal(Shortest, Retry("a"));
    }

    [Fact]
    public void Retry_AfterAPauseWithoutRefusals_IsNotReckonedFromThePause()
    {
        var held = Flood("a");
        Leave(held, 600);
        _clock.Advance(TimeSpan.FromHours(1));
        Flood("a");

        Assert.Equal(Shortest, Retry("a"));
    }

    [Fact]
    public void InventedUnits_AreForgotten()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _gate.Leave(_gate.Enter($"invented {i}", out _));
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            _gate.Leave(_gate.Enter("known", out _));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64);
        Assert.Equal(600, Flood("a").Count);
    }

    [Fact]
    public async Task Unit_OfACommand_IsTheDossiersWhateverTheCallerSays()
    {
        var clerk = Office.Request("x");
        var liar = new CommandRequest(new CommandId("x"), Actor.Officer("clerk", "invented")) { Caller = "invented" };
        var other = new DossierCode($"{Office.OtherUnit}-201106-0001");
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var dossier = Dossier.Create(Office.Procedure, Office.Accepted(await engine.SubmitAsync(Office.Submission(), clerk)).Events, Office.Start);

        Assert.Equal(Office.OtherUnit, Of(default, null, Office.Submission(Office.OtherUnit), clerk));
        Assert.Equal(CommandUnit.Unknown, Of(default, null, Office.Submission("invented"), clerk));
        Assert.Equal(Office.OtherUnit, Of(other, null, Office.Fire("accept"), clerk));
        Assert.Equal(Office.Unit, Of(other, dossier, Office.Fire("accept"), liar));
        Assert.Equal(CommandUnit.Unknown, Of(new DossierCode("invented-201106-0001"), null, Office.Fire("accept"), liar));
        Assert.Equal(CommandUnit.Unknown, Of(new DossierCode("invented"), null, Office.Fire("accept"), clerk));
        Assert.Equal("system:migration", Of(other, null, Office.Fire("accept"), clerk with { Caller = "system:migration" }));

        static string Of(DossierCode code, Dossier? dossier, DossierCommand command, CommandRequest request) =>
            CommandUnit.Of(Office.Units, code, dossier, command, request);
    }

    private List<UnitPlaces> Flood(string unit)
    {
        var held = new List<UnitPlaces>();
        while (_gate.Enter(unit, out _) is { } places)
        {
            held.Add(places);
        }

        return held;
    }

    private void Leave(List<UnitPlaces> held, int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            _gate.Leave(held[^1]);
            held.RemoveAt(held.Count - 1);
        }
    }

    private TimeSpan Retry(string unit)
    {
        Assert.Null(_gate.Enter(unit, out var refusal));
        return refusal.RetryAfter;
    }
}
