using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Tests.Sqlite;

namespace Workflow.Engine.Tests.Commits;

public sealed class ExactlyOnceTests
{
    [Fact]
    public async Task Repeat_AfterLaterCommands_ReturnsTheFirstOutcome()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        var first = Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward", "x"), Office.Request("f")));
        clock.Advance(TimeSpan.FromHours(1));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b")));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f2")));

        var again = Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward", "x"), Office.Request("f")));

        Assert.True(again.IsRepeat);
        Assert.Equal(3, again.Version);
        Assert.Equal(Office.Text(first.Events), Office.Text(again.Events));
        Assert.Equal(5, (await engine.FindAsync(code))!.Version);
    }

    [Fact]
    public async Task Repeat_OfACommandThatWouldDecideAgain_ReturnsTheFirstOutcome()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b")));

        var again = Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        Assert.Equal((true, 3), (again.IsRepeat, again.Version));
        Assert.Equal("Working", (await engine.FindAsync(code))!.State);
    }

    [Fact]
    public async Task Repeat_OnAClosedDossierWithTheVersionThatItsCallerSaw_ReturnsTheFirstOutcome()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        var request = Office.Request("end") with { ExpectedVersion = 2 };
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("finish"), request));

        Assert.True(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("finish"), request)).IsRepeat);
    }

    [Fact]
    public async Task SameId_WithOtherContent_IsRefusedAsReuse()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        Assert.Equal(new CommandResult.IdReused(code, new CommandId("f")), await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("f")));
        Assert.Equal(new CommandResult.IdReused(code, new CommandId("f")), await engine.ExecuteAsync(code, Office.Fire("forward", "other"), Office.Request("f")));
        Assert.Equal(new CommandResult.IdReused(code, new CommandId("a")), await engine.SubmitAsync(Office.Submission(name: "B"), Office.Request("a")));
        Assert.Equal(3, (await engine.FindAsync(code))!.Version);
    }

    [Fact]
    public async Task SameId_OfAnotherCaller_IsAnotherCommand()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x", "one")));

        Assert.False(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("x", "two"))).IsRepeat);
        Assert.NotEqual(code, Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("a", "two"))).Code);
    }

    [Fact]
    public async Task Refusal_IsNotStoredAndIsDecidedAfresh()
    {
        var (engine, store, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        var rows = await store.CountAsync(default);

        Assert.Equal("permitted", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b"))));
        Assert.Equal(rows, await store.CountAsync(default));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        Assert.False(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b"))).IsRepeat);
    }

    [Fact]
    public async Task RepeatedSubmission_ReturnsTheSameDossierAndTakesNoNumbers()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var first = Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("a")));
        Office.Accepted(await engine.ExecuteAsync(first.Code, Office.Fire("accept"), Office.Request("b")));
        for (var i = 0; i < 100; i++)
        {
            var again = Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("a")));
            Assert.Equal((first.Code, 1, true), (again.Code, again.Version, again.IsRepeat));
            Assert.Equal(Office.Text(first.Events), Office.Text(again.Events));
            Assert.Equal("unit-exists", Office.Refused(await engine.SubmitAsync(Office.Submission("nowhere"), Office.Request("n"))));
        }

        Assert.EndsWith("-0002", Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("c"))).Code.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectedVersion_ThatIsNotCurrent_IsRefused()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");

        Assert.Equal("expected-version", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f") with { ExpectedVersion = 1 })));
    }

    [Fact]
    public async Task UnknownDossierOrProcedure_IsTold()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var nobody = new DossierCode("nobody");

        Assert.Equal(new CommandResult.NotFound(nobody), await engine.ExecuteAsync(nobody, Office.Fire("forward"), Office.Request("f")));
        Assert.Null(await engine.FindAsync(nobody));
        Assert.Null(await engine.PermittedAsync(nobody, Office.Clerk));
        Assert.Empty(await engine.HistoryAsync(nobody));
        Assert.Equal(0, engine.ActiveCount);
        Assert.Equal("procedure-exists", Office.Refused(await engine.SubmitAsync(Office.Submission() with { ProcedureVersion = 9 }, Office.Request("s"))));
    }

    [Fact]
    public async Task Repeat_AfterReopeningTheFile_ReturnsTheFirstOutcome()
    {
        using var folder = new DataFolder();
        var clock = new Workflow.Engine.Timers.VirtualClock(Office.Start);
        DossierCode code;
        string events;
        string hash;
        await using (var store = await folder.OpenAsync())
        await using (var engine = await Office.OpenAsync(store, clock))
        {
            code = await engine.AcceptedAsync("a");
            events = Office.Text(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f"))).Events);
            hash = await engine.JournalHashAsync();
        }

        await using var reopened = await folder.OpenAsync();
        await using var later = await Office.OpenAsync(reopened, clock);
        Assert.Equal(hash, await later.JournalHashAsync());
        var again = Office.Accepted(await later.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Assert.Equal((true, 3, events), (again.IsRepeat, again.Version, Office.Text(again.Events)));
        Assert.True(Office.Accepted(await later.SubmitAsync(Office.Submission(), Office.Request("a"))).IsRepeat);
        Assert.False(Office.Accepted(await later.ExecuteAsync(code, Office.Fire("back"), Office.Request("b"))).IsRepeat);
        Assert.NotEqual(code, Office.Accepted(await later.SubmitAsync(Office.Submission(), Office.Request("new"))).Code);
    }
}
