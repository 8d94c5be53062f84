using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

public sealed class SlipsApiTests
{
    [Fact]
    public async Task Receipt_OfAnAcceptedDossier_IsAPageWithoutScripts()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");
        (await office.GetAsync($"/v1/dossiers/{code}/slips/01", citizen)).IsProblem(404, "not-found");
        await office.FireAsync(officer, "a", code, "accept");

        var page = await office.GetAsync($"/v1/dossiers/{code}/slips/01?language=en", citizen);

        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.Contains(code, page.Body, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", page.Body, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        (await office.GetAsync($"/v1/dossiers/{code}/slips/01?language=fr", citizen)).IsProblem(400, "malformed-request", "language");
    }

    [Fact]
    public async Task ControlSlip_GoesFromOfficerToOfficer()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");
        await office.FireAsync(officer, "a", code, "accept");

        Assert.Equal(["01", "05"], await FormsAsync(officer));
        Assert.Equal(["01"], await FormsAsync(citizen));
        Assert.Equal(200, (await office.GetAsync($"/v1/dossiers/{code}/slips/05", officer)).Status);
        (await office.GetAsync($"/v1/dossiers/{code}/slips/05", citizen)).IsProblem(404, "not-found");

        async Task<IEnumerable<string>> FormsAsync(string token) =>
            (await office.GetAsync($"/v1/dossiers/{code}/slips", token)).Json.GetProperty("slips").EnumerateArray().Select(s => s.GetProperty("form").GetString()!).Order(StringComparer.Ordinal);
    }
}
