using System.Text.Json;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Logs;

public sealed class ReplayCommandTests
{
    private static readonly string[] s_figures = ["cases", "events", "activities", "variants", "first", "last", "onTime", "late", "noDeadline", "medianHours"];

    [Fact]
    public async Task Replay_SmallLog_ExportsToTheSameFigures()
    {
        using var scratch = new Scratch();
        var (log, data) = (scratch.File("log.xes", SmallLog.Text), scratch.File("data"));
        var json = await Run.JsonAsync("log", "replay", log, "--data", data);
        Assert.Equal((3, 6, 6, 0, 1.0), (Int(json, "cases"), Int(json, "events"), Int(json, "accepted"), Int(json, "rejected"), json.GetProperty("fitting").GetDouble()));

        var export = scratch.File("export.xes.gz");
        Assert.Equal(6, Int(await Run.JsonAsync("log", "export", "--out", export, "--data", data), "events"));
        await HasFiguresOfAsync(log, export);
    }

    [Fact]
    public async Task Replay_Again_RepeatsAndDoublesNothing()
    {
        using var scratch = new Scratch();
        var (log, data) = (scratch.File("log.xes", SmallLog.Text), scratch.File("data"));
        await Run.JsonAsync("log", "replay", log, "--data", data);
        var first = await ExportAsync(scratch, data);
        var again = await Run.JsonAsync("log", "replay", log, "--data", data);
        Assert.Equal((6, 6, 0), (Int(again, "accepted"), Int(again, "repeats"), Int(again, "rejected")));
        Assert.Equal(first, await ExportAsync(scratch, data));

        var said = await Run.CommandAsync("log", "replay", log, "--data", data);
        Assert.Contains("6 were done by an earlier replay", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_IntoTwoDirectories_ExportsTheSameBytes()
    {
        using var scratch = new Scratch();
        var log = scratch.File("log.xes", SmallLog.Text);
        await Run.JsonAsync("log", "replay", log, "--data", scratch.File("one"));
        await Run.JsonAsync("log", "replay", log, "--data", scratch.File("two"));
        Assert.Equal(await ExportAsync(scratch, scratch.File("one")), await ExportAsync(scratch, scratch.File("two")));
    }

    [Fact]
    public async Task Replay_OnAProcedureThatDoesNotFit_CountsWhatIsRefused()
    {
        using var scratch = new Scratch();
        var log = scratch.File("log.xes", SmallLog.Text);
        var procedure = scratch.File("p.yaml", """
            procedure: once
            version: 1
            name: { vi: Một lần, en: Once }
            triggers:
              pay: { act: advance }
            states:
              start: { initial: true, on: { pay: paid } }
              paid: { on: { close: closed } }
              closed: { final: true }
            """);
        var ran = await Run.CommandAsync("log", "replay", log, "--procedure", procedure, "--data", scratch.File("data"), "--json");
        Assert.Equal(1, ran.Status);
        Assert.Equal((3, 5, 1, 2), (Int(ran.Json, "cases"), Int(ran.Json, "accepted"), Int(ran.Json, "rejected"), Int(ran.Json, "fittingCases")));
        Assert.Contains("'pay' is not permitted in state 'paid'", ran.Json.GetProperty("rejection").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_UnusableInput_OneLineAndNoStore()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        (await Run.CommandAsync("log", "replay", scratch.File("none.xes"), "--data", data)).IsUnusable("none.xes");
        (await Run.CommandAsync("log", "replay", scratch.File("empty.xes", "<log/>"), "--data", data)).IsUnusable("no case");
        var log = scratch.File("log.xes", SmallLog.Text);
        (await Run.CommandAsync("log", "replay", log, "--procedure", scratch.File("p.yaml", "procedure: x"), "--data", data)).IsUnusable("p.yaml:1");
        (await Run.CommandAsync("log", "replay", scratch.File("cut.xes", SmallLog.Text[..^40]), "--data", data)).IsUnusable("cut.xes: line");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Export_NoStore_OneLineAndNothingMade()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("log", "export", "--out", scratch.File("x.xes"), "--data", scratch.File("none"))).IsUnusable("none", "--data");
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public async Task Export_OntoTheStore_IsRefusedAndLeavesTheStoreAsItWas()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        await Run.JsonAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", data);
        var before = await ExportAsync(scratch, data);

        (await Run.CommandAsync("log", "export", "--out", Path.Combine(data, "workflow.db"), "--data", data)).IsUnusable("workflow.db is a database", "name another file");

        Assert.Equal(before, await ExportAsync(scratch, data));
    }

    [Fact]
    public async Task Replay_RealLog_ExportsToTheSameFigures()
    {
        var log = RepositoryRoot.ReceiptLog;
        Assert.SkipWhen(log is null, "the event log ../shared/data/receipt.xes.gz is not there");
        using var scratch = new Scratch();
        var (data, export) = (scratch.File("data"), scratch.File("export.xes"));
        var json = await Run.JsonAsync("log", "replay", log, "--data", data);
        Assert.Equal((1_434, 8_577, 8_577, 0), (Int(json, "cases"), Int(json, "events"), Int(json, "accepted"), Int(json, "rejected")));
        await Run.JsonAsync("log", "export", "--out", export, "--data", data);
        await HasFiguresOfAsync(log, export);
    }

    private static async Task HasFiguresOfAsync(string log, string export)
    {
        var (expected, actual) = (await Run.JsonAsync("log", "profile", log), await Run.JsonAsync("log", "profile", export));
        Assert.Equal(s_figures.Select(f => expected.GetProperty(f).GetRawText()), s_figures.Select(f => actual.GetProperty(f).GetRawText()));
    }

    private static async Task<string> ExportAsync(Scratch scratch, string data)
    {
        var path = scratch.File("export.xes");
        await Run.JsonAsync("log", "export", "--out", path, "--data", data);
        return await File.ReadAllTextAsync(path);
    }

    private static int Int(JsonElement json, string key) => json.GetProperty(key).GetInt32();
}
