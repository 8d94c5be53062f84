using Workflow.Core.Dossiers;
using Workflow.Host.Api;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

/// <summary>What everyone may read.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public async Task LookUp_ByCode_ShowsWhereItStandsAndNobodyInIt()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");
        await office.FireAsync(officer, "a", code, "accept");

        var told = await office.GetAsync($"/v1/look-up/{code}");

        var view = told.Json;
        Assert.Equal(("N*** V*** K***", 2, "Xã 01"), (view.GetProperty("applicant").GetString(), view.GetProperty("portalStatus").GetInt32(), view.GetProperty("receivingUnit").GetProperty("vi").GetString()));
        Assert.EndsWith("+07:00", view.GetProperty("due").GetString(), StringComparison.Ordinal);
        Assert.All((string[])["Nguyễn", "Kín", "Bé", "012345678901", "0912000333", "citizen-1", "mai"], secret => Assert.DoesNotContain(secret, told.Body, StringComparison.Ordinal));
        (await office.GetAsync("/v1/look-up/000.01.30.H28-201106-9999")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Procedures_AndUnits_AreShownToEveryone()
    {
        await using var office = await ServedOffice.StartAsync();

        var procedures = (await office.GetAsync("/v1/procedures")).Json.GetProperty("procedures").EnumerateArray().ToList();
        Assert.True(procedures.Count >= 26);
        var birth = (await office.GetAsync("/v1/procedures/1.001193")).Json;
        Assert.Equal(("same day", "child-name", true), (birth.GetProperty("limit").GetString(), birth.GetProperty("fields")[0].GetProperty("name").GetString(), birth.GetProperty("fields")[0].GetProperty("isPersonal").GetBoolean()));
        Assert.Equal(["direct", "online", "post"], birth.GetProperty("channels").EnumerateArray().Select(c => c.GetString()!));
        (await office.GetAsync("/v1/procedures/9.999999")).IsProblem(404, "not-found", "/v1/procedures");

        var units = (await office.GetAsync("/v1/units")).Json;
        Assert.Equal(("2020-11-06", 26), (units.GetProperty("on").GetString(), units.GetProperty("units").GetArrayLength()));
        (await office.GetAsync("/v1/units?on=yesterday")).IsProblem(400, "malformed-request", "'on'");
    }

    [Fact]
    public void EveryKindOfEvent_HasAWordOfItsOwn()
    {
        var kinds = typeof(DossierEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DossierEvent)) && !t.IsAbstract)
            .Select(EventView.KindOf).ToList();

        Assert.All(kinds, k => Assert.Matches("^[a-z-]+$", k));
        Assert.Equal(kinds.Count, kinds.Distinct(StringComparer.Ordinal).Count());
    }
}
