using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

/// <summary>A dossier over HTTP, from its submission on.</summary>
public sealed class DossierApiTests
{
    [Fact]
    public async Task Submission_IsCreatedAndFoundUnderItsLocation()
    {
        await using var office = await ServedOffice.StartAsync();
        var citizen = await office.TokenAsync("citizen-1");

        var told = await office.SubmitAsync(citizen, "one");

        Assert.Equal((201, "\"1\"", "000.01.30.H28-201106-0001"), (told.Status, told.Tag, told.Json.GetProperty("code").GetString()));
        var found = await office.GetAsync(told.Headers.Location!.ToString(), citizen);
        Assert.Equal((200, "\"1\"", "submitted", 1), (found.Status, found.Tag, found.Json.GetProperty("state").GetString(), found.Json.GetProperty("portalStatus").GetInt32()));
        Assert.Equal("2020-11-06T09:00:00.000+07:00", found.Json.GetProperty("submittedAt").GetString());
        Assert.Equal("Nguyễn Văn Kín", found.Json.GetProperty("applicant").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Command_Repeated_ReturnsTheFirstOutcomeWhateverHappenedSince()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var first = await office.SubmitAsync(citizen, "one");
        var code = first.Json.GetProperty("code").GetString()!;
        var accepted = await office.FireAsync(officer, "a", code, "accept", "\"1\"");
        var transferred = await office.FireAsync(officer, "t", code, "transfer", "\"2\"");
        Assert.Equal((200, "\"2\"", 200), (accepted.Status, accepted.Tag, transferred.Status));

        var (submitted, again) = (await office.SubmitAsync(citizen, "one"), await office.FireAsync(officer, "a", code, "accept", "\"1\""));

        Assert.Equal((first.Status, first.Body, first.Tag), (submitted.Status, submitted.Body, submitted.Tag));
        Assert.Equal((accepted.Status, accepted.Body, accepted.Tag), (again.Status, again.Body, again.Tag));
        Assert.Equal(("true", false), (again.Headers.GetValues("Idempotency-Replayed").Single(), first.Headers.Contains("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Command_ThatTookTheDossierOutOfReach_IsStillToldItsOutcome()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, mai) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var lan = await office.TokenAsync("lan", ServedOffice.OtherCommune, "professional");
        var code = await office.SubmittedAsync(citizen, "one");
        Assert.Equal(200, (await office.FireAsync(mai, "a", code, "accept")).Status);
        Assert.Equal(200, (await Assign(mai, "to-lan", ServedOffice.OtherCommune)).Status);
        var given = await Assign(lan, "back", ServedOffice.Commune);
        Assert.True(given.Status == 200, given.Body);

        (await office.GetAsync($"/v1/dossiers/{code}", lan)).IsProblem(404, "not-found");
        (await Assign(lan, "other", ServedOffice.Commune)).IsProblem(404, "not-found");
        Assert.Equal((200, given.Body), (await Assign(lan, "back", ServedOffice.Commune)) is var again ? (again.Status, again.Body) : default);

        Task<Told> Assign(string token, string id, string unit) =>
            office.SendAsync(HttpMethod.Post, $"/v1/dossiers/{code}/assignment", token, new { unit }, ("Idempotency-Key", id), ("If-Match", "*"));
    }

    [Fact]
    public async Task CommandId_OfAnotherCommand_Is409_AndOfAnotherCaller_IsItsOwn()
    {
        await using var office = await ServedOffice.StartAsync();
        var (one, two) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("citizen-2"));
        var code = await office.SubmittedAsync(one, "same");

        (await office.SubmitAsync(one, "same", ServedOffice.OtherCommune)).IsProblem(409, "command-id-reused", "an id of its own");
        Assert.NotEqual(code, await office.SubmittedAsync(two, "same"));
    }

    [Fact]
    public async Task Version_ThatIsOldMissingOrMalformed_IsToldAsSuch()
    {
        await using var office = await ServedOffice.StartAsync();
        var citizen = await office.TokenAsync("citizen-1");
        var code = await office.SubmittedAsync(citizen, "one");
        var path = $"/v1/dossiers/{code}/triggers/withdraw";

        (await office.SendAsync(HttpMethod.Post, path, citizen, new { }, ("Idempotency-Key", "w"))).IsProblem(428, "version-required", "If-Match");
        Assert.Equal(1, (await office.FireAsync(citizen, "w", code, "withdraw", "\"7\"")).IsProblem(412, "version-changed").GetProperty("version").GetInt32());
        foreach (var tag in (string[])["1", "W/\"1\"", "\"1\", \"2\"", "\"-1\"", "\"99999999999\"", "\"x\""])
        {
            (await office.FireAsync(citizen, "w", code, "withdraw", tag)).IsProblem(400, "malformed-request", "If-Match");
        }

        Assert.Equal(200, (await office.FireAsync(citizen, "w", code, "withdraw", "\"1\"")).Status);
    }

    [Fact]
    public async Task Command_WithoutAProperId_Is400()
    {
        await using var office = await ServedOffice.StartAsync();
        var citizen = await office.TokenAsync("citizen-1");
        foreach (var id in (string?[])[null, "with space", "tab\there", new string('x', 129)])
        {
            var told = await office.SendAsync(
                HttpMethod.Post, "/v1/dossiers", citizen, new { procedure = "1.001193", receivingUnit = ServedOffice.Commune, channel = "online" }, id is null ? [] : [("Idempotency-Key", id)]);
            told.IsProblem(400, "malformed-request", "Idempotency-Key");
        }
    }

    [Fact]
    public async Task Refusal_NamesEveryUnmetGuard_AndIsDecidedAfresh()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");

        var refused = await office.FireAsync(officer, "r", code, "refuse", "\"1\"");
        var unmet = refused.IsProblem(422, "unmet-guards").GetProperty("unmet").EnumerateArray().ToList();
        Assert.NotEmpty(unmet);
        Assert.All(unmet, u => Assert.NotEqual(string.Empty, u.GetProperty("guard").GetString()));
        Assert.All(unmet, u => Assert.NotEqual(string.Empty, u.GetProperty("message").GetString()));

        Assert.Equal(200, (await office.FireAsync(officer, "r", code, "refuse", "\"1\"", new { reason = "not ours", ground = "Decree 61/2018" })).Status);
        (await office.FireAsync(citizen, "no-role", code, "accept")).IsProblem(422, "unmet-guards");
    }

    [Fact]
    public async Task Permitted_SaysWhatThisPersonMayDoAndWhyNotOtherwise()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");

        var (theirs, ours) = ((await office.GetAsync($"/v1/dossiers/{code}/permitted", citizen)).Json, (await office.GetAsync($"/v1/dossiers/{code}/permitted", officer)).Json);

        Assert.Equal((false, true), (Of(theirs, "accept").GetProperty("isPermitted").GetBoolean(), Of(theirs, "withdraw").GetProperty("isPermitted").GetBoolean()));
        Assert.Equal("role", Of(theirs, "accept").GetProperty("unmet")[0].GetProperty("guard").GetString());
        Assert.Equal((true, "accept"), (Of(ours, "accept").GetProperty("isPermitted").GetBoolean(), Of(ours, "accept").GetProperty("act").GetString()));
        Assert.Equal(1, ours.GetProperty("version").GetInt32());

        static System.Text.Json.JsonElement Of(System.Text.Json.JsonElement view, string trigger) => view.GetProperty("triggers").EnumerateArray().Single(t => t.GetProperty("trigger").GetString() == trigger);
    }

    [Fact]
    public async Task History_IsPagedByVersion_AndHidesOfficersFromCitizens()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));
        var code = await office.SubmittedAsync(citizen, "one");
        await office.FireAsync(officer, "a", code, "accept");
        await office.FireAsync(officer, "t", code, "transfer", body: new { reason = "a note among officers" });

        var first = (await office.GetAsync($"/v1/dossiers/{code}/history?limit=2", officer)).Json;
        Assert.Equal((2, 3), (first.GetProperty("entries").GetArrayLength(), first.GetProperty("next").GetInt32()));
        var rest = (await office.GetAsync($"/v1/dossiers/{code}/history?from=3", officer)).Json;
        Assert.Equal((1, false, "mai"), (rest.GetProperty("entries").GetArrayLength(), rest.TryGetProperty("next", out _), rest.GetProperty("entries")[0].GetProperty("actor").GetString()));
        Assert.Contains("a note among officers", rest.ToString(), StringComparison.Ordinal);

        var theirs = await office.GetAsync($"/v1/dossiers/{code}/history", citizen);
        Assert.DoesNotContain("mai", theirs.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("a note among officers", theirs.Body, StringComparison.Ordinal);
        Assert.Equal(ServedOffice.Commune, theirs.Json.GetProperty("entries")[1].GetProperty("unit").GetString());
        (await office.GetAsync($"/v1/dossiers/{code}/history?from=0", officer)).IsProblem(400, "malformed-request", "'from'");
        (await office.GetAsync($"/v1/dossiers/{code}/history?limit=5&limit=6", officer)).IsProblem(400, "malformed-request", "'limit'");
    }

    [Fact]
    public async Task OccurredAt_IsForOfficersAlone_AndNeedsAnOffset()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception"));

        (await office.SubmitAsync(citizen, "c", occurredAt: "2020-11-05T10:00:00+07:00")).IsProblem(403, "not-permitted", "occurredAt");
        (await office.SubmitAsync(officer, "o", channel: "direct", occurredAt: "2020-11-05T10:00:00")).IsProblem(400, "malformed-request", "occurredAt");
        Assert.StartsWith("000.01.30.H28-201105-", (await office.SubmitAsync(officer, "o", channel: "direct", occurredAt: "2020-11-05t03:00:00z")).Json.GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payment_OfACitizen_IsToldByAPaymentClientAlone()
    {
        await using var office = await ServedOffice.StartAsync();
        var citizen = await office.TokenAsync("citizen-1");
        var portal = await office.TokenOfAsync(new { person = "citizen-1", client = "portal" });
        var code = await office.SubmittedAsync(citizen, "one");
        object paid = new { amount = 8000, method = "online", reference = "R1" };

        (await Pay(citizen, "p")).IsProblem(403, "not-permitted", "payment client");
        (await office.FireAsync(citizen, "f", code, "withdraw", body: new { payment = paid })).IsProblem(403, "not-permitted", "payment client");
        Assert.Equal(200, (await Pay(portal, "p")).Status);

        Task<Told> Pay(string token, string id) => office.SendAsync(HttpMethod.Post, $"/v1/dossiers/{code}/payments", token, paid, ("Idempotency-Key", id), ("If-Match", "*"));
    }
}
