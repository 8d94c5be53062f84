using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Dossiers;

public sealed class DossierCommandTests
{
    private const string Unit = "000.01.30.H28";

    private static string[] Submission(string data) =>
    [
        "dossier", "submit", "--procedure", "1.001193", "--unit", Unit, "--applicant", "Nguyễn Văn A", "--field", "child-name=B",
        "--document", "birth-certificate", "--as", "citizen-1", "--role", "applicant", "--id", "s-1", "--data", data,
    ];

    [Fact]
    public async Task Dossier_SubmittedAndFired_ShowsWhereItStands()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var submitted = await Run.JsonAsync(Submission(data));
        var code = submitted.GetProperty("code").GetString()!;
        Assert.StartsWith(Unit, code, StringComparison.Ordinal);
        var accepted = await Run.JsonAsync("dossier", "fire", code, "accept", "--as", "officer-1", "--role", "reception", "--actor-unit", Unit, "--data", data);
        Assert.Equal(("received", 2), (accepted.GetProperty("state").GetString(), accepted.GetProperty("version").GetInt32()));

        var shown = await Run.JsonAsync("dossier", "show", code, "--data", data);
        Assert.Equal(("received", 2, 2), (shown.GetProperty("state").GetString(), shown.GetProperty("status").GetInt32(), shown.GetProperty("history").GetArrayLength()));
        Assert.EndsWith("23:59:59+07:00", shown.GetProperty("due").GetString(), StringComparison.Ordinal);
        Assert.Contains(shown.GetProperty("permitted").EnumerateArray(), p => p.GetProperty("trigger").GetString() == "transfer");
    }

    [Theory]
    [InlineData("-4")]
    [InlineData("0")]
    public async Task Fire_AtAVersionThatNoDossierHas_IsRefusedInOneLineAndOpensNothing(string version)
    {
        using var scratch = new Scratch();

        var ran = await Run.CommandAsync(
            "dossier", "fire", $"{Unit}-201106-0001", "accept", "--as", "officer-1", "--role", "reception", "--actor-unit", Unit, "--data", scratch.File("data"), "--expected-version", version);

        ran.IsUnusable($"--expected-version {version}", "the first is 1");
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public async Task Submissions_ByHandAfterEachOther_HaveNumbersWithoutGaps()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var codes = new List<string>();
        for (var i = 1; i <= 3; i++)
        {
            codes.Add((await Run.JsonAsync([.. Submission(data).Select(a => a == "s-1" ? $"s-{i}" : a), "--at", "2020-11-06T09:00:00+07:00"])).GetProperty("code").GetString()!);
        }

        Assert.Equal([$"{Unit}-201106-0001", $"{Unit}-201106-0002", $"{Unit}-201106-0003"], codes);
    }

    [Fact]
    public async Task Submission_UnderTheSameId_IsDoneOnceAndOtherContentIsRefused()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var first = await Run.JsonAsync(Submission(data));
        var again = await Run.JsonAsync(Submission(data));
        Assert.Equal(first.GetProperty("code").GetString(), again.GetProperty("code").GetString());
        Assert.True(again.GetProperty("repeat").GetBoolean());

        var other = await Run.CommandAsync([.. Submission(data).Select(a => a == "child-name=B" ? "child-name=C" : a), "--json"]);
        Assert.Equal(1, other.Status);
        Assert.False(other.Json.GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public async Task Command_Refused_NamesWhatIsUnmetWithStatus1()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = (await Run.JsonAsync(Submission(data))).GetProperty("code").GetString()!;
        var refused = await Run.CommandAsync("dossier", "fire", code, "sign", "--as", "officer-1", "--data", data, "--json");
        Assert.Equal((1, string.Empty), (refused.Status, refused.Error));
        Assert.Equal("permitted", refused.Json.GetProperty("unmet")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Command_EnteredLater_FindsWhatSilenceCameToByThenAndNothingLater()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = (await Run.JsonAsync([.. Submission(data), "--channel", "online", "--at", "2020-11-06T09:00:00+07:00"])).GetProperty("code").GetString()!;
        await FireAsync("accept", "reception", "2020-11-06T09:10:00+07:00");
        await FireAsync("transfer", "reception", "2020-11-06T09:20:00+07:00");
        await FireAsync("propose", "professional", "2020-11-06T09:30:00+07:00");

        // One day from a Friday ends on Monday; on Tuesday the silence has confirmed the draft.
        var received = await FireAsync("receive-personal-id", "professional", "2020-11-10T09:00:00+07:00");
        Assert.Equal("signing", received.GetProperty("state").GetString());
        await FireAsync("sign", "head", "2020-11-10T09:30:00+07:00");

        var history = (await Run.JsonAsync("dossier", "show", code, "--data", data)).GetProperty("history").EnumerateArray();
        var silence = Assert.Single(history, h => h.GetProperty("trigger").GetString() == "confirm");
        Assert.Equal(("system", "2020-11-10T09:00:00+07:00"), (silence.GetProperty("actor").GetString(), silence.GetProperty("occurredAt").GetString()));

        Task<System.Text.Json.JsonElement> FireAsync(string trigger, string role, string at) =>
            Run.JsonAsync("dossier", "fire", code, trigger, "--as", role, "--role", role, "--actor-unit", Unit, "--at", at, "--data", data);
    }

    [Fact]
    public async Task Show_WithoutAnAccount_NamesTheRolesAloneAndWithOneWhatIsUnmet()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = (await Run.JsonAsync(Submission(data))).GetProperty("code").GetString()!;

        var nobody = await Run.CommandAsync("dossier", "show", code, "--data", data);
        Assert.Contains("  trigger    accept by reception" + Environment.NewLine, nobody.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not this account", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("--as", nobody.Output, StringComparison.Ordinal);

        var citizen = await Run.CommandAsync("dossier", "show", code, "--as", "citizen-1", "--role", "applicant", "--data", data);
        Assert.Contains("  may not    accept by reception: role: this is for the role reception", citizen.Output, StringComparison.Ordinal);
        Assert.Contains("  may fire   withdraw by applicant", citizen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_TriggerMisspelt_NamesTheLikelyOne()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = (await Run.JsonAsync(Submission(data))).GetProperty("code").GetString()!;
        var refused = await Run.CommandAsync("dossier", "fire", code, "accpet", "--as", "officer-1", "--data", data);
        Assert.Equal(1, refused.Status);
        Assert.Contains("no trigger 'accpet'; did you mean 'accept'?", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dossier_UnusableArguments_OneLine()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        (await Run.CommandAsync("dossier", "show", "x", "--data", data)).IsUnusable(data, "no store");
        Assert.False(Directory.Exists(data));
        await Run.JsonAsync(Submission(data));
        (await Run.CommandAsync("dossier", "show", "x", "--data", data)).IsUnusable("no dossier x");
        (await Run.CommandAsync("dossier", "show", " ", "--data", data)).IsUnusable("not a dossier's code");
        (await Run.CommandAsync("dossier", "fire", "x", "accept", "--as", "a", "--field", "b", "--data", data)).IsUnusable("--field 'b'", "NAME=VALUE");
        (await Run.CommandAsync("dossier", "fire", "x", "accept", "--as", "a", "--payment", "free", "--data", data)).IsUnusable("--payment 'free'");
        (await Run.CommandAsync([.. Submission(data).Select(a => a == "1.001193" ? "1.001194" : a)])).IsUnusable("1.001193");
        (await Run.CommandAsync([.. Submission(data).Select(a => a == "1.001193" ? "birth.yaml" : a)])).IsUnusable("birth.yaml: there is no such file");
    }
}
