using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Subscribers;

public sealed class SubscriberCommandTests : IDisposable
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Subscriber_AddedListedDeliveredAndRemoved()
    {
        await using var receiver = new Receiver();
        await SubmittedAsync("a");
        var added = await Run.JsonAsync(["subscriber", "add", "portal", "--url", receiver.Url + "?token=hidden", "--secret-file", Secrets(), "--from-start", .. Data()]);
        Assert.Equal((receiver.Url + "?...", 1), (added.GetProperty("url").GetString(), added.GetProperty("lag").GetInt32()));
        await SubmittedAsync("b");

        var listed = Assert.Single((await Run.JsonAsync(["subscriber", "list", .. Data()])).GetProperty("subscribers").EnumerateArray());
        Assert.Equal(("portal", 2, 0), (listed.GetProperty("name").GetString(), listed.GetProperty("lag").GetInt32(), listed.GetProperty("troubled").GetInt32()));
        Assert.Equal(2, (await Run.JsonAsync(["subscriber", "deliver", .. Data()])).GetProperty("delivered").GetInt32());
        Assert.Equal(0, (await Run.JsonAsync(["subscriber", "deliver", "portal", .. Data()])).GetProperty("delivered").GetInt32());
        Assert.Equal(2, receiver.Received);

        var text = await Run.CommandAsync(["subscriber", "list", .. Data()]);
        Assert.Contains("0 rows behind  up", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", text.Output + listed.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text.Output + listed.GetRawText(), StringComparison.Ordinal);

        Assert.Equal(1, (await Run.JsonAsync(["subscriber", "rotate", "portal", "--secret-file", Secrets(), .. Data()])).GetProperty("secrets").GetInt32());
        Assert.True((await Run.JsonAsync(["subscriber", "remove", "portal", .. Data()])).GetProperty("removed").GetBoolean());
        Assert.Empty((await Run.JsonAsync(["subscriber", "list", .. Data()])).GetProperty("subscribers").EnumerateArray());
    }

    [Fact]
    public async Task RefusedDelivery_IsListedAsParkedAndRetriedByCommand()
    {
        await using var receiver = new Receiver { Status = 422 };
        var dossier = await SubmittedAsync("a");
        await Run.JsonAsync(["subscriber", "add", "portal", "--url", receiver.Url, "--secret-file", Secrets(), "--from-start", .. Data()]);

        var delivered = await Run.CommandAsync(["subscriber", "deliver", .. Data()]);
        Assert.Equal(1, delivered.Status);
        Assert.Contains("portal: 0 rows behind, 1 dossier waits", delivered.Output, StringComparison.Ordinal);
        var listed = await Run.CommandAsync(["subscriber", "list", "--parked", .. Data()]);
        Assert.Equal(1, listed.Status);
        Assert.Contains($"  {dossier} from version 1: parked after 1 attempt (answered 422)", listed.Output, StringComparison.Ordinal);
        (await Run.CommandAsync(["subscriber", "retry", "portal", "--dossier", "none", .. Data()])).IsUnusable("nothing of dossier 'none' waits");

        receiver.Status = 200;
        Assert.Equal(1, (await Run.JsonAsync(["subscriber", "retry", "portal", "--dossier", dossier, .. Data()])).GetProperty("dossiers").GetInt32());
        Assert.Equal(1, (await Run.JsonAsync(["subscriber", "deliver", .. Data()])).GetProperty("delivered").GetInt32());
        Assert.Equal(0, (await Run.CommandAsync(["subscriber", "list", "--parked", .. Data()])).Status);
    }

    [Fact]
    public async Task ReceiverThatIsAway_IsToldAndNothingIsLost()
    {
        string url;
        await using (var receiver = new Receiver())
        {
            url = receiver.Url;
        }

        await SubmittedAsync("a");
        await Run.JsonAsync(["subscriber", "add", "portal", "--url", url, "--secret-file", Secrets(), "--from-start", .. Data()]);

        var ran = await Run.CommandAsync(["subscriber", "deliver", "--json", .. Data()]);
        Assert.Equal(1, ran.Status);
        var behind = Assert.Single(ran.Json.GetProperty("behind").EnumerateArray());
        Assert.Equal((1, 0), (behind.GetProperty("lag").GetInt32(), behind.GetProperty("troubled").GetInt32()));
        Assert.StartsWith("no answer", behind.GetProperty("lastError").GetString(), StringComparison.Ordinal);
        Assert.Contains("tried again at", (await Run.CommandAsync(["subscriber", "list", .. Data()])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("portal.vn/hook", "is no address", "https://example.vn/hook")]
    [InlineData("http://portal.vn/hook", "plain http", "--allow-http")]
    [InlineData("https://me:hunter2@portal.vn/", "user or password")]
    [InlineData("ftp://portal.vn/", "neither https nor http")]
    public async Task Address_ThatCannotBeUsed_IsRefusedInOneLine(string url, params string[] says)
    {
        await SubmittedAsync("a");
        var ran = await Run.CommandAsync(["subscriber", "add", "portal", "--url", url, "--secret-file", Secrets(), .. Data()]);

        ran.IsUnusable(says);
        Assert.DoesNotContain("hunter2", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadInput_IsRefusedInOneLine()
    {
        (await Run.CommandAsync(["subscriber", "list", .. Data()])).IsUnusable("holds no store");
        await SubmittedAsync("a");
        (await Run.CommandAsync(["subscriber", "remove", "portal", .. Data()])).IsUnusable("there is no subscriber 'portal'", "subscriber add");
        string[] add = ["subscriber", "add", "portal", "--url", "https://portal.vn/hook", .. Data(), "--secret-file"];
        (await Run.CommandAsync([.. add, _scratch.File("empty", "\n \n")])).IsUnusable("empty holds no secret", "openssl");
        (await Run.CommandAsync([.. add, _scratch.File("short", "hunter2")])).IsUnusable("short: secret 1 is not");
        (await Run.CommandAsync([.. add, _scratch.File("none")])).IsUnusable("no such file");
        Assert.Equal(0, (await Run.CommandAsync([.. add, Secrets()])).Status);

        (await Run.CommandAsync([.. add, Secrets()])).IsUnusable("there is a subscriber 'portal' already");
        (await Run.CommandAsync(["subscriber", "retry", "protal", .. Data()])).IsUnusable("did you mean 'portal'?");
        (await Run.CommandAsync(["subscriber", "deliver", "other", .. Data()])).IsUnusable("there are portal");
        (await Run.CommandAsync(["subscriber", "retry", "portal", "--skip", .. Data()])).IsUnusable("--dossier");
        var rotated = await Run.CommandAsync(["subscriber", "rotate", "portal", "--secret-file", _scratch.File("short"), .. Data()]);
        rotated.IsUnusable("short: secret 1 is not");
        Assert.DoesNotContain("hunter2", rotated.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--procedure", "2.00908", "procedure '2.00908', which there is not", "did you mean '2.000908'?")]
    [InlineData("--unit", "000.01.30.H82", "unit '000.01.30.H82', which there is not", "did you mean '000.01.30.H28'?")]
    [InlineData("--procedure", "birth-registration-of-children", "use one of: ")]
    public async Task Filter_ThatNamesWhatThereIsNot_IsRefusedInOneLineAndNothingIsAdded(string option, string code, params string[] says)
    {
        await SubmittedAsync("a");
        string[] add = ["subscriber", "add", "portal", "--url", "https://portal.vn/hook", "--secret-file", Secrets(), .. Data()];

        (await Run.CommandAsync([.. add, option, code])).IsUnusable(says);
        Assert.Empty((await Run.JsonAsync(["subscriber", "list", .. Data()])).GetProperty("subscribers").EnumerateArray());
        Assert.Equal(0, (await Run.CommandAsync([.. add, "--procedure", "2.000908", "--unit", "000.01.30.H28"])).Status);
    }

    private string[] Data() => ["--data", _scratch.File("data")];

    private string Secrets() => _scratch.File("secrets", Secret + "\n");

    private async Task<string> SubmittedAsync(string id) => (await Run.JsonAsync(
        [
            "dossier", "submit", "--procedure", "2.000908", "--unit", "000.01.30.H28", "--applicant", "Nguyễn Văn A", "--document", "identity",
            "--as", "citizen", "--role", "applicant", "--id", id, "--at", "2025-06-27T09:00:00+07:00", .. Data(),
        ])).GetProperty("code").GetString()!;
}
