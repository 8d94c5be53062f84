using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Dossiers;

public sealed class ArchiveCommandTests
{
    private const string Unit = "000.01.30.H28";

    [Fact]
    public async Task Archive_OfClosedDossiers_MovesThemAndTheyAreShownAsBefore()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var codes = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            codes.Add((await Run.JsonAsync(
                "dossier", "submit", "--procedure", "2.000908", "--unit", Unit, "--applicant", "Nguyễn Văn A", "--document", "identity", "--as", "citizen", "--role", "applicant",
                "--id", $"s-{i}", "--at", "2020-11-06T09:00:00+07:00", "--data", data)).GetProperty("code").GetString()!);
        }

        foreach (var code in codes.Take(2))
        {
            await Run.JsonAsync("dossier", "fire", code, "withdraw", "--as", "citizen", "--role", "applicant", "--at", "2020-11-09T09:00:00+07:00", "--data", data);
        }

        var before = (await Run.CommandAsync("dossier", "show", codes[0], "--data", data)).Output;

        Assert.Equal((0, 0), await ArchivedAsync("2020-11-09", data));
        Assert.Equal((2, 0), await ArchivedAsync("2020-11-10", data));
        Assert.Equal((0, 0), await ArchivedAsync("2020-11-10", data));
        Assert.Equal(before, (await Run.CommandAsync("dossier", "show", codes[0], "--data", data)).Output);
        Assert.Equal(
            "0 dossiers that closed before 2020-11-10 00:00:00 +07:00 moved to the archive; 0 remain\n",
            (await Run.CommandAsync("dossier", "archive", "--closed-before", "2020-11-10", "--data", data)).Output);
    }

    [Fact]
    public async Task Archive_UnusableArguments_OneLine()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("dossier", "archive", "--data", scratch.File("data"))).IsUnusable("--closed-before");
        (await Run.CommandAsync("dossier", "archive", "--closed-before", "soon", "--data", scratch.File("data"))).IsUnusable("--closed-before 'soon'", "2020-11-06");
        (await Run.CommandAsync("dossier", "archive", "--closed-before", "2020-11-10", "--data", scratch.File("data"))).IsUnusable("no store");
    }

    private static async Task<(long Archived, long Remaining)> ArchivedAsync(string day, string data)
    {
        var report = await Run.JsonAsync("dossier", "archive", "--closed-before", day, "--data", data);
        return (report.GetProperty("archived").GetInt64(), report.GetProperty("remaining").GetInt64());
    }
}
