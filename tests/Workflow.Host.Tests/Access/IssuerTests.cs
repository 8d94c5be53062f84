using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Workflow.Host.Serving;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Access;

/// <summary>Tokens of an OpenID Connect issuer elsewhere, whose claims have names of its own.</summary>
public sealed class IssuerTests : IAsyncLifetime
{
    private const string Audience = "one-stop";

    private readonly RSA _key = RSA.Create(2048);
    private WebApplication _issuer = null!;
    private ServedOffice _office = null!;

    private string Authority => _issuer.Urls.First();

    private Dictionary<string, object> Mai => new() { ["preferred_username"] = "mai", ["office"] = ServedOffice.Commune, ["groups"] = new[] { "reception", $"head@{ServedOffice.OtherCommune}" } };

    public async ValueTask InitializeAsync()
    {
        _issuer = await IssuerAsync(_key);
        _office = await ServedOffice.StartAsync(
            new ServeSettings { Authority = new Uri(Authority), Audience = Audience, PersonClaim = "preferred_username", UnitClaim = "office", RolesClaim = "groups" }, development: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _office.DisposeAsync();
        await _issuer.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task Token_OfTheIssuer_IsTaken_AndRolesCountInTheirUnits()
    {
        var mai = Tokens.Of(Tokens.Rsa(_key), Authority, Audience, Mai);
        var citizen = Tokens.Of(Tokens.Rsa(_key), Authority, Audience, new() { ["preferred_username"] = "citizen-1" });
        var (here, there) = (await _office.SubmittedAsync(citizen, "here"), await _office.SubmittedAsync(citizen, "there", ServedOffice.OtherCommune));

        Assert.Equal(200, (await _office.FireAsync(mai, "a", here, "accept")).Status);
        Assert.Equal(200, (await _office.GetAsync($"/v1/dossiers/{there}", mai)).Status);
        (await _office.SendAsync(HttpMethod.Post, $"/v1/dossiers/{there}/triggers/accept", mai, new { }, ("Idempotency-Key", "b"), ("If-Match", "*"), ("Acting-Unit", ServedOffice.OtherCommune))).IsProblem(403, "not-permitted");
        (await _office.SendAsync(HttpMethod.Post, $"/v1/dossiers/{there}/triggers/accept", mai, new { }, ("Idempotency-Key", "b"), ("If-Match", "*"), ("Acting-Unit", ServedOffice.District))).IsProblem(403, "not-permitted", "Acting-Unit");
    }

    [Fact]
    public async Task Token_ThatIsNoGood_IsRefusedWithoutSayingMoreThanWhy()
    {
        using var other = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var genuine = Tokens.Of(Tokens.Rsa(_key), Authority, Audience, Mai);
        var parts = genuine.Split('.');
        var hmac = new SigningCredentials(new SymmetricSecurityKey(_key.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);
        Dictionary<string, (string Token, string Why)> tokens = new()
        {
            ["of another key"] = (Tokens.Of(Tokens.Rsa(other), Authority, Audience, Mai), "not genuine"),
            ["of another kind of key"] = (Tokens.Of(new SigningCredentials(new ECDsaSecurityKey(curve) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256), Authority, Audience, Mai), "not genuine"),
            ["signed with the public key as a secret"] = (Tokens.Of(hmac, Authority, Audience, Mai), "not genuine"),
            ["unsigned"] = (Tokens.Of(null, Authority, Audience, Mai), "not genuine"),
            ["for another audience"] = (Tokens.Of(Tokens.Rsa(_key), Authority, "other", Mai), "another audience"),
            ["of another issuer"] = (Tokens.Of(Tokens.Rsa(_key), "https://other.example", Audience, Mai), "another issuer"),
            ["ended"] = (Tokens.Of(Tokens.Rsa(_key), Authority, Audience, Mai, until: new DateTime(2020, 11, 6, 1, 59, 0, DateTimeKind.Utc), from: new DateTime(2020, 11, 6, 1, 0, 0, DateTimeKind.Utc)), "not in force"),
            ["not begun"] = (Tokens.Of(Tokens.Rsa(_key), Authority, Audience, Mai, from: new DateTime(2020, 11, 6, 3, 0, 0, DateTimeKind.Utc), until: new DateTime(2020, 11, 6, 4, 0, 0, DateTimeKind.Utc)), "not in force"),
            ["without a person"] = (Tokens.Of(Tokens.Rsa(_key), Authority, Audience, new() { ["sub"] = "mai" }), "'preferred_username' names no person"),
            ["of the engine itself"] = (Tokens.Of(Tokens.Rsa(_key), Authority, Audience, new() { ["preferred_username"] = "system:timers" }), "names no person"),
            ["with another payload"] = ($"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes("""{"preferred_username":"boss"}"""))}.{parts[2]}", "not genuine"),
            ["cut"] = (genuine[..^20], "not genuine"),
            ["no token"] = ("rubbish", "malformed"),
            ["huge"] = (new string('a', 15_000), "malformed"),
        };

        foreach (var (what, (token, why)) in tokens)
        {
            var told = await _office.GetAsync("/v1/dossiers/X", token);
            Assert.True(told.Status == 401, $"{what}: {told.Status} {told.Body}");
            told.IsProblem(401, "token-refused", why);
            Assert.Equal("Bearer error=\"invalid_token\"", told.Headers.WwwAuthenticate.Single().ToString());
        }

        // Nothing needs a person there, and a token that is no good is refused all the same.
        Assert.Equal(401, (await _office.GetAsync("/health/live", "rubbish")).Status);
        Assert.Equal(404, (await _office.GetAsync("/v1/dossiers/X", genuine)).Status);
    }

    [Fact]
    public async Task Token_ThatWasTaken_IsRefusedOnceItEnds()
    {
        var token = Tokens.Of(Tokens.Rsa(_key), Authority, Audience, Mai, until: new DateTime(2020, 11, 6, 2, 0, 40, DateTimeKind.Utc));
        Assert.Equal(404, (await _office.GetAsync("/v1/dossiers/X", token)).Status);
        _office.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(404, (await _office.GetAsync("/v1/dossiers/X", token)).Status);

        _office.Clock.Advance(TimeSpan.FromSeconds(60));

        (await _office.GetAsync("/v1/dossiers/X", token)).IsProblem(401, "token-refused", "not in force");
    }

    [Fact]
    public async Task DevelopmentIssuer_IsNotThere_WhereAnIssuerIsConfigured() =>
        (await _office.SendAsync(HttpMethod.Post, "/dev/token", null, new { person = "boss" })).IsProblem(404, "not-found");

    [Fact]
    public async Task Issuer_ThatIsAway_IsNotTheCallersFault()
    {
        await using var office = await ServedOffice.StartAsync(new ServeSettings { Authority = new Uri("http://127.0.0.1:1"), Audience = Audience }, development: false);

        var told = await office.GetAsync("/v1/dossiers/X", Tokens.Of(Tokens.Rsa(_key), Authority, Audience, Mai));

        told.IsProblem(503, "issuer-away");
        Assert.NotNull(told.Headers.RetryAfter);
        Assert.Equal(200, (await office.GetAsync("/health/ready")).Status);
    }

    private static async Task<WebApplication> IssuerAsync(RSA key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var parameters = key.ExportParameters(false);
        app.MapGet("/.well-known/openid-configuration", (HttpContext context) => context.Response.WriteAsync(JsonSerializer.Serialize(new { issuer = app.Urls.First(), jwks_uri = $"{app.Urls.First()}/keys" })));
        app.MapGet("/keys", (HttpContext context) => context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", alg = "RS256", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } },
        })));
        await app.StartAsync();
        return app;
    }
}
