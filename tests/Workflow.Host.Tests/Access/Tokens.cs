using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Workflow.Host.Access;
using Workflow.Host.Serving;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Access;

/// <summary>Tokens that a host must not take, and those of an issuer elsewhere.</summary>
internal static class Tokens
{
    private static readonly DateTime s_now = new(2020, 11, 6, 2, 0, 0, DateTimeKind.Utc);

    /// <summary>As the development issuer's, by another key.</summary>
    public static string Forged(string person)
    {
        using var issuer = new DevelopmentIssuer(new ServeSettings(), new Engine.Timers.VirtualClock(new DateTimeOffset(s_now)));
        return issuer.Issue(person, ServedOffice.Commune, ["head"], until: new DateTimeOffset(s_now.AddDays(30)));
    }

    /// <summary>A token of an issuer.</summary>
    public static string Of(SigningCredentials? key, string issuer, string audience, Dictionary<string, object> claims, DateTime? from = null, DateTime? until = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = from ?? s_now,
            Expires = until ?? s_now.AddHours(1),
            SigningCredentials = key,
        });

    public static SigningCredentials Rsa(RSA key) => new(new RsaSecurityKey(key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256);
}
