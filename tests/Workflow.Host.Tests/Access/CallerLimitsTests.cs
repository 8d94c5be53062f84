using Workflow.Host.Serving;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Access;

public sealed class CallerLimitsTests
{
    [Fact]
    public async Task Person_WhoAsksTooMuch_IsToldWhenToComeAgain_AndOthersAreNot()
    {
        await using var office = await ServedOffice.StartAsync(new ServeSettings { PersonRequests = 2, AddressRequests = 4, Window = TimeSpan.FromHours(1) });
        var (one, two) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("citizen-2"));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(404, (await office.GetAsync("/v1/dossiers/X", one)).Status);
        }

        var told = await office.GetAsync("/v1/dossiers/X", one);

        told.IsProblem(429, "too-many-requests");
        Assert.InRange(told.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Equal(404, (await office.GetAsync("/v1/dossiers/X", two)).Status);

        // Guessing tokens counts for the address, which has two requests left beside those for the tokens.
        foreach (var status in (int[])[401, 401, 429])
        {
            Assert.Equal(status, (await office.GetAsync("/v1/dossiers/X", "rubbish")).Status);
        }

        Assert.Equal(200, (await office.GetAsync("/health/ready")).Status);
    }
}
