using System.Text;
using System.Text.RegularExpressions;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Calendars;

public sealed partial class CalendarPublicationTests
{
    private const string Text =
        """
        calendar: test
        first-day: 2020-01-01
        last-day: 2021-12-31
        weekend: [saturday, sunday]
        office-hours: { periods: [07:00-11:30, 13:30-17:00] }
        reception: { saturday-mornings: { saturday: [07:30-11:30] } }
        non-working-days:
          - { date: 2020-01-01, name: Tết, source: s }
        """;

    // Office.Start is Friday 6 November; two working days end with the 10th, or with the 11th when the 10th is off.
    private const string More = Text + "\n  - { date: 2020-11-10, name: lũ, source: QĐ 1, known-from: 2020-11-07 }";

    private static readonly DateTimeOffset s_due = new(2020, 11, 10, 23, 59, 59, TimeSpan.FromHours(7));

    [Fact]
    public async Task GoldenCase_AfterWhatBecameKnownLater_IsPromisedADayLater()
    {
        var clock = new VirtualClock(new DateTimeOffset(2025, 12, 22, 9, 0, 0, TimeSpan.FromHours(7)));
        await using var store = await Office.MemoryAsync(clock);
        var procedure = new ProcedureSet(Office.Define(1, "10 working days"));
        var (before, after) = (Golden(string.Empty), Golden("  - { date: 2026-01-02, name: nghỉ hoán đổi, source: s, known-from: 2025-12-25 }\nmake-up-days:\n  - { date: 2026-01-10, for: 2026-01-02 }"));
        await using var engine = await OpenAsync(store, clock, before, procedure);
        var code = await engine.AcceptedAsync("a");
        Assert.Equal(new DateOnly(2026, 1, 6), DayOfDue(await engine.FindAsync(code)));

        clock.AdvanceTo(new DateTimeOffset(2025, 12, 25, 10, 0, 0, TimeSpan.FromHours(7)));
        var published = await engine.PublishCalendarAsync(after);

        Assert.Equal((1, 1), (published.Dossiers, published.Moved));
        var snapshot = (await engine.FindAsync(code))!;
        Assert.Equal(new DateOnly(2026, 1, 7), DayOfDue(snapshot));
        var history = await engine.HistoryAsync(code);
        var moved = Assert.IsType<PromiseRecomputed>(Assert.Single(history[^1].Events));
        Assert.Equal((before.Version, after.Version), (moved.OldCalendar, moved.Promise.Calendar));
        Assert.Equal("system", history[^1].Actor);
        await IntactAsync(store);

        // The timers follow: near on the 6th, missed with the first moment of the 8th.
        clock.AdvanceTo(new DateTimeOffset(2026, 1, 7, 0, 0, 0, TimeSpan.FromHours(7)));
        await engine.FireDueTimersAsync();
        Assert.Equal(new DateTimeOffset(2026, 1, 8, 0, 0, 0, TimeSpan.FromHours(7)), await store.NextWakeUpAsync(default));
    }

    [Fact]
    public async Task Publication_Repeated_DoesNothingTwice()
    {
        var (engine, store, clock) = await OpenAsync();
        await using (engine)
        {
            var codes = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => engine.AcceptedAsync($"a{i}")));
            await engine.ExecuteAsync(codes[0], Office.Fire("finish"), Office.Request("finish"));
            clock.AdvanceTo(Office.Start.AddDays(1));

            var first = await engine.PublishCalendarAsync(Read(More));
            var again = await engine.PublishCalendarAsync(Read(More));

            Assert.Equal((149, 149), (first.Dossiers, first.Moved));
            Assert.Equal((149, 0), (again.Dossiers, again.Moved));
            Assert.Empty(first.Refused);
            Assert.Equal(s_due, (await engine.FindAsync(codes[0]))!.Clock!.Due);
            Assert.Equal(s_due.AddDays(1), (await engine.FindAsync(codes[1]))!.Clock!.Due);
            await IntactAsync(store);
        }
    }

    [Fact]
    public async Task Publication_ThatBreaksOff_IsFinishedByTheNext()
    {
        var clock = new VirtualClock(Office.Start);
        await using var inner = await Office.MemoryAsync(clock);
        var store = new FaultyStore(inner);
        await using var engine = await OpenAsync(store, clock, Read(Text));
        for (var i = 0; i < 100; i++)
        {
            await engine.AcceptedAsync($"a{i}");
        }

        clock.AdvanceTo(Office.Start.AddDays(1));
        var appends = store.Appends;
        store.Before = number => number > appends + 1 ? throw new StorageFullException("the disk is full") : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageFullException>(() => engine.PublishCalendarAsync(Read(More)).AsTask());
        store.Before = _ => Task.CompletedTask;

        await engine.PublishCalendarAsync(Read(More));

        Assert.Equal(100, await CountRecomputedAsync(engine));
        await IntactAsync(inner);
    }

    [Fact]
    public async Task Engine_OpenedWithAnOlderCalendar_DecidesWithTheStores()
    {
        using var folder = new DataFolder();
        var clock = new VirtualClock(Office.Start.AddDays(1));
        await using (var store = await folder.OpenAsync())
        await using (var engine = await OpenAsync(store, clock, Read(Text)))
        {
            await engine.PublishCalendarAsync(Read(More));
        }

        await using var again = await folder.OpenAsync();
        await using var older = await OpenAsync(again, clock, Read(Text));

        Assert.Equal(Read(More).ContentHash, older.Calendar.ContentHash);
        Assert.True(older.Calendar.Latest.Reception("saturday-mornings")!.IsOpen(new DateTimeOffset(2020, 11, 7, 9, 0, 0, TimeSpan.FromHours(7))));
        Assert.Equal(new DayOff("lũ", DayOffKind.Holiday, "QĐ 1", new DateOnly(2020, 11, 7)), older.Calendar.Latest.DayOffOn(new DateOnly(2020, 11, 10)));
        Assert.Equal(new DateOnly(2020, 11, 11), DayOfDue(await older.FindAsync(await older.AcceptedAsync("a"))));
    }

    [Fact]
    public async Task Calendar_ThatKnowsLessOrContradicts_IsRefused()
    {
        var (engine, store, clock) = await OpenAsync();
        await using (engine)
        {
            clock.AdvanceTo(Office.Start.AddDays(1));
            await engine.PublishCalendarAsync(Read(More));

            await Assert.ThrowsAsync<CalendarConflictException>(() => engine.PublishCalendarAsync(Read(Text)).AsTask());
            Assert.Equal(Read(More).ContentHash, engine.Calendar.ContentHash);
        }

        var other = Read(Text + "\n  - { date: 2020-11-12, name: bão, source: s, known-from: 2020-11-08 }");
        await Assert.ThrowsAsync<CalendarConflictException>(() => OpenAsync(store, clock, other));
    }

    [Fact]
    public async Task Calendar_PublishedByAnEarlierRelease_DoesNotKeepTheEngineFromOpening()
    {
        var clock = new VirtualClock(Office.Start);
        await using var store = await Office.MemoryAsync(clock);
        var older = Read(Text);
        var bytes = """{"code":"test","versions":[]}"""u8.ToArray();
        await store.PublishAsync(new PublishedDefinition(DefinitionKinds.Calendar, older.Code, older.Version, older.ContentHash, Office.Start, bytes), default);

        await using (var same = await OpenAsync(store, clock, older))
        {
            Assert.Same(older, same.Calendar);
        }

        await using var newer = await OpenAsync(store, clock, Read(More));
        Assert.Equal(Read(More).ContentHash, newer.Calendar.ContentHash);
        Assert.Equal(newer.Calendar.ContentHash, (await PublishedCalendars.NewestAsync(store, "test"))!.ContentHash);
    }

    [Fact]
    public async Task DossierOfAnEarlierRelease_IsRebuiltFromItsHistory()
    {
        var clock = new VirtualClock(Office.Start);
        await using var inner = await Office.MemoryAsync(clock);
        DossierCode code;
        await using (var engine = await OpenAsync(inner, clock, Read(Text)))
        {
            code = await engine.AcceptedAsync("a");
        }

        clock.AdvanceTo(Office.Start.AddDays(1));
        var parts = (await inner.LoadAsync(code.Value, default))!;
        var old = CountPart().Replace(Encoding.UTF8.GetString(parts.Snapshot.Data), string.Empty);
        Assert.NotEqual(Encoding.UTF8.GetString(parts.Snapshot.Data), old);
        var store = new FaultyStore(inner) { Loaded = d => d with { Snapshot = d.Snapshot with { Data = Encoding.UTF8.GetBytes(old) } } };
        await using var later = await OpenAsync(store, clock, Read(Text));

        var published = await later.PublishCalendarAsync(Read(More));

        Assert.Equal((1, 1), (published.Dossiers, published.Moved));
        Assert.Empty(published.Refused);
        await IntactAsync(inner);
    }

    [GeneratedRegex(",\"count\":\\{[^}]*\\}", RegexOptions.NonBacktracking)]
    private static partial Regex CountPart();

    private static async Task<(DossierEngine Engine, MemoryJournalStore Store, VirtualClock Clock)> OpenAsync()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        return (await OpenAsync(store, clock, Read(Text)), store, clock);
    }

    private static async Task<DossierEngine> OpenAsync(IJournalStore store, TimeProvider clock, CalendarBook calendar, ProcedureSet? procedures = null) =>
        await DossierEngine.OpenAsync(
            store, procedures ?? new ProcedureSet(Office.Procedure), Office.Units, calendar, clock, new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false });

    private static async Task IntactAsync(MemoryJournalStore store)
    {
        await foreach (var head in store.ReadChainHeadsAsync(default))
        {
            Assert.Null(await ChainVerification.VerifyAsync(store, head.Code));
        }
    }

    private static async Task<int> CountRecomputedAsync(DossierEngine engine)
    {
        var count = 0;
        await foreach (var entry in engine.ReadJournalAsync())
        {
            count += entry.Events.OfType<PromiseRecomputed>().Count();
        }

        return count;
    }

    private static DateOnly DayOfDue(Workflow.Core.Dossiers.DossierSnapshot? snapshot) => WorkingCalendar.DayOf(snapshot!.Clock!.Due);

    private static CalendarBook Golden(string more) => Read($"calendar: vn\nfirst-day: 2025-01-01\nlast-day: 2026-12-31\nweekend: [saturday, sunday]\noffice-hours: {{ periods: [07:00-11:30] }}\nnon-working-days:\n  - {{ date: 2026-01-01, name: Tết, source: s }}\n{more}");

    private static CalendarBook Read(string text) => CalendarBook.Read(new StringReader(text), "test.yaml");
}
