using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Access;

public sealed class DevelopmentIssuerTests
{
    [Fact]
    public async Task Token_AskedForByAnotherName_IsNotIssued()
    {
        await using var office = await ServedOffice.StartAsync();
        foreach (var (header, value) in ((string, string)[])[("Host", "attacker.example"), ("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=203.0.113.7")])
        {
            (await office.SendAsync(HttpMethod.Post, "/dev/token", null, new { person = "boss" }, (header, value))).IsProblem(403, "not-permitted", "this machine alone");
        }
    }
}
