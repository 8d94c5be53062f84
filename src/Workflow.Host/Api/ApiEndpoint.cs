using System.Text.Json.Serialization.Metadata;

namespace Workflow.Host.Api;

/// <summary>Who may call an endpoint at all. Which dossiers a person reaches there is <see cref="Access.Reach"/>'s to say.</summary>
internal enum Callers
{
    /// <summary>Whoever can reach the host.</summary>
    Everyone,

    /// <summary>Whoever shows a good token.</summary>
    Persons,

    /// <summary>Persons who act for a unit.</summary>
    Officers,
}

/// <summary>What an endpoint does with a request.</summary>
internal delegate Task<ApiAnswer> ApiHandler(ApiCall call);

/// <summary>One endpoint of the API: everything that routes, documents and tests need to know of it.</summary>
/// <param name="Name">Its name; stable, since clients are generated from it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path.</param>
/// <param name="Callers">Who may call it.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Handler">How.</param>
internal sealed record ApiEndpoint(string Name, string Method, string Pattern, Callers Callers, string Summary, ApiHandler Handler)
{
    /// <summary>The contract of the body; null for none.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>The contract of the answer; null where it is no contract.</summary>
    public JsonTypeInfo? Answer { get; init; }

    /// <summary>The media type of the answer.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>The status when it was done.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether it gives a command, whose id stands in Idempotency-Key.</summary>
    public bool IsCommand { get; init; }

    /// <summary>Whether it changes a dossier that exists, whose version stands in If-Match.</summary>
    public bool NeedsVersion { get; init; }

    /// <summary>Whether the caller may name the unit to act for in Acting-Unit.</summary>
    public bool TakesUnit { get; init; }

    /// <summary>The parameters of the query, with what each means.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Query { get; init; } = [];

    /// <summary>Whether requests are left uncounted.</summary>
    public bool IsUncounted { get; init; }
}
