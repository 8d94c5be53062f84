using Workflow.Core.Procedures;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Logs;

public sealed class DiscoverCommandTests
{
    [Fact]
    public async Task Discover_ActivitiesNamedLikeTheEnd_StandApartFromIt()
    {
        using var scratch = new Scratch();
        var output = scratch.File("p.yaml");
        var json = await Run.JsonAsync("log", "discover", scratch.File("log.xes", SmallLog.Text), "--out", output, "--share", "1");
        Assert.Equal((4, 5), (json.GetProperty("states").GetInt32(), json.GetProperty("transitions").GetInt32()));

        using var reader = File.OpenText(output);
        var procedure = ProcedureYaml.Read(reader, output);
        Assert.Equal(["start", "pay", "close", "closed"], procedure.Content.States.Select(s => s.Name));
        Assert.Equal("closed", Assert.Single(procedure.Content.Transitions, t => t.From == "close").To);
        Assert.All(procedure.Content.Triggers, t => Assert.Equal(Act.Advance, t.Act));
        Assert.Equal(
            [("concept:name", FieldType.Text), ("deadline", FieldType.Moment), ("enddate", FieldType.Moment), ("pages", FieldType.Text), ("weight", FieldType.Number), ("urgent", FieldType.Flag)],
            procedure.Content.Fields.Select(f => (f.Name, f.Type)));
    }

    [Fact]
    public async Task Discover_Twice_WritesTheSameBytesAndLeavesNothingElse()
    {
        using var scratch = new Scratch();
        var (log, output) = (scratch.File("log.xes", SmallLog.Text), scratch.File("p.yaml"));
        await Run.JsonAsync("log", "discover", log, "--out", output);
        var first = await File.ReadAllBytesAsync(output);
        await Run.JsonAsync("log", "discover", log, "--out", output);
        Assert.Equal(first, await File.ReadAllBytesAsync(output));
        Assert.Equal(["log.xes", "p.yaml"], Directory.GetFiles(scratch.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Discover_ImpossibleActivity_OneLineAndNoFile()
    {
        using var scratch = new Scratch();
        var (log, output) = (scratch.File("log.xes", SmallLog.WithActivity(new string('a', 201))), scratch.File("p.yaml"));
        (await Run.CommandAsync("log", "discover", log, "--out", output)).IsUnusable(log, "aaa...", "1 to 200 characters");
        Assert.False(File.Exists(output));
        await File.WriteAllTextAsync(log, SmallLog.WithActivity(new string('a', 200)));
        Assert.Equal(0, (await Run.CommandAsync("log", "discover", log, "--out", output)).Status);
    }

    [Fact]
    public async Task Discover_UnusableOutputOrShare_OneLineAndTheLogUntouched()
    {
        using var scratch = new Scratch();
        var log = scratch.File("log.xes", SmallLog.Text);
        (await Run.CommandAsync("log", "discover", log, "--out", log)).IsUnusable("--out names the log itself");
        (await Run.CommandAsync("log", "discover", log, "--out", scratch.Path)).IsUnusable(scratch.Path, "is a directory");
        (await Run.CommandAsync("log", "discover", log, "--out", scratch.File("no/p.yaml"))).IsUnusable("no such directory");
        (await Run.CommandAsync("log", "discover", log, "--out", scratch.File("p.yaml"), "--share", "0")).IsUnusable("--share 0");
        (await Run.CommandAsync("log", "discover", scratch.File("empty.xes", "<log/>"), "--out", scratch.File("p.yaml"))).IsUnusable("no case");
        Assert.Equal(SmallLog.Text, await File.ReadAllTextAsync(log));
    }
}
