using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Archive;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Archive;

/// <summary>What callers of the engine notice of the archive: nothing.</summary>
public sealed class ArchivingTests : IAsyncLifetime
{
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    private readonly VirtualClock _clock = new(Office.Start);
    private MemoryJournalStore _store = null!;
    private DossierEngine _engine = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await Office.MemoryAsync(_clock);
        _engine = await Office.OpenAsync(_store, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Archive_OfClosedDossiers_TellsHowManyAndChangesNoAnswer()
    {
        var codes = new List<DossierCode>();
        for (var n = 0; n < 250; n++)
        {
            codes.Add(await ClosedAsync($"c{n}"));
        }

        var open = await _engine.AcceptedAsync("open");
        var before = await AnswersAsync();
        var steps = new List<long>();

        Assert.Equal(new ArchivedDossiers(0, 0), await _engine.ArchiveAsync(_clock.GetUtcNow(), cancellationToken: Ct));
        Assert.Equal(new ArchivedDossiers(250, 0), await _engine.ArchiveAsync(_clock.GetUtcNow().AddMilliseconds(1), new Steps(steps), Ct));

        Assert.Equal([100, 200, 250], steps);
        Assert.Equal(before, await AnswersAsync());

        async Task<string> AnswersAsync()
        {
            var shown = new List<string?> { await _engine.JournalHashAsync(Ct), $"{await _engine.CountAsync(Ct)}", Office.Text((await _engine.FindAsync(open, Ct))!) };
            foreach (var code in codes)
            {
                shown.Add(Office.Text((await _engine.FindAsync(code, Ct))!));
                shown.Add(string.Concat((await _engine.HistoryAsync(code, cancellationToken: Ct)).Select(h => Office.Text(h.Events))));
                Assert.Null(await ChainVerification.VerifyAsync(_store, code.Value, Ct));
            }

            return string.Join('\n', shown);
        }
    }

    [Fact]
    public async Task ArchivedDossier_RepeatsItsCommandsAndRefusesNewOnes()
    {
        var code = await ClosedAsync("a");
        await ArchiveAllAsync();
        await using var restarted = await Office.OpenAsync(_store, _clock);

        foreach (var engine in new[] { _engine, restarted })
        {
            var submitted = Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("a")));
            Assert.Equal((code, 1, true), (submitted.Code, submitted.Version, submitted.IsRepeat));
            var finished = Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("finish"), Office.Request("a/finish")));
            Assert.Equal((3, true), (finished.Version, finished.IsRepeat));
            Assert.Equal("open", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("finish"), Office.Request("other"))));
        }

        Assert.Equal(0, await _store.CountClosedAsync(DateTimeOffset.MaxValue, Ct));
    }

    [Fact]
    public async Task DossierInMemory_ClosedAndArchivedByAnotherHost_IsLoadedAndDecidedAgain()
    {
        await using var one = await Office.OpenAsync(new FaultyStore(_store) { IsExclusive = false }, _clock);
        await using var two = await Office.OpenAsync(new FaultyStore(_store) { IsExclusive = false }, _clock);
        var code = await one.AcceptedAsync("a");
        Office.Accepted(await two.ExecuteAsync(code, Office.Fire("finish"), Office.Request("finish")));
        await ArchiveAllAsync();

        // The first host still believes that it works on version 2.
        Assert.Equal("open", Office.Refused(await one.ExecuteAsync(code, Office.Fire("forward"), Office.Request("late"))));
        Assert.True(Office.Accepted(await one.ExecuteAsync(code, Office.Fire("finish"), Office.Request("finish"))).IsRepeat);
        Assert.Equal(3, (await one.FindAsync(code, Ct))!.Version);
    }

    [Fact]
    public async Task ArchiveAfter_MovesWhatClosedLongerAgo()
    {
        await ClosedAsync("early");
        _clock.Advance(TimeSpan.FromDays(20));
        await ClosedAsync("late");
        _clock.Advance(TimeSpan.FromDays(15));
        await using var engine = await Office.OpenAsync(_store, _clock, o => o.ArchiveAfter = s_month);

        await UntilClosedAsync(1);
        _clock.Advance(TimeSpan.FromDays(20));
        await UntilClosedAsync(0);
    }

    [Fact]
    public async Task ArchiveAfter_WhileAnotherHostHasTheLease_MovesNothing()
    {
        await ClosedAsync("a");
        _clock.Advance(s_month + s_month);
        Assert.True(await _store.TakeLeaseAsync(Archiver.LeaseName, "another", TimeSpan.FromDays(365), Ct));
        var asked = new TaskCompletionSource();
        var store = new FaultyStore(_store) { LeaseAsked = _ => asked.TrySetResult() };
        var engine = await Office.OpenAsync(store, _clock, o => o.ArchiveAfter = s_month);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await engine.DisposeAsync();

        Assert.Equal(1, await _store.CountClosedAsync(DateTimeOffset.MaxValue, Ct));
    }

    [Fact]
    public void ArchiveAfter_ThatIsNoTime_IsAMistake()
    {
        foreach (var wrong in new[] { TimeSpan.Zero, TimeSpan.FromDays(-1), TimeSpan.MaxValue })
        {
            Assert.Contains("ArchiveAfter", Assert.Single(new Workflow.Engine.Setup.WorkflowEngineOptions { ArchiveAfter = wrong }.Mistakes()), StringComparison.Ordinal);
        }
    }

    private async Task<DossierCode> ClosedAsync(string id)
    {
        var code = await _engine.AcceptedAsync(id);
        Office.Accepted(await _engine.ExecuteAsync(code, Office.Fire("finish"), Office.Request(id + "/finish")));
        return code;
    }

    private async Task ArchiveAllAsync() => Assert.Equal(0, (await _engine.ArchiveAsync(DateTimeOffset.MaxValue, cancellationToken: Ct)).Remaining);

    // The archiver looks again every ten minutes of the clock, from whenever it has begun to wait.
    private async Task UntilClosedAsync(long remaining)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (await _store.CountClosedAsync(DateTimeOffset.MaxValue, Ct) != remaining)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "It did not come about.");
            _clock.Advance(remaining == 0 ? TimeSpan.FromMinutes(10) : TimeSpan.Zero);
            await Task.Yield();
        }
    }

    private sealed class Steps(List<long> steps) : IProgress<long>
    {
        public void Report(long value) => steps.Add(value);
    }
}
