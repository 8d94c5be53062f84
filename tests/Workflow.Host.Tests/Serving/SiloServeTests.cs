using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Serving;

/// <summary>Any number of <c>serve --engine orleans</c> over one database.</summary>
public sealed class SiloServeTests : IAsyncLifetime
{
    private const int Active = 3;
    private const int Dead = 6;

    private string _database = string.Empty;

    public ValueTask InitializeAsync()
    {
        _database = PostgresServer.Require().CreateSchema();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        PostgresServer.Require().DropSchema(_database);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Silos_OverOneDatabase_ServeTheSameDossiers()
    {
        await using var first = await ServedSilo.StartAsync(_database);
        await using var second = await ServedSilo.StartAsync(_database);
        Assert.Matches(@"^listening on http://127\.0\.0\.1:\d+ over .* as silo 127\.0\.0\.1:\d+ with gateway 127\.0\.0\.1:\d+ of cluster 'workflow'; tokens from /dev/token$", first.Line);
        Assert.Equal(2L, Members(Active));
        Assert.Equal(200, (await first.SendAsync(HttpMethod.Get, "/health/ready")).Status);

        var submitted = await first.SubmitAsync("s-1");
        var again = await second.SubmitAsync("s-1");
        Assert.Equal((201, 201), (submitted.Status, again.Status));
        var code = submitted.Json.GetProperty("code").GetString();
        Assert.Equal(code, again.Json.GetProperty("code").GetString());

        var withdrawn = await second.SendAsync(HttpMethod.Post, $"/v1/dossiers/{code}/triggers/withdraw", new { }, ("Idempotency-Key", "w-1"), ("If-Match", "\"1\""));
        Assert.True(withdrawn.Status == 200, withdrawn.Body);
        Assert.Equal("withdrawn", (await first.SendAsync(HttpMethod.Get, $"/v1/dossiers/{code}")).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Silo_ThatIsStoppedUnderCommands_LeavesTheClusterAndFailsNobody()
    {
        await using var staying = await ServedSilo.StartAsync(_database);
        await using var leaving = await ServedSilo.StartAsync(_database);
        var code = (await staying.SubmitAsync("s-0")).Json.GetProperty("code").GetString();

        var sent = Enumerable.Range(1, 64).Select(i => staying.SubmitAsync($"s-{i}")).ToList();
        var reads = Enumerable.Range(1, 64).Select(_ => staying.SendAsync(HttpMethod.Get, $"/v1/dossiers/{code}")).ToList();
        await Task.WhenAny(sent);
        Assert.Equal(0, await leaving.StopAsync());

        Assert.All(await Task.WhenAll(sent), told => Assert.True(told.Status == 201, told.Body));
        Assert.All(await Task.WhenAll(reads), told => Assert.True(told.Status == 200, told.Body));
        Assert.Equal((1L, 1L), (Members(Active), Members(Dead)));
        Assert.Equal(201, (await staying.SubmitAsync("s-65")).Status);
    }

    [Theory]
    [InlineData("--silo-port 70000 is no port", "--silo-port", "70000")]
    [InlineData("are both 4711: give each a port of its own", "--silo-port", "4711", "--gateway-port", "4711")]
    [InlineData("--advertise '0.0.0.0' is no address that others reach", "--advertise", "0.0.0.0")]
    [InlineData("--advertise 192.0.2.1 is no address of this machine", "--advertise", "192.0.2.1")]
    [InlineData("--cluster 'a b' is no id", "--cluster", "a b")]
    [InlineData("--service '' is no id", "--service", "")]
    public async Task Silo_ThatCannotBe_OneLine(string why, params string[] arguments) =>
        (await Run.CommandAsync(["serve", "--engine", "orleans", "--development", "--urls", "http://127.0.0.1:0", "--postgres", _database, .. arguments])).IsUnusable(why);

    [Fact]
    public async Task Silo_OnAPortInUse_OneLine()
    {
        await using var silo = await ServedSilo.StartAsync(_database);
        var port = silo.Line.Split(" as silo 127.0.0.1:", 2)[1].Split(' ', 2)[0];

        var ran = await Run.CommandAsync("serve", "--engine", "orleans", "--development", "--urls", "http://127.0.0.1:0", "--postgres", _database, "--gateway-port", port);

        ran.IsUnusable($"--gateway-port {port} is in use", "leave the option out for any that is free");
    }

    [Fact]
    public async Task Silo_OnADataDirectory_IsRefused()
    {
        using var scratch = new Scratch();

        (await Run.CommandAsync("serve", "--engine", "orleans", "--development", "--data", scratch.File("data"))).IsUnusable("needs a database that its silos share: name it with --postgres");
        Assert.False(Directory.Exists(scratch.File("data")));
    }

    [Fact]
    public async Task Silo_OptionsOfOneWithoutOne_AreRefused()
    {
        using var scratch = new Scratch();

        (await Run.CommandAsync("serve", "--development", "--data", scratch.File("data"), "--silo-port", "4711")).IsUnusable("--silo-port is for --engine orleans");
    }

    [Fact]
    public async Task Silo_OverTablesOfANewerRelease_IsRefused()
    {
        await Workflow.Silo.Schema.OrleansSchema.CreateAsync(_database, TestContext.Current.CancellationToken);
        PostgresServer.Execute(_database, "UPDATE workflow_orleans_schema SET version = version + 1");

        var ran = await Run.CommandAsync("serve", "--engine", "orleans", "--development", "--urls", "http://127.0.0.1:0", "--postgres", _database);

        ran.IsUnusable("tables for Orleans of version", "use the newer release that made them");
    }

    private long Members(int status) => (long)PostgresServer.Read(_database, $"SELECT count(*) FROM orleansmembershiptable WHERE status = {status}")!;
}
