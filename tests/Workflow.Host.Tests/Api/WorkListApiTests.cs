using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

public sealed class WorkListApiTests
{
    [Fact]
    public async Task WorkList_InPages_ShowsEveryDossierOfTheUnitOnceByItsDueMoment()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var codes = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            codes.Add(await office.SubmittedAsync(citizen, $"s-{i}"));
        }

        // Those that are accepted have a due moment and stand before the others.
        foreach (var code in codes[4..])
        {
            Assert.Equal(200, (await office.FireAsync(officer, $"a-{code}", code, "accept")).Status);
        }

        await office.SubmittedAsync(citizen, "elsewhere", ServedOffice.OtherCommune);
        var (seen, path, pages) = (new List<string>(), "/v1/work-list?limit=3", 0);
        for (string? next = path; next is not null; pages++)
        {
            var page = (await office.GetAsync(next, officer)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? $"{path}&cursor={cursor.GetString()}" : null;
        }

        Assert.Equal(3, pages);
        Assert.Equal([.. codes[4..], .. codes[..4]], seen);
    }

    [Fact]
    public async Task WorkList_Filtered_ShowsWhatIsAskedFor_WithoutPersonalData()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var (one, two) = (await office.SubmittedAsync(citizen, "one"), await office.SubmittedAsync(citizen, "two"));
        await office.FireAsync(officer, "a", one, "accept");
        await office.SendAsync(HttpMethod.Post, $"/v1/dossiers/{one}/assignment", officer, new { officer = "lan" }, ("Idempotency-Key", "g"), ("If-Match", "*"));
        await office.FireAsync(officer, "r", two, "refuse", body: new { reason = "x", ground = "y" });

        Assert.Equal([one], await ListAsync(""));
        Assert.Equal([one], await ListAsync("?state=received&role=reception&officer=lan"));
        Assert.Equal([], await ListAsync("?officer=mai"));
        Assert.Equal([one], await ListAsync("?dueBefore=2020-11-08T00:00:00%2B07:00"));
        Assert.Equal([], await ListAsync("?dueBefore=2020-11-06T00:00:00Z"));
        Assert.Equal(2, (await ListAsync("?closed=true")).Count);
        Assert.DoesNotContain("Kín", (await office.GetAsync("/v1/work-list?closed=true", officer)).Body, StringComparison.Ordinal);

        office.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await office.GetAsync("/v1/work-list", await office.TokenAsync("mai", ServedOffice.Commune, "reception"))).Json.GetProperty("items")[0].GetProperty("isOverdue").GetBoolean());

        async Task<List<string>> ListAsync(string query)
        {
            var told = await office.GetAsync($"/v1/work-list{query}", officer);
            Assert.True(told.Status == 200, told.Body);
            return [.. told.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!)];
        }
    }

    [Fact]
    public async Task WorkList_OfAUnit_IsForThoseWhoReachIt()
    {
        await using var office = await ServedOffice.StartAsync();
        var code = await office.SubmittedAsync(await office.TokenAsync("citizen-1"), "one");
        var (above, elsewhere) = (await office.TokenAsync("hoa", ServedOffice.District, "head"), await office.TokenAsync("lan", ServedOffice.OtherCommune, "head"));

        Assert.Equal(code, (await office.GetAsync($"/v1/work-list?unit={ServedOffice.Commune}", above)).Json.GetProperty("items")[0].GetProperty("code").GetString());
        (await office.GetAsync($"/v1/work-list?unit={ServedOffice.Commune}", elsewhere)).IsProblem(403, "not-permitted");
        (await office.GetAsync($"/v1/work-list?unit={ServedOffice.District}", elsewhere)).IsProblem(403, "not-permitted");
        (await office.GetAsync("/v1/work-list?unit=no-such-unit", above)).IsProblem(403, "not-permitted");
    }

    [Fact]
    public async Task WorkList_WithAMalformedQuery_Is400()
    {
        await using var office = await ServedOffice.StartAsync();
        var officer = await office.TokenAsync("mai", ServedOffice.Commune, "reception");
        string[] queries =
        [
            "limit=0", "limit=201", "closed=yes", "dueBefore=2020-11-06", "dueBefore=2020-11-06T00:00:00+07:00", "state=", "state=%00",
            "cursor=", "cursor=rubbish", "cursor=OTk5OTk5OTk5OTk5OTk5OTk5fHg", "cursor=____", "unit=a&unit=b",
        ];
        foreach (var query in queries)
        {
            (await office.GetAsync($"/v1/work-list?{query}", officer)).IsProblem(400, "malformed-request");
        }
    }
}
