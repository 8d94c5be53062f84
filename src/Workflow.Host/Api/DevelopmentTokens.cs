using System.Net;
using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>For whom a token is wanted.</summary>
internal sealed record TokenRequest(string Person)
{
    public string? Unit { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public string? Client { get; init; }
}

/// <summary>A token.</summary>
internal sealed record TokenView(string AccessToken, string TokenType);

/// <summary>The development issuer's counter: there in development alone, and for this machine alone.</summary>
internal static class DevelopmentTokens
{
    public static async Task<ApiAnswer> IssueAsync(ApiCall call)
    {
        // The name of the host too: a page elsewhere may point a name of its own at this machine. A proxy speaks for others.
        var request = call.Context.Request;
        var isLocal = call.Context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && (request.Host.Host is "localhost" || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)))
            && !request.Headers.ContainsKey("Forwarded") && !request.Headers.ContainsKey("X-Forwarded-For");
        if (!isLocal)
        {
            throw new ProblemException(Problems.Forbidden("tokens are issued on this machine alone"));
        }

        var body = await call.BodyAsync(ApiJson.Context.TokenRequest).ConfigureAwait(false);
        var token = call.Part<DevelopmentIssuer>().Issue(body.Person, body.Unit, body.Roles ?? [], body.Client);
        return ApiAnswer.Of(new TokenView(token, "Bearer"), ApiJson.Context.TokenView);
    }
}
