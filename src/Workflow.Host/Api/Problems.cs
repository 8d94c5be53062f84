using Workflow.Core.Dossiers;

namespace Workflow.Host.Api;

/// <summary>Every problem that the API tells of.</summary>
internal static class Problems
{
    public static Problem Malformed(string detail) => new("malformed-request", StatusCodes.Status400BadRequest, "The request cannot be read") { Detail = detail };

    public static Problem NoToken() => new("token-required", StatusCodes.Status401Unauthorized, "This is for persons that show a token")
    {
        Detail = "send the header Authorization: Bearer TOKEN, with a token of the office's issuer",
        Challenge = "Bearer",
    };

    public static Problem BadToken(string why) => new("token-refused", StatusCodes.Status401Unauthorized, "The token is no good")
    {
        Detail = $"{why}: get a new one from the office's issuer",
        Challenge = "Bearer error=\"invalid_token\"",
    };

    public static Problem Forbidden(string detail) => new("not-permitted", StatusCodes.Status403Forbidden, "This person may not do this") { Detail = detail };

    public static Problem NotFound(string detail) => new("not-found", StatusCodes.Status404NotFound, "There is no such thing") { Detail = detail };

    /// <summary>What is out of reach is told apart from what is not there by nobody.</summary>
    public static Problem NoDossier() => NotFound("there is no such dossier in this person's reach: check the code");

    public static Problem NoMethod(string? allow) => new("no-such-method", StatusCodes.Status405MethodNotAllowed, "There is no such method here")
    {
        Detail = $"use {allow ?? "another method"}",
        Allow = allow,
    };

    public static Problem IdReused() => new("command-id-reused", StatusCodes.Status409Conflict, "The command id stands for another command")
    {
        Detail = "this person has given another command under this Idempotency-Key: give every command an id of its own",
    };

    public static Problem CursorGone() => new("cursor-gone", StatusCodes.Status410Gone, "The journal ends before this cursor")
    {
        Detail = "the store was restored from a backup: leave the cursor out, and read again what you show",
    };

    public static Problem OldVersion(int version) => new("version-changed", StatusCodes.Status412PreconditionFailed, "The dossier has changed")
    {
        Detail = $"If-Match names another version than {version}: read the dossier again, then decide again",
        Version = version,
    };

    public static Problem TooLarge() => new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large") { Detail = "send less at once" };

    public static Problem NotJson() => new("not-json", StatusCodes.Status415UnsupportedMediaType, "The body is not JSON") { Detail = "send Content-Type: application/json" };

    public static Problem Unmet(IReadOnlyList<UnmetGuard> unmet) => IsAboutThePerson(unmet)
        ? new("not-permitted", StatusCodes.Status403Forbidden, "This person may not do this") { Unmet = UnmetView.Of(unmet) }
        : new("unmet-guards", StatusCodes.Status422UnprocessableEntity, "The law or the procedure does not permit this now") { Unmet = UnmetView.Of(unmet) };

    public static Problem NoVersion() => new("version-required", StatusCodes.Status428PreconditionRequired, "The version that was seen is required")
    {
        Detail = "send If-Match with the ETag of the dossier, such as \"3\", or * to do it whatever the version is",
    };

    public static Problem TooMany(TimeSpan wait) => new("too-many-requests", StatusCodes.Status429TooManyRequests, "Too many requests")
    {
        Detail = "wait as long as Retry-After says",
        RetryAfter = wait,
    };

    public static Problem Defect() => new("defect", StatusCodes.Status500InternalServerError, "This is a defect of the program") { Detail = "the office's log tells more" };

    public static Problem Busy(TimeSpan wait) => new("busy", StatusCodes.Status503ServiceUnavailable, "There is more to do than can be taken")
    {
        Detail = "give the same command again, under the same Idempotency-Key, after Retry-After",
        RetryAfter = wait,
    };

    public static Problem StoreAway() => new("store-away", StatusCodes.Status503ServiceUnavailable, "The store cannot be used now")
    {
        Detail = "whether a command was done is not known: give the same one again, under the same Idempotency-Key, after Retry-After",
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static Problem IssuerAway() => new("issuer-away", StatusCodes.Status503ServiceUnavailable, "Tokens cannot be judged now")
    {
        Detail = "the office's issuer does not answer: try again after Retry-After",
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private static bool IsAboutThePerson(IReadOnlyList<UnmetGuard> unmet) => unmet.Any(u => u.Name is "role" or "unit" or "owner" or "system");
}
