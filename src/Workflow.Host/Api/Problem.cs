using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Host.Api;

/// <summary>Why a request was not done (RFC 9457).</summary>
/// <param name="Kind">The last part of its type; stable, callers may compare it.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What it is in general.</param>
internal sealed record Problem([property: JsonIgnore] string Kind, int Status, string Title)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The kind as a URI.</summary>
    public string Type => $"urn:workflow:problem:{Kind}";

    /// <summary>What is wrong with this request, and how to mend it.</summary>
    public string? Detail { get; init; }

    /// <summary>Every unmet guard; null where none was asked.</summary>
    public IReadOnlyList<UnmetView>? Unmet { get; init; }

    /// <summary>The version that the dossier has, where that is why.</summary>
    public int? Version { get; init; }

    /// <summary>When it is worth trying again.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the header WWW-Authenticate says; null for none.</summary>
    [JsonIgnore]
    public string? Challenge { get; init; }

    /// <summary>The methods that are allowed, where another was used.</summary>
    [JsonIgnore]
    public string? Allow { get; init; }

    /// <summary>Answers a request with it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            return;
        }

        response.StatusCode = Status;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        if (Allow is not null)
        {
            response.Headers.Allow = Allow;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Context.Problem);
        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}

/// <summary>Ends the handling of a request with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Title)
{
    public Problem Problem { get; } = problem;
}
