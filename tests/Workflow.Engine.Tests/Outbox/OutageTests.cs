using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests.Outbox;

/// <summary>A subscriber that is away, told from a delivery that is poisoned: by whether anything else is taken.</summary>
public sealed class OutageTests
{
    /// <summary>Nothing new is in the journal, so the owed dossiers are tried alone: nobody knows whose trouble it is.</summary>
    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task OwedDossiers_WhileTheSubscriberIsAwayAndThePageIsEmpty_LoseNoAttempt(int status)
    {
        await using var office = await OutboxOffice.OpenAsync(o => o.Delivery.MostAttempts = 3);
        var owed = await OwedAsync(office, 2);

        if (status == 0)
        {
            await office.Endpoint.DisposeAsync();
        }

        office.Endpoint.Answer = Endpoint.Status(status);
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(0, await office.Engine.DeliverAsync());
            office.Real.Advance(TimeSpan.FromHours(6));
        }

        var report = await office.ReportAsync();
        Assert.Equal(owed.Order(StringComparer.Ordinal), report.Owed.Select(o => o.Code));
        Assert.All(report.Owed, o => Assert.Equal((1, false), (o.Attempts, o.IsParked)));
        Assert.All(report.Owed, o => Assert.True(o.NextAttemptAt <= office.Real.GetUtcNow() + TimeSpan.FromMinutes(6), "It waits longer than a subscriber that is away rests."));
    }

    [Fact]
    public async Task SubscriberThatFailsOnEverything_IsAwayAndNothingIsHeldAgainstAnyDossier()
    {
        await using var office = await OutboxOffice.OpenAsync(o => o.Delivery.MostAttempts = 1);
        string[] codes = [await office.DossierAsync("a", "accept"), await office.DossierAsync("b"), await office.DossierAsync("c")];
        office.Endpoint.Answer = Endpoint.Status(500);

        await office.Engine.DeliverAsync();
        await office.Engine.DeliverAsync();
        var report = await office.ReportAsync();
        Assert.Empty(report.Owed);
        Assert.Equal((2, "answered 500"), (report.Standing.Failures, report.Standing.LastError));

        office.Endpoint.Answer = Endpoint.Status(200);
        Assert.Equal(4, await office.Engine.DeliverAsync());
        Assert.Equal([1, 2], office.Endpoint.VersionsOf(codes[0]).TakeLast(2));
        Assert.Equal(SubscriberStanding.Well, (await office.ReportAsync()).Standing);
    }

    /// <summary>A dossier alone that fails tells nothing either, yet it must not keep others waiting.</summary>
    [Fact]
    public async Task DossierAlone_OnWhichTheSubscriberFails_WaitsWithoutALostAttemptAndHoldsUpNobody()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var failing = await office.DossierAsync("a");
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Code == failing ? 500 : 200)(r, s, ct);
        await office.Engine.DeliverAsync();
        await office.Engine.DeliverAsync();

        var report = await office.ReportAsync();
        Assert.Equal((failing, 0, false), (report.Owed[0].Code, report.Owed[0].Attempts, report.Owed[0].IsParked));
        Assert.Equal((null, 0), (report.Standing.RestsUntil, report.Lag));

        // In company it is its own trouble.
        await office.DossierAsync("b");
        Assert.Equal(1, await office.Engine.DeliverAsync());
        Assert.Equal(1, Assert.Single((await office.ReportAsync()).Owed).Attempts);
    }

    /// <summary>After an outage what was owed goes on by itself, at once when something else is taken.</summary>
    [Fact]
    public async Task OwedDossiers_AfterAnOutage_AreDeliveredWithTheNextThatIsTaken()
    {
        await using var office = await OutboxOffice.OpenAsync(o => o.BackgroundFollowers = true);
        string? failing = null;
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(r.Code == failing ? 500 : 200)(r, s, ct);
        var other = await office.DossierAsync("b", "accept");
        await office.Endpoint.UntilAsync(r => r.Count == 2);
        failing = "000.01.30.H28-201106-0002";
        Assert.Equal(failing, await office.DossierAsync("a"));
        await office.Endpoint.UntilAsync(r => r.Any(x => x.Code == failing));

        // It rests, however often it was tried alone; the clock stands, so that nothing but company lets it go on.
        var before = office.Endpoint.VersionsOf(failing).Count();
        office.Endpoint.Answer = Endpoint.Status(200);
        await office.FireAsync(other, "forward");
        await office.Endpoint.UntilAsync(r => r.Count(x => x.Code == failing) > before);
        Assert.Equal(3, office.Endpoint.VersionsOf(other).Last());
    }

    /// <summary>However many poisoned deliveries stand at the beginning of a page, one that is taken behind them shows that the subscriber is there.</summary>
    [Fact]
    public async Task PoisonedDeliveriesBeforeAllOthers_DoNotPassForAnOutageForEver()
    {
        await using var office = await OutboxOffice.OpenAsync(o => (o.Delivery.AtOnce, o.Delivery.PageLength) = (2, 4));
        var poisoned = new HashSet<string>();
        for (var n = 0; n < 10; n++)
        {
            poisoned.Add(await office.DossierAsync($"p{n}"));
        }

        var healthy = await office.DossierAsync("a", "accept");
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(poisoned.Contains(r.Code) ? 503 : 200)(r, s, ct);
        for (var n = 0; n < 30; n++)
        {
            await office.Engine.DeliverAsync();
        }

        Assert.Equal([1, 2], office.Endpoint.VersionsOf(healthy));
        var report = await office.ReportAsync();
        Assert.Equal((poisoned.Count, 0), (report.Owed.Count, report.Lag));
    }

    // Dossiers that are owed deliveries since one attempt failed, while another one was taken.
    private static async Task<List<string>> OwedAsync(OutboxOffice office, int count)
    {
        var owed = new List<string>();
        for (var n = 0; n < count; n++)
        {
            owed.Add(await office.DossierAsync($"owed{n}"));
        }

        await office.DossierAsync("taken");
        office.Endpoint.Answer = (r, s, ct) => Endpoint.Status(owed.Contains(r.Code) ? 500 : 200)(r, s, ct);
        Assert.Equal(1, await office.Engine.DeliverAsync());
        Assert.Equal(count, (await office.ReportAsync()).Owed.Count);
        return owed;
    }
}
