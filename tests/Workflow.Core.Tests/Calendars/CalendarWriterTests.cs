using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Calendars;

public class CalendarWriterTests
{
    private const string Text =
        """
        calendar: vn
        first-day: 2025-12-01
        last-day: 2026-12-31
        weekend: [saturday, sunday]
        office-hours: { periods: [07:00-11:30, 13:30-17:00] }
        reception:
          saturday-mornings: { saturday: [07:30-11:30] }
          evenings: { monday: [17:00-19:00], wednesday: [17:00-18:00, 18:30-19:00] }
        non-working-days:
          - { date: 2026-01-01, name: "Tết: 1/1", source: Labour Code }
          - { date: 2026-01-02, name: nghỉ hoán đổi, source: "a: b", known-from: 2025-12-25 }
          - { date: 2026-04-27, name: nghỉ bù, source: s, kind: compensatory }
        make-up-days:
          - { date: 2026-01-10, for: 2026-01-02 }
        """;

    [Fact]
    public void Write_AndRead_IsTheSameCalendar()
    {
        foreach (var book in new[] { Read(Text), Repository.Vietnam })
        {
            var writer = new StringWriter();
            book.Write(writer);
            var again = Read(writer.ToString());

            Assert.Equal((book.ContentHash, book.Version), (again.ContentHash, again.Version));
            for (var day = book.Latest.FirstDay; day <= book.Latest.LastDay; day = day.AddDays(1))
            {
                Assert.Equal(book.Latest.DayOffOn(day), again.Latest.DayOffOn(day));
                Assert.Equal(book.Latest.MadeUpFor(day), again.Latest.MadeUpFor(day));
            }
        }
    }

    [Fact]
    public void DaysOff_KeepTheirKindAndSource()
    {
        var book = Read(Text);

        Assert.Equal(new DayOff("nghỉ hoán đổi", DayOffKind.Swapped, "a: b", new DateOnly(2025, 12, 25)), book.Latest.DayOffOn(new DateOnly(2026, 1, 2)));
        Assert.Equal(DayOffKind.Compensatory, book.Latest.DayOffOn(new DateOnly(2026, 4, 27))!.Kind);
        Assert.Equal(new DateOnly(2026, 1, 2), book.Latest.MadeUpFor(new DateOnly(2026, 1, 10)));
        Assert.Null(book.Versions[0].MadeUpFor(new DateOnly(2026, 1, 10)));
        Assert.True(book.Latest.Reception("evenings")!.IsOpen(WorkingCalendar.At(new DateOnly(2026, 1, 7), new TimeOnly(18, 45))));
        Assert.Null(book.Latest.Reception("sundays"));
    }

    [Fact]
    public void ContentHash_OfOtherReceptionHours_Differs() =>
        Assert.NotEqual(Read(Text).ContentHash, Read(Text.Replace("18:30-19:00", "18:30-19:30", StringComparison.Ordinal)).ContentHash);

    [Theory]
    [InlineData("saturday: [07:30-11:30]", "saturday: [11:30-07:30]", "end before they start")]
    [InlineData("saturday: [07:30-11:30]", "samstag: [07:30-11:30]", "saturday, sunday")]
    [InlineData("{ saturday: [07:30-11:30] }", "{ }", "no hours")]
    [InlineData("kind: compensatory", "kind: free", "one of: holiday, compensatory")]
    public void Reception_WithAMistake_IsADefectThatSaysHowToMendIt(string part, string wrong, string message)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        var fault = Assert.Throws<DefinitionException>(() => Read(Text.Replace(part, wrong, StringComparison.Ordinal)));
        Assert.Contains(fault.Defects, d => d.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Calendar_ThatKnowsLessOrOtherwise_CannotFollow()
    {
        var book = Read(Text);
        Assert.Null(book.FaultAfter(book));
        var later = Read(Text.Replace("make-up-days:", "  - { date: 2026-05-18, name: lũ, source: s, known-from: 2026-02-01 }\nmake-up-days:", StringComparison.Ordinal));
        Assert.Null(later.FaultAfter(book));
        Assert.Contains("lacks what was decided on 2026-02-01", book.FaultAfter(later), StringComparison.Ordinal);
        Assert.Contains("known-from", Read(Text.Replace("Tết: 1/1", "Tết", StringComparison.Ordinal)).FaultAfter(book), StringComparison.Ordinal);
        Assert.Contains("cover these days", Read(Text.Replace("2026-12-31", "2026-11-30", StringComparison.Ordinal)).FaultAfter(book), StringComparison.Ordinal);
        Assert.Contains("of that code", Read(Text.Replace("calendar: vn", "calendar: lao", StringComparison.Ordinal)).FaultAfter(book), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - { date: 2026-01-10, for: 2026-01-02 }", "  - { date: 2026-02-07, for: 2026-05-18 }", "lacks the make-up day 2026-01-10 for 2026-01-02")]
    [InlineData("date: 2026-01-10, for", "date: 2026-01-17, for", "lacks the make-up day 2026-01-10 for 2026-01-02")]
    [InlineData("make-up-days:", "make-up-days:\n  - { date: 2026-05-09, for: 2026-04-27 }", "adds the make-up day 2026-05-09 for 2026-04-27")]
    [InlineData("name: nghỉ bù, source: s", "name: nghỉ bù, source: s, known-from: 2026-02-01", "2026-04-27, nghỉ bù, that it is known from 2026-02-01, and vn-2025-12-01..2026-12-31@2025-12-25 from the beginning")]
    public void Calendar_ThatAltersThePastBesideANewDecision_CannotFollow(string part, string altered, string message)
    {
        var book = Read(Text);
        var later = Text.Replace(part, altered, StringComparison.Ordinal)
            .Replace("make-up-days:", "  - { date: 2026-05-18, name: lũ, source: s, known-from: 2026-02-01 }\nmake-up-days:", StringComparison.Ordinal);

        Assert.Contains(message, Read(later).FaultAfter(book), StringComparison.Ordinal);
    }

    [Fact]
    public void DayOff_ThatIsNew_IsKnownFromThePublication()
    {
        var book = Read(Text);
        var more = Text.Replace("make-up-days:", "  - { date: 2026-05-18, name: lũ, source: s }\nmake-up-days:", StringComparison.Ordinal);

        var published = Read(more).Following(book, new DateOnly(2026, 5, 10));

        Assert.Null(published.FaultAfter(book));
        Assert.Equal("vn-2025-12-01..2026-12-31@2026-05-10", published.Version);
        Assert.True(published.KnownAt(WorkingCalendar.At(new DateOnly(2026, 5, 9), new TimeOnly(12, 0))).IsWorkingDay(new DateOnly(2026, 5, 18)));
        Assert.Equal(published.ContentHash, Read(more).Following(published, new DateOnly(2026, 6, 1)).ContentHash);
        Assert.Same(book, book.Following(book, new DateOnly(2026, 5, 10)));
        Assert.Contains("lacks 2026-04-27", Read(Text.Replace("2026-04-27", "2026-04-28", StringComparison.Ordinal)).FaultAfter(book), StringComparison.Ordinal);
    }

    private static CalendarBook Read(string text) => CalendarBook.Read(new StringReader(text), "vn.yaml");
}
