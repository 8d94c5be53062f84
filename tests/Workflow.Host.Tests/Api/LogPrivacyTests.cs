using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

public sealed class LogPrivacyTests
{
    [Fact]
    public async Task Log_OfAHostThatIsUsedAndMisused_HoldsNothingPersonal()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");
        await office.FireAsync(officer, "a", code, "refuse", body: new { reason = "Nguyễn Văn Kín", ground = "x" });
        await office.SendAsync(HttpMethod.Post, "/v1/dossiers", citizen, "{\"Nguyễn Văn Kín\":\"012345678901\"", ("Idempotency-Key", "012345678901"));
        await office.GetAsync("/v1/dossiers/Nguyễn Văn Kín?phone=0912000333", citizen + "x");
        await office.GetAsync($"/v1/dossiers/{code}", citizen);
        await office.StopAsync();

        Assert.NotEqual(string.Empty, office.Log);
        Assert.All((string[])["Nguyễn", "Kín", "012345678901", "0912000333", "Bé", citizen, officer, citizen.Split('.')[1]], secret => Assert.DoesNotContain(secret, office.Log, StringComparison.Ordinal));
    }
}
