using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Workflow.Host.Serving;

namespace Workflow.Host.Access;

/// <summary>Whether a bearer token is genuine, in force and for this host, and whose it is.</summary>
/// <remarks>Safe to share between threads. On the library itself rather than ASP.NET's handler over it, so that the table of endpoints alone says who may call what. The keys of the issuer are fetched when they are first needed and refreshed by themselves.</remarks>
internal sealed class TokenCheck
{
    private const int LongestToken = 16 * 1_024;

    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly TokenValidationParameters _demanded;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _issuer;
    private readonly CallerClaims _claims;
    private readonly KnownTokens _known;

    public TokenCheck(ServeSettings settings, DevelopmentIssuer? development, TimeProvider clock)
    {
        _claims = new CallerClaims(settings);
        _known = new KnownTokens(clock);
        _demanded = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            RequireAudience = true,

            // A key that anybody may know must never be taken for a secret one.
            ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
            LifetimeValidator = (from, until, _, _) => Within(clock.GetUtcNow().UtcDateTime, from, until),
        };
        if (development is not null)
        {
            _demanded.ValidIssuer = DevelopmentIssuer.Name;
            _demanded.IssuerSigningKey = development.Key;
        }
        else
        {
            var authority = settings.Authority ?? throw new ArgumentException("The settings name no issuer.", nameof(settings));
            var documents = new HttpDocumentRetriever { RequireHttps = authority.Scheme == Uri.UriSchemeHttps };
            _issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{authority.OriginalString.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), documents);
        }
    }

    /// <summary>Says whose token it is.</summary>
    /// <exception cref="IssuerAwayException">The issuer's keys cannot be had now.</exception>
    public async ValueTask<(Caller? Caller, string Reason)> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (_known.Find(token) is { } known)
        {
            return (known, string.Empty);
        }

        if (token.Length > LongestToken || !_handler.CanReadToken(token))
        {
            return (null, "the token is malformed");
        }

        var demanded = _issuer is null ? _demanded : await DemandedByIssuerAsync(_issuer, cancellationToken).ConfigureAwait(false);
        var result = await _handler.ValidateTokenAsync(token, demanded).ConfigureAwait(false);
        if (!result.IsValid && _issuer is not null && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer may have changed its keys.
            _issuer.RequestRefresh();
            result = await _handler.ValidateTokenAsync(token, await DemandedByIssuerAsync(_issuer, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (!result.IsValid)
        {
            return (null, Why(result.Exception));
        }

        var genuine = (JsonWebToken)result.SecurityToken;
        if (_claims.Read(genuine, out var reason) is not { } caller)
        {
            return (null, reason);
        }

        _known.Keep(token, caller, genuine.ValidTo);
        return (caller, string.Empty);
    }

    private async ValueTask<TokenValidationParameters> DemandedByIssuerAsync(ConfigurationManager<OpenIdConnectConfiguration> issuer, CancellationToken cancellationToken)
    {
        try
        {
            var known = await issuer.GetConfigurationAsync(cancellationToken).ConfigureAwait(false);
            var demanded = _demanded.Clone();
            demanded.ValidIssuer = known.Issuer;
            demanded.IssuerSigningKeys = known.SigningKeys;
            return demanded;
        }
        catch (InvalidOperationException e)
        {
            throw new IssuerAwayException(e);
        }
    }

    private static bool Within(DateTime now, DateTime? from, DateTime? until) => until is { } end && now < end + s_clockSkew && (from is null || now >= from - s_clockSkew);

    // The library's messages repeat parts of the token.
    private static string Why(Exception? fault) => fault switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException => "the token is not in force",
        SecurityTokenNoExpirationException => "the token has no end",
        SecurityTokenInvalidAudienceException => "the token is for another audience",
        SecurityTokenInvalidIssuerException => "the token is of another issuer",
        _ => "the token is not genuine",
    };
}

/// <summary>The issuer's keys cannot be had, so no token can be judged now.</summary>
internal sealed class IssuerAwayException(Exception cause) : Exception("The issuer of tokens does not answer.", cause);
