using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Migrations;
using Workflow.Core.Procedures;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Migrations;

/// <summary>What a change of the law while dossiers run comes to, on every store.</summary>
public abstract class MigrationContract : IAsyncLifetime
{
    internal const string Ground = "Law on Civil Status Art 76";

    // Version 2 knows no Review; reviews become Checking.
    private static readonly Procedure s_second = Second();

    private readonly VirtualClock _clock = new(Office.Start);
    private IJournalStore _inner = null!;
    private FaultyStore _store = null!;
    private DossierEngine _engine = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal abstract ValueTask<IJournalStore> OpenStoreAsync(TimeProvider clock);

    public async ValueTask InitializeAsync()
    {
        _inner = await OpenStoreAsync(_clock);
        _store = new FaultyStore(_inner);
        _engine = await Office.OpenAsync(_store, _clock);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _inner.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task PublishedVersion_IsUsedByLaterSubmissionsAndRunningDossiersKeepTheirs()
    {
        var running = await _engine.AcceptedAsync("a");
        await _engine.PublishAsync([s_second], Ct);
        var later = await _engine.AcceptedAsync("b");

        Assert.Equal((1, 2), (await VersionOf(running), await VersionOf(later)));
        Office.Accepted(await _engine.ExecuteAsync(running, Office.Fire("forward"), Office.Request("f")));
        Assert.Equal("permitted", Office.Refused(await _engine.ExecuteAsync(later, Office.Fire("forward"), Office.Request("f"))));
    }

    [Fact]
    public async Task PublishedVersion_WithOtherContent_IsRefusedAndNothingIsPublished()
    {
        await Assert.ThrowsAsync<DefinitionConflictException>(async () => await _engine.PublishAsync([s_second, Office.Define(1, "9 working days")], Ct));

        Assert.Null(_engine.Procedures.Find("T.1", 2));
        Assert.Single(await _store.ReadDefinitionsAsync(DefinitionKinds.Procedure, Ct));
        await _engine.PublishAsync([s_second], Ct);
        await _engine.PublishAsync([s_second], Ct);
        Assert.Equal(2, (await _store.ReadDefinitionsAsync(DefinitionKinds.Procedure, Ct)).Count);
    }

    [Fact]
    public async Task DryRun_SaysOfEveryDossierWhetherItCanMove_AndChangesNothing()
    {
        var (working, review, _) = await FileAsync();
        var hash = await _engine.JournalHashAsync(Ct);

        var previews = await _engine.PreviewMigrationAsync(Plan(("Review", "Checking")), Actor.System, Ct).ToListAsync(Ct);

        Assert.Equal([working, review], previews.Where(p => p.IsMovable).Select(p => p.Code));
        Assert.Equal("Checking", previews[1].After!.State);
        Assert.Equal(["state-mapped"], previews.Single(p => !p.IsMovable).Unmet.Select(u => u.Name));
        Assert.Equal(hash, await _engine.JournalHashAsync(Ct));
    }

    [Fact]
    public async Task Batch_Applied_MovesWhatCanMoveAndRecordsItsGround_AndTakenBackLeavesAllAsItWas()
    {
        var codes = await FileAsync();
        var before = await SnapshotsAsync(codes);
        var plan = Plan(("Review", "Checking"));
        var batch = await _engine.NextBatchAsync(plan, Ct);

        var applied = await _engine.MigrateAsync(plan, batch, Office.Clerk, Ct).ToListAsync(Ct);

        Assert.Equal((2, 1), (applied.Count(p => p.IsMovable), applied.Count(p => !p.IsMovable)));
        Assert.Equal((2, 2, 1), (await VersionOf(codes.Working), await VersionOf(codes.Review), await VersionOf(codes.Parked)));
        var entry = (await _engine.HistoryAsync(codes.Review, 4, cancellationToken: Ct))[0];
        Assert.Equal((Ground, batch, Office.Clerk.Id), (((DossierMigrated)entry.Events[0]).Ground, ((DossierMigrated)entry.Events[0]).Batch, entry.Actor));

        // Also by what the store holds, after a restart.
        await RestartAsync();
        Assert.Equal("Checking", (await _engine.FindAsync(codes.Review, Ct))!.State);
        var takenBack = await _engine.TakeBackAsync(batch, Office.Clerk, cancellationToken: Ct).ToListAsync(Ct);
        Assert.All(takenBack, p => Assert.True(p.IsMovable));
        Assert.Equal(before, await SnapshotsAsync(codes));
        Assert.Null(await ChainVerification.VerifyAsync(_store, codes.Review.Value, Ct));

        // Again is nothing more, and a new move is a batch of its own.
        var hash = await _engine.JournalHashAsync(Ct);
        Assert.Equal(2, (await _engine.TakeBackAsync(batch, Office.Clerk, cancellationToken: Ct).ToListAsync(Ct)).Count(p => p.IsMovable));
        Assert.Equal(hash, await _engine.JournalHashAsync(Ct));
        Assert.Equal(["batch", "batch", "state-mapped"], (await _engine.MigrateAsync(plan, batch, Office.Clerk, Ct).ToListAsync(Ct)).Select(p => p.Unmet[0].Name));
        Assert.Equal(plan.BatchId(2), await _engine.NextBatchAsync(plan, Ct));
        Assert.Equal(2, (await _engine.MigrateAsync(plan, plan.BatchId(2), Office.Clerk, Ct).ToListAsync(Ct)).Count(p => p.IsMovable));
    }

    [Fact]
    public async Task Dossier_ThatWentOnOrEnded_IsNotTakenBackAndSaysWhy()
    {
        var ended = await _engine.AcceptedAsync("ended");
        var codes = await FileAsync();
        var plan = Plan(("Review", "Checking"));
        await _engine.MigrateAsync(plan, "b", Actor.System, Ct).ToListAsync(Ct);
        Office.Accepted(await _engine.ExecuteAsync(codes.Review, Office.Fire("back"), Office.Request("on")));
        Office.Accepted(await _engine.ExecuteAsync(ended, Office.Fire("finish"), Office.Request("end")));

        var takenBack = await _engine.TakeBackAsync("b", Actor.System, cancellationToken: Ct).ToListAsync(Ct);

        Assert.Equal(
            [(ended, "open"), (codes.Working, ""), (codes.Review, "not-gone-on")],
            takenBack.Select(p => (p.Code, string.Join(' ', p.Unmet.Select(u => u.Name)))));
        Assert.Equal((1, 2), (await VersionOf(codes.Working), await VersionOf(codes.Review)));
    }

    [Fact]
    public async Task Batch_BrokenOffHalfWay_GoesOnUnderTheSameIdAndMovesNothingTwice()
    {
        var codes = await AcceptedAsync(300);

        await _engine.PublishAsync([s_second], Ct);
        var plan = Plan();
        var batch = await _engine.NextBatchAsync(plan, Ct);
        var commits = _store.Appends;
        _store.Before = n => n > commits + 1 ? throw new StorageFullException("full", new IOException()) : Task.CompletedTask;
        await Assert.ThrowsAsync<StorageFullException>(async () => await _engine.MigrateAsync(plan, batch, Actor.System, Ct).ToListAsync(Ct));

        _store.Before = _ => Task.CompletedTask;
        await RestartAsync();
        Assert.InRange(await CountAsync(codes, 2), 1, 299);
        Assert.Equal(batch, await _engine.NextBatchAsync(plan, Ct));
        await _engine.MigrateAsync(plan, batch, Actor.System, Ct).ToListAsync(Ct);

        Assert.Equal(300, await CountAsync(codes, 2));
        foreach (var code in codes)
        {
            Assert.Single((await _engine.HistoryAsync(code, cancellationToken: Ct)).SelectMany(h => h.Events).OfType<DossierMigrated>());
        }
    }

    [Fact]
    public async Task MoveWhoseAnswerIsLost_IsDoneOnce()
    {
        var code = await _engine.AcceptedAsync("a");
        await _engine.PublishAsync([s_second], Ct);
        var lost = 0;
        _store.After = _ => Interlocked.Increment(ref lost) == 1 ? throw new StorageUnavailableException("connection lost") : Task.CompletedTask;

        var moved = Assert.Single(await _engine.MigrateAsync(Plan(), "b", Actor.System, Ct).ToListAsync(Ct));

        Assert.True(moved.IsMovable);
        Assert.Equal((2, 3), (await VersionOf(code), (await _engine.FindAsync(code, Ct))!.Version));
    }

    [Fact]
    public async Task CommandsMeanwhile_TakeTurnsWithTheMoveAndNoneIsLost()
    {
        var codes = await AcceptedAsync(40);

        await _engine.PublishAsync([s_second], Ct);
        var plan = Plan(("Review", "Checking"));
        // Each first commit of a batch lets the dossiers' own commands in.
        var others = new List<Task<CommandResult>>();
        var given = 0;
        _store.Before = _ =>
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
            {
                others.AddRange(codes.Select((code, i) => _engine.ExecuteAsync(code, Office.Fire(i % 2 == 0 ? "finish" : "park"), Office.Request("other")).AsTask()));
            }

            return Task.CompletedTask;
        };

        var outcomes = await _engine.MigrateAsync(plan, "b", Actor.System, Ct).ToListAsync(Ct);
        var results = await Task.WhenAll(others);

        Assert.Equal(40, outcomes.Count);
        foreach (var (code, i) in codes.Select((c, i) => (c, i)))
        {
            var dossier = (await _engine.FindAsync(code, Ct))!;
            var history = (await _engine.HistoryAsync(code, cancellationToken: Ct)).SelectMany(h => h.Events).ToList();
            Assert.Equal(outcomes[i].IsMovable, history.OfType<DossierMigrated>().Any());
            Assert.Equal(outcomes[i].IsMovable ? 2 : 1, dossier.ProcedureVersion);
            // Version 2 parks nothing; what was parked before the move stays where it was.
            Assert.True(results[i] is CommandResult.Accepted || (dossier.ProcedureVersion == 2 && Office.Refused(results[i]) == "permitted"), $"{results[i]}");
        }
    }

    [Fact]
    public async Task MigratedDossiers_ReplayedFromTheirJournal_EqualTheLiveState()
    {
        var codes = await FileAsync();
        await _engine.MigrateAsync(Plan(("Review", "Checking")), "b", Actor.System, Ct).ToListAsync(Ct);
        Office.Accepted(await _engine.ExecuteAsync(codes.Review, Office.Fire("back"), Office.Request("on")));
        await _engine.TakeBackAsync("b", Actor.System, cancellationToken: Ct).ToListAsync(Ct);

        foreach (var code in (DossierCode[])[codes.Working, codes.Review, codes.Parked])
        {
            Dossier? replayed = null;
            foreach (var row in await _store.ReadHistoryAsync(code.Value, 1, 1_000, Ct))
            {
                var events = DossierJson.ReadRecorded(row.Data, row.Personal).Events;
                replayed = replayed is null ? Dossier.Create(Office.Procedure, events, row.OccurredAt) : replayed.Apply(events, row.OccurredAt, v => _engine.Procedures.Find(v.Code, v.Number));
            }

            Assert.Equal(Office.Text((await _engine.FindAsync(code, Ct))!), Office.Text(replayed!.ToSnapshot()));
        }
    }

    [Fact]
    public async Task Migration_ThatTheEngineCannotDo_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _engine.PreviewMigrationAsync(Plan(), Actor.System, Ct).ToListAsync(Ct));
        await _engine.PublishAsync([s_second], Ct);
        var noGround = new MigrationPlan(Office.Procedure, s_second, new StateMapping("T.1", 1, 2, " "));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _engine.MigrateAsync(noGround, "b", Actor.System, Ct).ToListAsync(Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _engine.MigrateAsync(Plan(), new string('b', 101), Actor.System, Ct).ToListAsync(Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _engine.TakeBackAsync("", Actor.System, cancellationToken: Ct).ToListAsync(Ct));
    }

    private static Procedure Second()
    {
        var builder = new ProcedureBuilder("T.1", 2).Limit("5 working days").Field("note", FieldType.Text).Field("name", FieldType.Text, personal: true);
        builder.Configure("Filed").Permit("accept", "Working");
        builder.Configure("Working").Permit("check", "Checking").Permit("finish", "Done");
        builder.Configure("Checking").Permit("back", "Working");
        builder.Configure("Done").AsFinal();
        return builder.Build();
    }

    private static MigrationPlan Plan(params (string From, string To)[] states) =>
        new(Office.Procedure, s_second, new StateMapping("T.1", 1, 2, Ground) { States = [.. states.Select(s => new MappedState(s.From, s.To))] });

    // One dossier in each of three states, and version 2 published.
    private async Task<(DossierCode Working, DossierCode Review, DossierCode Parked)> FileAsync()
    {
        var codes = (await _engine.AcceptedAsync("w"), await _engine.AcceptedAsync("r"), await _engine.AcceptedAsync("p"));
        Office.Accepted(await _engine.ExecuteAsync(codes.Item2, Office.Fire("forward"), Office.Request("r/forward")));
        Office.Accepted(await _engine.ExecuteAsync(codes.Item3, Office.Fire("park"), Office.Request("p/park")));
        await _engine.PublishAsync([s_second], Ct);
        return codes;
    }

    private async Task RestartAsync()
    {
        await _engine.DisposeAsync();
        _engine = await Office.OpenAsync(_store, _clock, procedures: new ProcedureSet([Office.Procedure, s_second]));
    }

    private async Task<int> VersionOf(DossierCode code) => (await _engine.FindAsync(code, Ct))!.ProcedureVersion;

    // In code order.
    private async Task<DossierCode[]> AcceptedAsync(int count)
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, count).Select(i => _engine.AcceptedAsync($"c{i}")));
        return [.. codes.OrderBy(c => c.Value, StringComparer.Ordinal)];
    }

    private async Task<int> CountAsync(DossierCode[] codes, int version)
    {
        var count = 0;
        foreach (var code in codes)
        {
            count += await VersionOf(code) == version ? 1 : 0;
        }

        return count;
    }

    private async Task<List<string>> SnapshotsAsync((DossierCode Working, DossierCode Review, DossierCode Parked) codes)
    {
        var texts = new List<string>();
        foreach (var code in (DossierCode[])[codes.Working, codes.Review, codes.Parked])
        {
            texts.Add(Office.Text((await _engine.FindAsync(code, Ct))! with { Version = 0, LastOccurredAt = default }));
        }

        return texts;
    }
}
