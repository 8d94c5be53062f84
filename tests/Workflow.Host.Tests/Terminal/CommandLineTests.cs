using Workflow.Host.Terminal;

namespace Workflow.Host.Tests.Terminal;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("log profile x.xes --jsno", "--jsno", "did you mean '--json'?")]
    [InlineData("log profle x.xes", "profle", "did you mean 'profile'?")]
    [InlineData("logs", "logs", "did you mean 'log'?")]
    [InlineData("log profile a b", "unknown argument 'b'", "--help")]
    [InlineData("log profile", "FILE is missing", "workflow log profile --help")]
    [InlineData("log", "name a command of 'log'", "profile")]
    [InlineData("", "name a command", "procedure")]
    [InlineData("log discover x.xes", "--out", "--help")]
    [InlineData("log discover x.xes --out p --share much", "--share 'much' is not a number", "--help")]
    [InlineData("load --callers many --seconds 1", "--callers 'many' is not a number", "--help")]
    [InlineData("load --callers 0 --seconds 1", "--callers 0", "1 to")]
    [InlineData("load --callers 5 --seconds 1 --dossiers 2", "--dossiers 2", "--callers 5")]
    [InlineData("procedure show 1.001193 --format png", "png", "svg")]
    [InlineData("procedure show 1.001193 --format svg --language fr", "fr", "vi")]
    [InlineData("dossier submit --procedure p --unit u --as a --channel pigeon", "pigeon", "online")]
    [InlineData("log profile x.xes --postgres y", "--postgres", "--help")]
    public async Task Arguments_Unusable_OneLineNamesThemAndTheMend(string arguments, params string[] parts) =>
        (await Run.CommandAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).IsUnusable(parts);

    [Fact]
    public async Task Arguments_AtSign_IsAFileNameAndNoResponseFile() =>
        (await Run.CommandAsync("log", "profile", "@nothing.xes")).IsUnusable("@nothing.xes", "no such file");

    [Fact]
    public async Task Help_OfEveryCommand_NamesWhatIsBuiltAndNothingElse()
    {
        var help = await Run.CommandAsync("--help");
        Assert.Equal(0, help.Status);
        Assert.All((string[])["serve", "procedure", "calendar", "log", "dossier", "load", "workflow [command]"], c => Assert.Contains(c, help.Output, StringComparison.Ordinal));
        Assert.All((string[])["simulate", "backup", "postgres"], c => Assert.DoesNotContain(c, help.Output, StringComparison.Ordinal));

        var load = await Run.CommandAsync("load", "--help");
        Assert.Contains("--open-loop", load.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Cancelled_EndsQuietlyWith130()
    {
        using var scratch = new Scratch();
        var log = scratch.File("log.xes", Logs.SmallLog.Text);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var status = await CommandLine.RunAsync(["log", "profile", log], new HostEnvironment(output, error), new CancellationToken(canceled: true));
        Assert.Equal((130, string.Empty, string.Empty), (status, output.ToString(), error.ToString()));
    }
}
