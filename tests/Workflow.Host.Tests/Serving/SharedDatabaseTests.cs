using Workflow.Host.Stores;

namespace Workflow.Host.Tests.Serving;

/// <summary>Two hosts that serve one PostgreSQL database.</summary>
public sealed class SharedDatabaseTests
{
    [Fact]
    public async Task Hosts_OfOneDatabase_AnswerAlike()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        await using (var one = await ServedOffice.StartAsync(store: new PostgresChoice(schema, "--postgres", TimeSpan.FromSeconds(5))))
        await using (var two = await ServedOffice.StartAsync(store: new PostgresChoice(schema, "--postgres", TimeSpan.FromSeconds(5))))
        {
            var (citizenOfOne, citizenOfTwo) = (await one.TokenAsync("citizen-1"), await two.TokenAsync("citizen-1"));
            var officer = await two.TokenAsync("mai", ServedOffice.Commune, "reception");
            var first = await one.SubmitAsync(citizenOfOne, "one");
            var code = first.Json.GetProperty("code").GetString()!;

            var again = await two.SubmitAsync(citizenOfTwo, "one");
            Assert.Equal((201, first.Body), (again.Status, again.Body));
            Assert.Equal(200, (await two.FireAsync(officer, "a", code, "accept", "\"1\"")).Status);
            Assert.Equal("received", (await one.GetAsync($"/v1/dossiers/{code}", citizenOfOne)).Json.GetProperty("state").GetString());
            (await one.FireAsync(citizenOfOne, "w", code, "withdraw", "\"1\"")).IsProblem(412, "version-changed");
            Assert.Equal(code, (await two.GetAsync("/v1/work-list", officer)).Json.GetProperty("items")[0].GetProperty("code").GetString());
            Assert.Contains(code, (await one.GetAsync("/v1/changes?after=0.0.0&wait=false", citizenOfOne)).Body, StringComparison.Ordinal);
        }

        server.DropSchema(schema);
    }
}
