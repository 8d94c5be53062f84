using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests.Outbox;

public sealed class WebhookTests
{
    private const string NewSecret = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0";

    [Fact]
    public async Task Signature_ComputedByTheReceiverAlone_IsTheOneSent()
    {
        await using var office = await OutboxOffice.OpenAsync();
        office.Real.Advance(TimeSpan.FromHours(1));
        var code = await office.DossierAsync("a");
        await office.Engine.DeliverAsync();

        var received = Assert.Single(office.Endpoint.Received);
        Assert.Equal(code, received.Code);
        Assert.DoesNotContain('.', received.Id);
        Assert.Equal(Office.Start.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), received.Timestamp);
        Assert.Equal("v1," + Signed(received, OutboxOffice.Secret), received.Signature);
    }

    [Fact]
    public async Task Secrets_BeingReplaced_BothSignUntilTheOldOneIsGone()
    {
        await using var office = await OutboxOffice.OpenAsync();
        Assert.True(await office.Engine.Subscribers.ReplaceSecretsAsync(OutboxOffice.Name, [NewSecret, OutboxOffice.Secret]));
        await office.DossierAsync("a");
        await office.Engine.DeliverAsync();
        var both = office.Endpoint.Received[^1];
        Assert.Equal($"v1,{Signed(both, NewSecret)} v1,{Signed(both, OutboxOffice.Secret)}", both.Signature);

        await office.Engine.Subscribers.ReplaceSecretsAsync(OutboxOffice.Name, [NewSecret]);
        await office.DossierAsync("b");
        await office.Engine.DeliverAsync();
        Assert.Equal("v1," + Signed(office.Endpoint.Received[^1], NewSecret), office.Endpoint.Received[^1].Signature);
        Assert.False(await office.Engine.Subscribers.ReplaceSecretsAsync("nobody", [NewSecret]));
    }

    [Fact]
    public async Task EndlessAnswer_IsNotRead()
    {
        await using var office = await OutboxOffice.OpenAsync();
        await office.DossierAsync("a");
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        office.Endpoint.Answer = async (_, stream, ct) =>
        {
            try
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), ct);
                while (true)
                {
                    await stream.WriteAsync(new byte[65_536], ct);
                }
            }
            catch (IOException)
            {
                cut.SetResult();
                throw;
            }
        };

        Assert.Equal(1, await office.Engine.DeliverAsync());
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task EndlessHeaders_AreCutOffAsNoAnswer()
    {
        await using var office = await OutboxOffice.OpenAsync();
        await office.DossierAsync("a");
        office.Endpoint.Answer = async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), ct);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"x-{new string('y', 1_000)}: z\r\n"), ct);
            }
        };

        Assert.Equal(0, await office.Engine.DeliverAsync());
        Assert.StartsWith("no answer", (await office.ReportAsync()).Standing.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentEndpoint_IsLeftAtTheTimeLimit()
    {
        await using var office = await OutboxOffice.OpenAsync();
        await office.DossierAsync("a");
        office.Endpoint.Answer = Endpoint.Silence;
        var delivered = office.Engine.DeliverAsync().AsTask();
        await office.Endpoint.UntilAsync(r => r.Count == 1);
        office.Real.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(0, await delivered.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal("no answer within 10 s", (await office.ReportAsync()).Standing.LastError);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var elsewhere = new Endpoint();
        await using var office = await OutboxOffice.OpenAsync();
        await office.DossierAsync("a");
        office.Endpoint.Answer = Endpoint.Status(307, $"Location: {elsewhere.Url}");

        Assert.Equal(0, await office.Engine.DeliverAsync());
        Assert.Empty(elsewhere.Received);
        Assert.Contains("redirects are not followed", (await office.ReportAsync()).Standing.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndpointThatIsAway_IsNoAnswer()
    {
        await using var office = await OutboxOffice.OpenAsync();
        await office.DossierAsync("a");
        await office.Endpoint.DisposeAsync();

        Assert.Equal(0, await office.Engine.DeliverAsync());
        Assert.Contains("ConnectionError", (await office.ReportAsync()).Standing.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_HoldsNoSecretAndNoQuery()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var report = await office.ReportAsync();

        Assert.EndsWith("/hook?...", report.Url, StringComparison.Ordinal);
        var told = $"{report} {(await office.Store.ReadSubscribersAsync(default))[0]} {System.Text.Json.JsonSerializer.Serialize(report)}";
        Assert.DoesNotContain("whsec", told, StringComparison.Ordinal);
        Assert.DoesNotContain("token", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "https://a.vn", "name")]
    [InlineData("a b", "https://a.vn", "name")]
    [InlineData("a", "a.vn/hook", "is no address")]
    [InlineData("a", "ftp://a.vn/hook", "neither https nor http")]
    [InlineData("a", "http://a.vn/hook", "plain http")]
    [InlineData("a", "https://user:pw@a.vn/hook", "user or password")]
    [InlineData("a", "https://a.vn/#x", "'#'")]
    [InlineData("a", "http://[::1]:8080/", null)]
    [InlineData("a", "http://localhost:8080/", null)]
    [InlineData("a", "https://10.0.0.1/", null)]
    public void Webhook_ThatCannotBeUsed_SaysWhy(string name, string url, string? mistake)
    {
        var found = new WebhookSubscriber(name, url, [OutboxOffice.Secret]).Mistake;
        if (mistake is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(mistake, found, StringComparison.Ordinal);
            Assert.DoesNotContain("pw", found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Webhook_WithUnusableParts_SaysWhy()
    {
        var good = new WebhookSubscriber("a", "http://a.vn/", [OutboxOffice.Secret]) { AllowsHttp = true };
        Assert.Null(good.Mistake);
        Assert.Contains("format", (good with { Format = "xml" }).Mistake, StringComparison.Ordinal);
        Assert.Contains("no secret", (good with { Secrets = [] }).Mistake, StringComparison.Ordinal);
        Assert.Contains("secret 2", (good with { Secrets = [OutboxOffice.Secret, "whsec_c2hvcnQ="] }).Mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", (good with { Secrets = ["hunter2"] }).Mistake, StringComparison.Ordinal);
    }

    // By hand, as a receiver does it from the convention's text.
    private static string Signed(Received received, string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        return Convert.ToBase64String(hmac.ComputeHash([.. Encoding.UTF8.GetBytes(received.Id + "." + received.Timestamp + "."), .. received.Body]));
    }
}
