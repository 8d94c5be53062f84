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
}
