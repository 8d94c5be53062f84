using System.Net;

namespace Workflow.Host.Tests.Serving;

public sealed class DrainTests
{
    [Fact]
    public async Task Host_IsLiveAndReady_UntilItIsStopped()
    {
        await using var office = await ServedOffice.StartAsync();
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            var told = await office.GetAsync(path);
            Assert.Equal((200, "healthy"), (told.Status, told.Json.GetProperty("status").GetString()));
        }

        await office.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => office.GetAsync("/health/live"));
    }

    [Fact]
    public async Task Host_ThatIsStoppedUnderCommands_AnswersThoseItTookAndKeepsThem()
    {
        using var scratch = new Terminal.Scratch();
        var store = new Workflow.Host.Stores.DataDirectoryChoice(scratch.File("data"));
        var accepted = new List<string>();
        await using (var office = await ServedOffice.StartAsync(store: store))
        {
            var token = await office.TokenAsync("citizen-1");
            await office.SubmittedAsync(token, "first");
            var sent = Enumerable.Range(0, 64).Select(i => Attempt(office, token, $"s-{i}")).ToList();
            await Task.WhenAny(sent);
            await office.StopAsync();
            accepted.AddRange((await Task.WhenAll(sent)).OfType<string>());
        }

        await using var next = await ServedOffice.StartAsync(store: store);
        var again = await next.TokenAsync("citizen-1");
        Assert.NotEmpty(accepted);
        foreach (var code in accepted)
        {
            Assert.Equal(200, (await next.GetAsync($"/v1/dossiers/{code}", again)).Status);
        }
    }

    // Null where the host was gone, or told to come again.
    private static async Task<string?> Attempt(ServedOffice office, string token, string id)
    {
        try
        {
            var told = await office.SubmitAsync(token, id);
            Assert.True(told.Status is (int)HttpStatusCode.Created or (int)HttpStatusCode.ServiceUnavailable, told.Body);
            return told.Status == 201 ? told.Json.GetProperty("code").GetString() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
