using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Calendars;

public class CalendarBookTests
{
    private const string Sound = """
        calendar: test
        first-day: 2024-01-01
        last-day: 2024-12-31
        weekend: [saturday, sunday]
        office-hours:
          periods: [07:00-11:30, 13:30-17:00]
        non-working-days:
          - { date: 2024-01-01, name: New Year, source: law }
          - { date: 2024-01-08, name: swapped, source: decision, known-from: 2024-01-03 }
        make-up-days:
          - { date: 2024-01-13, for: 2024-01-08 }
        """;

    [Fact]
    public void Read_SoundFile_KnowsTheMakeUpDayFromTheSameDayAsItsDayOff()
    {
        var book = Read(Sound);
        var before = book.KnownAt(WorkingCalendar.At(new(2024, 1, 2), new(23, 59, 59)));
        var after = book.KnownAt(WorkingCalendar.At(new(2024, 1, 3), new(0, 0)));
        Assert.Equal((true, false), (before.IsWorkingDay(new(2024, 1, 8)), before.IsWorkingDay(new(2024, 1, 13))));
        Assert.Equal((false, true), (after.IsWorkingDay(new(2024, 1, 8)), after.IsWorkingDay(new(2024, 1, 13))));
        Assert.Equal(("test-2024..2024", "test-2024..2024@2024-01-03"), (before.Version, after.Version));
        Assert.Same(book.Latest, after);
    }

    [Fact]
    public void ContentHash_SameMeaning_IsTheSame()
    {
        var reordered = Sound
            .Replace("  - { date: 2024-01-01, name: New Year, source: law }\n", string.Empty, StringComparison.Ordinal)
            .Replace("make-up-days:", "  - { date: 2024-01-01, name: New Year, source: elsewhere } # moved\nmake-up-days:", StringComparison.Ordinal);
        Assert.NotEqual(Sound, reordered);
        Assert.Equal(Read(Sound).ContentHash, Read(reordered).ContentHash);
    }

    [Theory]
    [InlineData("calendar: test", "calendar: other")]
    [InlineData("last-day: 2024-12-31", "last-day: 2025-12-31")]
    [InlineData("[saturday, sunday]", "[sunday, saturday, friday]")]
    [InlineData("11:30", "11:00")]
    [InlineData("known-from: 2024-01-03", "known-from: 2024-01-04")]
    [InlineData("name: New Year", "name: Another Year")]
    [InlineData("date: 2024-01-13", "date: 2024-01-14")]
    public void ContentHash_OtherMeaning_IsAnother(string old, string changed) =>
        Assert.NotEqual(Read(Sound).ContentHash, Read(Sound.Replace(old, changed, StringComparison.Ordinal)).ContentHash);

    [Theory]
    [InlineData("date: 2024-01-08", "date: 2024-01-01", 9, "a second time (first in line 8)")]
    [InlineData("date: 2024-01-13", "date: 2024-01-01", 11, "a second time (first in line 8)")]
    [InlineData("date: 2024-01-01", "date: 2023-12-31", 8, "outside the coverage 2024-01-01 to 2024-12-31")]
    [InlineData("date: 2024-01-13", "date: 2024-01-12", 11, "is a Friday, not a weekend day")]
    [InlineData("for: 2024-01-08", "for: 2024-01-09", 11, "not among the non-working-days")]
    [InlineData("13:30-17:00", "11:00-17:00", 6, "overlap")]
    [InlineData("13:30-17:00", "17:00-13:30", 6, "end before they start")]
    [InlineData("13:30-17:00", "13:30-25:00", 6, "no stretch of office hours")]
    [InlineData("[07:00-11:30, 13:30-17:00]", "[]", 6, "at least one stretch")]
    [InlineData("last-day: 2024-12-31", "last-day: 2023-12-31", 3, "ends before it starts")]
    [InlineData("last-day: 2024-12-31", "last-day: 2224-12-31", 3, "longer than a century")]
    [InlineData("last-day: 2024-12-31", "last-day: 31/12/2024", 3, "not a date")]
    [InlineData("last-day: 2024-12-31", "last-days: 2024-12-31", 3, "no key 'last-days'")]
    [InlineData("known-from", "know-from", 9, "no key 'know-from'")]
    [InlineData("source: law", "sourc: law", 8, "lacks the key 'source'")]
    [InlineData("name: New Year, ", "", 8, "lacks the key 'name'")]
    [InlineData("for: 2024-01-08", "name: x", 11, "lacks the key 'for'")]
    [InlineData("[saturday, sunday]", "[saturday, sundae]", 4, "'sundae' is no day of the week")]
    [InlineData("[saturday, sunday]", "[sunday, sunday]", 4, "twice")]
    [InlineData("[saturday, sunday]", "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]", 1, "no working day")]
    [InlineData("calendar: test", "calendar: Viet Nam", 1, "no calendar code")]
    public void Read_DefectiveFile_NamesTheLine(string old, string changed, int line, string message)
    {
        var text = Sound.Replace(old, changed, StringComparison.Ordinal);
        if (message == "no working day")
        {
            text = text[..text.IndexOf("make-up-days", StringComparison.Ordinal)];
        }

        var refused = Assert.Throws<DefinitionException>(() => Read(text));
        Assert.Contains(refused.Defects, d => d.Place.File == "test.yaml" && d.Place.Line == line && d.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_MakeUpDayForAWeekendOrTwiceForOneDay_IsRefused()
    {
        var weekend = Sound.Replace("2024-01-08", "2024-01-07", StringComparison.Ordinal);
        var twice = Sound + "\n  - { date: 2024-01-14, for: 2024-01-08 }";
        Assert.Contains("nobody has to make up", Assert.Throws<DefinitionException>(() => Read(weekend)).Message, StringComparison.Ordinal);
        Assert.Contains("made up for twice (first in line 11)", Assert.Throws<DefinitionException>(() => Read(twice)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithManyDefects_ReportsThemAllAtOnce()
    {
        var text = Sound
            .Replace("[saturday, sunday]", "[saturday, sundae]", StringComparison.Ordinal)
            .Replace("13:30-17:00", "11:00-17:00", StringComparison.Ordinal)
            .Replace("source: law", "sauce: law", StringComparison.Ordinal)
            .Replace("for: 2024-01-08", "for: 2024-01-09", StringComparison.Ordinal);
        var lines = Assert.Throws<DefinitionException>(() => Read(text)).Defects.Select(d => d.Place.Line);
        Assert.Equal([4, 6, 8, 8, 11], lines);
    }

    private static CalendarBook Read(string text)
    {
        using var reader = new StringReader(text);
        return CalendarBook.Read(reader, "test.yaml");
    }
}
