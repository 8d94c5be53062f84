using Workflow.Host.Serving;
using Workflow.Host.Terminal;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Serving;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_WithMistakes_OneLineForEach()
    {
        using var scratch = new Scratch();
        var settings = scratch.File("settings.json", """{ "Identity": { "Autority": "https://x" }, "Limits": { "BodyBytes": 5, "Window": "soon" } }""");

        var ran = await Run.CommandAsync("serve", "--urls", "https://127.0.0.1:1;nowhere", "--engine", "remote", "--settings", settings, "--data", scratch.File("data"));

        Assert.Equal((2, string.Empty), (ran.Status, ran.Output));
        var lines = ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                $"workflow: there is no engine 'remote': use --engine local{(EngineChoice.HasCluster ? " or orleans" : string.Empty)}",
                "workflow: there is no setting 'Identity:Autority': did you mean 'Identity:Authority'?",
                "workflow: Limits:BodyBytes '5' cannot be used: give a number from 1024 to 104857600",
                "workflow: Limits:Window 'soon' cannot be used: give a time from 00:00:01 to 1.00:00:00, such as 00:01:00",
                "workflow: --urls 'https://127.0.0.1:1' cannot be listened on: write http://HOST:PORT, with an address of this machine or 0.0.0.0 for all of them",
                "workflow: --urls 'nowhere' cannot be listened on: write http://HOST:PORT, with an address of this machine or 0.0.0.0 for all of them",
            ],
            lines);
        Assert.False(Directory.Exists(scratch.File("data")));
    }

    [Theory]
    [InlineData("Identity:Authority is missing", "--urls", "http://127.0.0.1:0")]
    [InlineData("can be reached from elsewhere: listen on 127.0.0.1", "--development", "--urls", "http://0.0.0.0:0")]
    [InlineData("there is no such file", "--settings", "no-such-file.json")]
    [InlineData("--urls is empty", "--development", "--urls", ";")]
    public async Task Serve_ThatCannotBe_OneLine(string why, params string[] arguments)
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync(["serve", "--data", scratch.File("data"), .. arguments])).IsUnusable(why);
        Assert.False(Directory.Exists(scratch.File("data")));
    }

    [Fact]
    public async Task Serve_OnAPortInUse_OneLine()
    {
        await using var office = await ServedOffice.StartAsync();
        using var scratch = new Scratch();

        var ran = await Run.CommandAsync("serve", "--development", "--urls", office.Client.BaseAddress!.ToString(), "--data", scratch.File("data"));

        ran.IsUnusable("cannot be listened on", "name another address or port");
    }

    [Fact]
    public async Task Serve_OnADataDirectoryThatIsServed_OneLine()
    {
        using var scratch = new Scratch();
        await using var office = await ServedOffice.StartAsync(store: new Workflow.Host.Stores.DataDirectoryChoice(scratch.File("data")));

        (await Run.CommandAsync("serve", "--development", "--urls", "http://127.0.0.1:0", "--data", scratch.File("data"))).IsUnusable("data");
    }

    [Fact]
    public async Task Serve_UntilItIsStopped_SaysWhereItListensAndEndsWell()
    {
        using var scratch = new Scratch();
        using var stop = new CancellationTokenSource();
        await using var output = new SignalledWriter();
        var running = CommandLine.RunAsync(
            ["serve", "--development", "--urls", "http://127.0.0.1:0", "--data", scratch.File("data")], new HostEnvironment(output, TextWriter.Null), stop.Token);
        await Task.WhenAny(output.Written, running);

        Assert.Matches(@"^listening on http://127\.0\.0\.1:\d+ over .*; tokens from /dev/token$", await output.Written);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public void Settings_OfVariables_WinOverTheFile()
    {
        using var scratch = new Scratch();
        var file = scratch.File("settings.json", """{ "Identity": { "Authority": "https://one.example/", "PaymentClients": ["a", "b"] }, "Limits": { "PersonRequests": 7 } }""");
        var mistakes = new List<string>();

        var variables = ServeSettings.OfVariables(new Dictionary<string, string> { ["WORKFLOW_SERVE__IDENTITY__AUTHORITY"] = "https://two.example/", ["WORKFLOW_POSTGRES"] = "x" });
        var read = ServeSettings.Read(file, variables, mistakes);

        Assert.Empty(mistakes);
        Assert.Equal(("https://two.example/", 7, "sub"), (read.Authority!.OriginalString, read.PersonRequests, read.PersonClaim));
        Assert.Equal(["a", "b"], read.PaymentClients.Order(StringComparer.Ordinal));
    }

    // Tells the first line that is written.
    private sealed class SignalledWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value!);
    }
}
