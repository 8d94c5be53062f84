using System.Net;
using Workflow.Host.Pages;
using Workflow.Host.Terminal;

namespace Workflow.Host.Tests.Pages;

public sealed class ScoreCardServerTests
{
    [Fact]
    public async Task Server_OnAnyFreePort_ServesThePageItsStyleAndItsHealth()
    {
        await WithServerAsync(async client =>
        {
            using var page = await client.GetAsync("/?lang=en");
            Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
            Assert.Contains("lang=\"en\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("lang=\"vi\"", await client.GetStringAsync("/?lang=xx"), StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(page.Headers.Contains("Server"));

            using var style = await client.GetAsync("/style.css");
            Assert.Equal("text/css; charset=utf-8", style.Content.Headers.ContentType!.ToString());
            Assert.DoesNotContain("url(", await style.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            using var health = await client.GetAsync("/health");
            Assert.Equal("application/json", health.Content.Headers.ContentType!.ToString());
            Assert.Equal("{\"status\":\"ok\"}", await health.Content.ReadAsStringAsync());

            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/nothing")).StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/", null)).StatusCode);
        });
    }

    [Fact]
    public async Task Server_PortInUse_IsUnusableInput() => await WithServerAsync(async client =>
    {
        var port = client.BaseAddress!.Port;
        var refused = await Assert.ThrowsAsync<UnusableInputException>(() => ScoreCardServer.RunAsync(SampleCard.Create(1), port, _ => { }, CancellationToken.None));
        Assert.Contains($"port {port} is in use", refused.Message, StringComparison.Ordinal);
    });

    [Fact]
    public async Task Server_ImpossiblePort_IsUnusableInput() =>
        await Assert.ThrowsAsync<UnusableInputException>(() => ScoreCardServer.RunAsync(SampleCard.Create(1), 70_000, _ => { }, CancellationToken.None));

    private static async Task WithServerAsync(Func<HttpClient, Task> test)
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = ScoreCardServer.RunAsync(SampleCard.Create(3), 0, started.SetResult, stop.Token);
        var address = await await Task.WhenAny(started.Task, running.ContinueWith(r => r.Exception is null ? new Uri("http://stopped") : throw r.Exception, TaskScheduler.Default));
        using (var client = new HttpClient { BaseAddress = address })
        {
            await test(client);
        }

        await stop.CancelAsync();
        await running;
    }
}
