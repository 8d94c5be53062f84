using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Workflow.Host.Api;

/// <summary>What an endpoint answers when it did what was asked.</summary>
internal abstract record ApiAnswer(int Status)
{
    /// <summary>The version of the dossier that it tells of, for the ETag; null for none.</summary>
    public int? Version { get; init; }

    /// <summary>Where the new dossier is; null when there is none.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the command was done before, and this is what it came to then.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Answers with a contract.</summary>
    public static ApiAnswer Of<T>(T body, JsonTypeInfo<T> contract, int status = StatusCodes.Status200OK) => new JsonAnswer<T>(status, body, contract);

    /// <summary>Answers with bytes.</summary>
    public static ApiAnswer Of(byte[] body, string mediaType, int status = StatusCodes.Status200OK) => new BytesAnswer(status, body, mediaType);

    /// <summary>The ETag of a version.</summary>
    public static string TagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Answers a request with it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = Status;
        if (Version is { } version)
        {
            headers.ETag = TagOf(version);
        }

        if (Location is not null)
        {
            headers.Location = Location;
        }

        if (IsRepeat)
        {
            headers["Idempotency-Replayed"] = "true";
        }

        await WriteBodyAsync(context).ConfigureAwait(false);
    }

    protected abstract Task WriteBodyAsync(HttpContext context);

    private static async Task WriteBytesAsync(HttpContext context, byte[] body, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private sealed record JsonAnswer<T>(int Status, T Value, JsonTypeInfo<T> Contract) : ApiAnswer(Status)
    {
        protected override Task WriteBodyAsync(HttpContext context) => WriteBytesAsync(context, JsonSerializer.SerializeToUtf8Bytes(Value, Contract), "application/json");
    }

    private sealed record BytesAnswer(int Status, byte[] Value, string Type) : ApiAnswer(Status)
    {
        protected override Task WriteBodyAsync(HttpContext context) => WriteBytesAsync(context, Value, Type);
    }
}
