using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests.Outbox;

public sealed class SubscriberTests
{
    private static readonly string[] s_round = ["accept", "forward", "back", "forward", "back"];

    [Fact]
    public async Task Deliveries_OfOneDossier_ComeInOrderWhileDossiersGoSideBySide()
    {
        await using var office = await OutboxOffice.OpenAsync(o => o.Delivery.PageLength = 25);
        var codes = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            codes.Add(await office.DossierAsync($"d{i}", s_round));
        }

        // The first two requests wait for each other: they are under way at once.
        var (arrived, both) = (0, new TaskCompletionSource());
        office.Endpoint.Answer = async (received, stream, ct) =>
        {
            if (Interlocked.Increment(ref arrived) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(ct);
            await Endpoint.Status(200)(received, stream, ct);
        };

        Assert.Equal(72, await office.Engine.DeliverAsync());
        Assert.All(codes, c => Assert.Equal([1, 2, 3, 4, 5, 6], office.Endpoint.VersionsOf(c)));
        Assert.Equal(0, (await office.ReportAsync()).Lag);
        Assert.Equal(0, await office.Engine.DeliverAsync());
    }

    [Fact]
    public async Task RefusedDelivery_IsParkedAndHoldsUpItsDossierAlone_AndRetriedAllFollowsInOrder()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var (poisoned, other) = (await office.DossierAsync("a", "accept", "forward"), await office.DossierAsync("b", "accept"));
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Code == poisoned && r.Version == 2 ? 400 : 200)(r, s, ct);

        await office.Engine.DeliverAsync();
        await office.FireAsync(poisoned, "back");
        await office.FireAsync(other, "forward");
        await office.Engine.DeliverAsync();

        Assert.Equal([1, 2], office.Endpoint.VersionsOf(poisoned));
        Assert.Equal([1, 2, 3], office.Endpoint.VersionsOf(other));
        var owed = Assert.Single((await office.ReportAsync()).Owed);
        Assert.Equal((poisoned, 2, 1, true, "answered 400"), (owed.Code, owed.Version, owed.Attempts, owed.IsParked, owed.LastError));
        Assert.Equal(0, (await office.ReportAsync()).Lag);

        office.Endpoint.Answer = Endpoint.Status(200);
        Assert.Equal(1, await office.Engine.Subscribers.RetryAsync(OutboxOffice.Name, poisoned));
        await office.Engine.DeliverAsync();
        await office.FireAsync(poisoned, "forward");
        await office.Engine.DeliverAsync();

        Assert.Equal([1, 2, 2, 3, 4, 5], office.Endpoint.VersionsOf(poisoned));
        Assert.Empty((await office.ReportAsync()).Owed);
    }

    [Fact]
    public async Task ParkedDelivery_Skipped_IsNeverMadeAndWhatFollowsIs()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var poisoned = await office.DossierAsync("a", "accept", "forward");
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Version == 2 ? 422 : 200)(r, s, ct);
        await office.Engine.DeliverAsync();

        Assert.Equal(1, await office.Engine.Subscribers.RetryAsync(OutboxOffice.Name, poisoned, skip: true));
        await office.Engine.DeliverAsync();

        Assert.Equal([1, 2, 3], office.Endpoint.VersionsOf(poisoned));
        Assert.Empty((await office.ReportAsync()).Owed);
        Assert.Null(await office.Engine.Subscribers.RetryAsync("nobody"));
    }

    [Fact]
    public async Task FailingDelivery_IsTriedLaterAndLater_AndParkedAtLast()
    {
        await using var office = await OutboxOffice.OpenAsync(o => o.Delivery.MostAttempts = 3);
        var failing = await office.DossierAsync("a");
        var other = await office.DossierAsync("b", "accept");
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Code == failing ? 500 : 200)(r, s, ct);

        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await office.FireAsync(other, attempt % 2 == 0 ? "back" : "forward");
            await office.Engine.DeliverAsync();
            var owed = Assert.Single((await office.ReportAsync()).Owed);
            Assert.Equal((attempt, attempt == 3), (owed.Attempts, owed.IsParked));
            waits.Add(owed.NextAttemptAt - office.Real.GetUtcNow());
        }

        Assert.Equal(waits.Order(), waits);
        Assert.True(waits[1] > 2 * waits[0], $"{waits[0]}, then {waits[1]}");
        await office.Engine.DeliverAsync();
        Assert.Equal(3, office.Endpoint.VersionsOf(failing).Count());
        Assert.Null((await office.ReportAsync()).Standing.RestsUntil);
    }

    [Fact]
    public async Task DeliveryThatAlwaysTimesOut_WhileOthersAreTaken_IsItsDossiersTrouble()
    {
        string? silent = null;
        var (entered, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var office = await OutboxOffice.OpenAsync(o => o.Subscribers.Add(new InProcessSubscriber("feed", (delivery, ct) =>
        {
            // What is taken is taken before the last one is entered, so that time runs out for the silent one alone.
            if (Interlocked.Increment(ref entered) == 21)
            {
                all.SetResult();
            }

            return delivery.Entry.Code.Value == silent ? new ValueTask(Task.Delay(Timeout.Infinite, ct)) : ValueTask.CompletedTask;
        })));
        silent = await office.DossierAsync("a");
        for (var i = 0; i < 20; i++)
        {
            await office.DossierAsync($"b{i}");
        }

        var delivered = office.Engine.DeliverAsync("feed").AsTask();
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await MovedUntilAsync(office, delivered);

        Assert.Equal(20, await delivered);
        var report = (await office.Engine.Subscribers.ListAsync()).Single(s => s.Name == "feed");
        var owed = Assert.Single(report.Owed);
        Assert.Equal((silent, 1, false, "took longer than 10 s"), (owed.Code, owed.Attempts, owed.IsParked, owed.LastError));
        Assert.Null(report.Standing.RestsUntil);
    }

    [Fact]
    public async Task CrashBetweenDeliveryAndCursor_DeliversAgainUnderTheSameKeyWithTheSameBody()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var code = await office.DossierAsync("a", "accept");
        var faulty = new FaultyStore(office.Store) { BeforeRound = _ => throw new StorageUnavailableException("cut") };
        await using (var crashing = await office.OpenEngineAsync(faulty))
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(async () => await crashing.DeliverAsync());
        }

        Assert.Equal([1, 2], office.Endpoint.VersionsOf(code));
        Assert.Equal(2, await office.Engine.DeliverAsync());

        var received = office.Endpoint.Received;
        Assert.Equal([1, 2, 1, 2], received.Select(r => r.Version));
        Assert.Equal((received[0].Id, received[1].Id), (received[2].Id, received[3].Id));
        Assert.Equal(received[0].Body, received[2].Body);
    }

    [Fact]
    public async Task CrashBeforeATroubledDossierIsSaved_LosesNothingOfIt()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var (poisoned, other) = (await office.DossierAsync("a", "accept"), await office.DossierAsync("b", "accept"));
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Code == poisoned && r.Version == 2 ? 400 : 200)(r, s, ct);
        var faulty = new FaultyStore(office.Store) { BeforeRound = _ => throw new StorageUnavailableException("cut") };
        await using (var crashing = await office.OpenEngineAsync(faulty))
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(async () => await crashing.DeliverAsync());
        }

        office.Endpoint.Answer = Endpoint.Status(200);
        await office.Engine.DeliverAsync();
        Assert.Equal([1, 2, 1, 2], office.Endpoint.VersionsOf(poisoned));
        Assert.Equal([1, 2, 1, 2], office.Endpoint.VersionsOf(other));
    }

    [Fact]
    public async Task SubscriberThatIsDownForADay_RestsAndCatchesUpWhileCommandsGoOn()
    {
        await using var office = await OutboxOffice.OpenAsync(o =>
        {
            o.BackgroundFollowers = true;
            o.Delivery.PageLength = 10;
            o.Delivery.TimeLimit = TimeSpan.FromDays(30);
        });
        office.Endpoint.Answer = Endpoint.Status(503);
        var codes = new List<string> { await office.DossierAsync("first", "accept") };
        await office.Endpoint.UntilAsync(r => r.Count > 0);
        for (var hour = 0; hour < 24; hour++)
        {
            codes.Add(await office.DossierAsync($"d{hour}", "accept"));
            office.Real.Advance(TimeSpan.FromHours(1));
        }

        // Down, so nothing is held against any dossier.
        Assert.Empty((await office.ReportAsync()).Owed);

        office.Endpoint.Answer = Endpoint.Status(200);
        var wanted = codes.ToArray();
        var before = office.Endpoint.Received.Count;
        var all = office.Endpoint.UntilAsync(r => Array.TrueForAll(wanted, c => r.Skip(before).Any(x => x.Code == c && x.Version == 2)));
        await MovedUntilAsync(office, all);
        codes.Add(await office.DossierAsync("last", "accept"));
        var last = codes[^1];
        await office.Endpoint.UntilAsync(r => r.Any(x => x.Code == last && x.Version == 2));

        Assert.All(codes, c => Assert.Equal([1, 2], office.Endpoint.VersionsOf(c).TakeLast(2)));
    }

    [Fact]
    public async Task DownSubscriber_RestsLongerEachTimeAndAsLongAsItAsks()
    {
        await using var office = await OutboxOffice.OpenAsync();
        await office.DossierAsync("a", "accept");
        office.Endpoint.Answer = Endpoint.Status(503);
        await office.Engine.DeliverAsync();
        var first = (await office.ReportAsync()).Standing;
        await office.Engine.DeliverAsync();
        var second = (await office.ReportAsync()).Standing;
        office.Endpoint.Answer = Endpoint.Status(429, "Retry-After: 3600");
        await office.Engine.DeliverAsync();
        var third = (await office.ReportAsync()).Standing;

        Assert.Equal((1, 2, 3), (first.Failures, second.Failures, third.Failures));
        Assert.True(second.RestsUntil > first.RestsUntil);
        Assert.Equal(office.Real.GetUtcNow().AddHours(1), third.RestsUntil);
        Assert.Equal("answered 429", third.LastError);

        office.Endpoint.Answer = Endpoint.Status(200);
        await office.Engine.DeliverAsync();
        Assert.Equal(SubscriberStanding.Well, (await office.ReportAsync()).Standing);
    }

    [Fact]
    public async Task SubscriberThatIsGone_IsPausedUntilItIsRetried()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var code = await office.DossierAsync("a", "accept");
        office.Endpoint.Answer = Endpoint.Status(410);
        await office.Engine.DeliverAsync();
        await office.Engine.DeliverAsync();

        Assert.Single(office.Endpoint.Received);
        Assert.Equal("answered 410", (await office.ReportAsync()).Standing.Paused);

        office.Endpoint.Answer = Endpoint.Status(200);
        await office.Engine.Subscribers.RetryAsync(OutboxOffice.Name);
        await office.Engine.DeliverAsync();
        Assert.Equal([1, 1, 2], office.Endpoint.VersionsOf(code));
    }

    [Fact]
    public async Task Subscriber_AddedAndRemovedWhileTheEngineRuns_IsServedAndLeft()
    {
        await using var office = await OutboxOffice.OpenAsync(o => o.BackgroundFollowers = true);
        var early = await office.DossierAsync("a", "accept");
        await using var late = new Endpoint();
        await using var whole = new Endpoint();
        await office.Engine.Subscribers.AddAsync(new WebhookSubscriber("late", late.Url, [OutboxOffice.Secret]));
        await office.Engine.Subscribers.AddAsync(new WebhookSubscriber("whole", whole.Url, [OutboxOffice.Secret]), fromStart: true);
        var next = await office.DossierAsync("b");

        await whole.UntilAsync(r => r.Count == 3);
        await late.UntilAsync(r => r.Count == 1);
        Assert.Equal([1, 2], whole.VersionsOf(early));
        Assert.Equal([next], late.Received.Select(r => r.Code));

        Assert.True(await office.Engine.Subscribers.RemoveAsync("late"));
        Assert.False(await office.Engine.Subscribers.RemoveAsync("late"));
        await office.DossierAsync("c");
        await whole.UntilAsync(r => r.Count == 4);
        Assert.Single(late.Received);
    }

    [Fact]
    public async Task Hosts_OnOneStore_ServeASubscriberOneAtATime()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var shared = new FaultyStore(office.Store) { IsExclusive = false };
        var first = await office.OpenEngineAsync(shared);
        await using var second = await office.OpenEngineAsync(shared);
        await office.DossierAsync("a", "accept");

        Assert.Equal(2, await first.DeliverAsync());
        await office.DossierAsync("b");
        Assert.Equal(0, await second.DeliverAsync());
        Assert.Equal(2, office.Endpoint.Received.Count);

        await first.DisposeAsync();
        Assert.Equal(1, await second.DeliverAsync());
        Assert.Equal(3, office.Endpoint.Received.Count);
    }

    /// <summary>The lease is that of the name: whoever served the one that is gone gives it back.</summary>
    [Fact]
    public async Task Subscriber_RemovedAndAddedAgain_IsServedAtOnceByAnotherHost()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var shared = new FaultyStore(office.Store) { IsExclusive = false };
        await using var first = await office.OpenEngineAsync(shared);
        await using var second = await office.OpenEngineAsync(shared);
        await office.DossierAsync("a", "accept");
        Assert.Equal(2, await first.DeliverAsync());
        await office.DossierAsync("b");

        // Removed while this host is about to save: it learns of it by the save, which finds nobody.
        shared.BeforeRound = async _ =>
        {
            shared.BeforeRound = _ => Task.CompletedTask;
            Assert.True(await office.Store.RemoveSubscriberAsync(OutboxOffice.Name, default));
        };
        await first.DeliverAsync();
        await first.Subscribers.RemoveAsync(OutboxOffice.Name);

        Assert.True(await second.Subscribers.AddAsync(new WebhookSubscriber(OutboxOffice.Name, office.Endpoint.Url, [OutboxOffice.Secret]), fromStart: true));
        Assert.Equal(3, await second.DeliverAsync());
    }

    /// <summary>The row behind the successor's page would be lost: it waits behind a dossier that the successor has made up for, and the cursor of before passes it.</summary>
    [Fact]
    public async Task HostThatStoodStillBeforeItsSave_ChangesNothingOfItsSuccessorAndStandsBack()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var code = await office.DossierAsync("a", "accept");
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Version == 2 ? 503 : 200)(r, s, ct);
        var shared = new FaultyStore(office.Store) { IsExclusive = false };
        await using var stalls = await office.OpenEngineAsync(shared);
        await stalls.DeliverAsync();
        var owed = Assert.Single((await office.ReportAsync()).Owed);

        // The last look at the lease is behind it; before the save another host takes over, makes up for what was owed and moves on.
        await office.DossierAsync("b");
        office.Endpoint.Answer = Endpoint.Status(200);
        JournalCursor others = default;
        shared.BeforeRound = async _ =>
        {
            office.Clock.Advance(TimeSpan.FromHours(1));
            Assert.True(await office.Store.TakeLeaseAsync("subscriber/portal", "successor", TimeSpan.FromHours(1), default));
            var id = (await office.Store.ReadSubscribersAsync(default))[0].Id;
            var now = Assert.Single(await office.Store.ReadOwedAsync(OutboxOffice.Name, null, 10, default));
            others = (await office.Store.ReadJournalAsync(default, 1, default))[0].Cursor;
            Assert.True(await office.Store.SaveRoundAsync(id, [new OwedChange(now, now with { Attempts = 7 })], others, new("subscriber/portal", "successor"), default));
            shared.BeforeRound = _ => throw new InvalidOperationException("It does not stand back.");
        };
        await stalls.DeliverAsync();

        Assert.NotEqual(default, others);
        var report = await office.ReportAsync();
        Assert.Equal(others, report.Position);
        Assert.Equal((code, owed.Version, 7), (report.Owed[0].Code, report.Owed[0].Version, report.Owed[0].Attempts));
        Assert.Equal(0, await stalls.DeliverAsync());
    }

    [Fact]
    public async Task TooManyTroubledDossiers_KeepTheCursorWaiting()
    {
        await using var office = await OutboxOffice.OpenAsync(o => (o.Delivery.MostOwed, o.Delivery.PageLength) = (2, 2));
        for (var i = 0; i < 6; i++)
        {
            await office.DossierAsync($"d{i}");
        }

        office.Endpoint.Answer = Endpoint.Status(404);
        await office.Engine.DeliverAsync();
        var report = await office.ReportAsync();
        Assert.Equal((2, 4), (report.Owed.Count, report.Lag));

        office.Endpoint.Answer = Endpoint.Status(200);
        await office.Engine.Subscribers.RetryAsync(OutboxOffice.Name);
        await office.Engine.DeliverAsync();
        Assert.Equal((0, 0), ((await office.ReportAsync()).Owed.Count, (await office.ReportAsync()).Lag));
        Assert.Equal(8, office.Endpoint.Received.Count);
    }

    // Time goes on until the work is done: it waits for nothing else.
    private static async Task MovedUntilAsync(OutboxOffice office, Task done)
    {
        for (var i = 0; i < 2_000 && !done.IsCompleted; i++)
        {
            office.Real.Advance(TimeSpan.FromSeconds(11));
            await Task.WhenAny(done, Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        }

        Assert.True(done.IsCompleted, "It is not done however far time goes.");
    }
}
