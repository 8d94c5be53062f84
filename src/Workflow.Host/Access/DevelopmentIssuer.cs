using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Workflow.Host.Serving;

namespace Workflow.Host.Access;

/// <summary>Issues tokens to everybody who asks, for trying the host on one's own machine. Its key lives as long as the process.</summary>
internal sealed class DevelopmentIssuer(ServeSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>The issuer's name in its tokens.</summary>
    public const string Name = "urn:workflow:development";

    private static readonly TimeSpan s_life = TimeSpan.FromHours(8);

    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key by which its tokens are known.</summary>
    public SecurityKey Key => field ??= new ECDsaSecurityKey(_pair) { KeyId = "development" };

    /// <summary>Issues a token.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="unit">The unit, or null for a citizen.</param>
    /// <param name="roles">The roles.</param>
    /// <param name="client">The client, or null.</param>
    /// <param name="until">When it ends; eight hours from now when null.</param>
    public string Issue(string person, string? unit, IReadOnlyList<string> roles, string? client = null, DateTimeOffset? until = null)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal) { [settings.PersonClaim] = person, [settings.RolesClaim] = roles.ToArray() };
        if (unit is not null)
        {
            claims[settings.UnitClaim] = unit;
        }

        if (client is not null)
        {
            claims["azp"] = client;
        }

        var end = (until ?? clock.GetUtcNow() + s_life).UtcDateTime;
        var start = clock.GetUtcNow().UtcDateTime < end ? clock.GetUtcNow().UtcDateTime : end.AddHours(-1);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = settings.Audience,
            Claims = claims,
            NotBefore = start,
            Expires = end,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => _pair.Dispose();
}
