using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

public sealed class LogProfileTests
{
    [Fact]
    public void Profile_EmptyLog_HasNoFigures()
    {
        LogProfile profile = LogProfile.Of([]);

        Assert.Equal((0, 0L, 0, 0), (profile.Cases, profile.Events, profile.Activities, profile.Variants));
        Assert.Null(profile.First);
        Assert.Null(profile.Last);
        Assert.Null(profile.MedianHours);
        Assert.Empty(profile.TopVariants);
    }

    [Fact]
    public void Profile_SmallLog_CountsCasesActivitiesAndVariants()
    {
        LogProfile profile = LogProfile.Of([Logs.Case("1", "ABC"), Logs.Case("2", "AC"), Logs.Case("3", "ABC"), Logs.Case("4", "D")]);

        Assert.Equal((4, 9L, 4, 3), (profile.Cases, profile.Events, profile.Activities, profile.Variants));
        Assert.Equal([new("A", 3), new("C", 3), new("B", 2), new("D", 1)], profile.ActivityCounts.OrderByDescending(a => a.Count).ThenBy(a => a.Activity, StringComparer.Ordinal));
        Assert.Equal(["A", "C", "B", "D"], profile.ActivityCounts.Select(a => a.Activity));
        Assert.Equal(["ABC 2", "AC 1", "D 1"], profile.TopVariants.Select(v => $"{string.Concat(v.Activities)} {v.Cases}"));
        Assert.Equal(Logs.Monday, profile.First);
        Assert.Equal(Logs.Monday.AddHours(2), profile.Last);
        Assert.Equal(1.5, profile.MedianHours);
    }

    [Theory]
    [InlineData("A", 0.0)]
    [InlineData("A,ABCD", 1.5)]
    [InlineData("ABCD,A,AB", 1.0)]
    public void Profile_Median_IsTheMiddleOrTheMeanOfTheMiddleTwo(string cases, double hours) =>
        Assert.Equal(hours, LogProfile.Of(cases.Split(',').Select(c => Logs.Case("c", c))).MedianHours);

    [Fact]
    public void Profile_EqualToTheDeadline_IsOnTime()
    {
        static LogAttribute Deadline(double hours) => new(XesKeys.Deadline, Logs.Monday.AddHours(hours).ToOffset(TimeSpan.Zero));
        static LogAttribute End(double hours) => new(XesKeys.EndDate, Logs.Monday.AddHours(hours));
        TimeSpan tick = TimeSpan.FromTicks(1);

        LogProfile profile = LogProfile.Of(
        [
            Logs.Case("last event at the deadline", "ABC", Deadline(2)),
            Logs.Case("last event after it", "ABC", new LogAttribute(XesKeys.Deadline, Logs.Monday.AddHours(2) - tick)),
            Logs.Case("end at the deadline, event after it", "ABC", Deadline(1), End(1)),
            Logs.Case("end after it, event before", "ABC", Deadline(3), End(4)),
            Logs.Case("no deadline", "ABC", End(4)),
            Logs.Case("none at all", "ABC"),
        ]);

        Assert.Equal((2, 2, 2), (profile.OnTime, profile.Late, profile.NoDeadline));
    }

    [Fact]
    public void Profile_DeadlineThatIsNotADate_IsRefused()
    {
        var refusal = Assert.Throws<EventLogFormatException>(() => LogProfile.Of([Logs.Case("H.1", "A", new LogAttribute(XesKeys.Deadline, "tomorrow"))]));

        Assert.Equal("the deadline of the case 'H.1' is a string: write it as <date>", refusal.Message);
        Assert.Null(refusal.Line);
    }

    [Fact]
    public void Profile_ActivitiesThatRunTogether_AreDifferentVariants() =>
        Assert.Equal(2, LogProfile.Of(
        [
            new LogTrace("1", [new LogEvent("AB", Logs.Monday), new LogEvent("C", Logs.Monday)]),
            new LogTrace("2", [new LogEvent("A", Logs.Monday), new LogEvent("BC", Logs.Monday)]),
        ]).Variants);

    [Fact]
    public void TopVariants_OfAnyLog_AreThoseOfAFullCount() =>
        Prop.ForAll(Arb.From(Logs.FewActivities), Arb.From(Gen.Choose(0, 6)), (traces, top) =>
        {
            var full = traces.GroupBy(t => string.Concat(t.Events.Select(e => e.Activity)), StringComparer.Ordinal).ToList();
            LogProfile profile = LogProfile.Of(traces, top);

            Assert.Equal(full.Count, profile.Variants);
            Assert.Equal(
                full.OrderByDescending(g => g.Count()).Take(top).Select(g => $"{g.Key} {g.Count()}"),
                profile.TopVariants.Select(v => $"{string.Concat(v.Activities)} {v.Cases}"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(200));
}
