using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Calendars;

public sealed class DueCommandTests
{
    [Theory]
    [InlineData("2020-11-06T10:00:00+07:00", "10 working days", null, null, "2020-11-20T23:59:59+07:00")]
    [InlineData("2020-11-06", "3 working days", null, null, "2020-11-11T23:59:59+07:00")]
    [InlineData("2020-11-06T03:00:00Z", "24 hours", null, null, "2020-11-09T23:59:59+07:00")]
    [InlineData("2020-11-06T10:00:00+07:00", "10 working days", "pause", "2020-11-10/2020-11-13", "2020-11-25T23:59:59+07:00")]
    [InlineData("2020-11-06T10:00:00+07:00", "10 working days", "restart", "2020-11-10/2020-11-13", "2020-11-27T23:59:59+07:00")]
    public async Task Due_Limit_EndsWhereTheLawSays(string received, string limit, string? policy, string? suspension, string due)
    {
        List<string> args = ["calendar", "due", "--received", received, "--limit", limit];
        args.AddRange(policy is null ? [] : ["--policy", policy]);
        args.AddRange(suspension is null ? [] : ["--suspend", suspension]);
        Assert.Equal(due, (await Run.JsonAsync([.. args])).GetProperty("due").GetString());
    }

    [Theory]
    [InlineData("yesterday", "1 day", null, "--received 'yesterday'")]
    [InlineData("2020-11-06T10:00:00", "1 day", null, "+07:00")]
    [InlineData("0001-01-01", "1 day", null, "--received '0001-01-01'")]
    [InlineData("9999-12-31T23:59:59Z", "1 day", null, "--received '9999-12-31T23:59:59Z'")]
    [InlineData("2020-11-06", "1 day", "2020-11-07/9999-12-31T23:59:59Z", "--suspend '9999-12-31T23:59:59Z'")]
    [InlineData("2020-11-06", "soon", null, "--limit 'soon'")]
    [InlineData("2010-11-06", "3 working days", null, "covers 2020-01-01")]
    [InlineData("2020-11-06", "3 working days", "2020-11-07", "FROM/TO")]
    [InlineData("2020-11-06", "3 working days", "2020-11-09/2020-11-07", "ends before it begins")]
    [InlineData("2020-11-06", "3 working days", "2020-11-05/2020-11-07", "begins before")]
    public async Task Due_UnusableArgument_OneLineNamesIt(string received, string limit, string? suspension, string part)
    {
        List<string> args = ["calendar", "due", "--received", received, "--limit", limit];
        args.AddRange(suspension is null ? [] : ["--suspend", suspension]);
        (await Run.CommandAsync([.. args])).IsUnusable(part);
    }

    [Theory]
    [InlineData("2025-12-23", "2026-01-06T23:59:59+07:00")]
    [InlineData("2025-12-25", "2026-01-07T23:59:59+07:00")]
    public async Task Due_GoldenCase_DependsOnWhatWasKnown(string known, string due)
    {
        var json = await Run.JsonAsync("calendar", "due", "--received", "2025-12-22T09:00:00+07:00", "--limit", "10 working days", "--known", known, "--explain");

        Assert.Equal(due, json.GetProperty("due").GetString());
        var days = json.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(10, days.Count(d => d.GetProperty("counts").GetBoolean()));
        Assert.Equal("2025-12-22", days[0].GetProperty("date").GetString());
        Assert.Contains("Civil Code 2015 Art 147.2", days[0].GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Equal(due[..10], days[^1].GetProperty("date").GetString());
    }

    [Fact]
    public async Task Explain_OnPlainOutput_IsALineForEachDay()
    {
        var ran = await Run.CommandAsync("calendar", "due", "--received", "2020-11-06T15:00:00+07:00", "--limit", "4 working hours", "--explain");

        Assert.Equal(
            """
            Fri 2020-11-06  2 h       hours count from the moment of the receipt (Civil Code 2015 Art 147.1); 2 h of work
            Sat 2020-11-07  no        weekly rest (Labour Code 2019 Art 111)
            Sun 2020-11-08  no        weekly rest (Labour Code 2019 Art 111)
            Mon 2020-11-09  2 h       2 h of work; the limit ends at 09:00
            due 2020-11-09 09:00:00 +07:00

            """.ReplaceLineEndings("\n"),
            ran.Output);
    }

    [Fact]
    public async Task Due_SuspensionsThatTouch_AreCountedOneAfterTheOther()
    {
        string[] args = ["calendar", "due", "--received", "2020-11-06T10:00:00+07:00", "--limit", "10 working days"];
        var two = await Run.JsonAsync([.. args, "--suspend", "2020-11-12/2020-11-13", "--suspend", "2020-11-10/2020-11-12"]);
        var one = await Run.JsonAsync([.. args, "--suspend", "2020-11-10/2020-11-13"]);

        Assert.Equal(one.GetProperty("due").GetString(), two.GetProperty("due").GetString());
    }

    [Fact]
    public async Task Due_SuspensionsThatOverlap_OneLineNamesBoth() =>
        (await Run.CommandAsync("calendar", "due", "--received", "2020-11-06", "--limit", "9 days", "--suspend", "2020-11-10/2020-11-13", "--suspend", "2020-11-12/2020-11-14"))
            .IsUnusable("2020-11-12", "2020-11-13", "not overlap");
}
