using Workflow.Host.Api;

namespace Workflow.Host.Access;

/// <summary>Finds out who calls, before anything else looks at the request.</summary>
internal static class CallerGate
{
    private const string Scheme = "Bearer ";

    private static readonly object s_caller = new();
    private static readonly object s_refusal = new();

    /// <summary>The person behind a request; null when no token was shown, or none that is good.</summary>
    public static Caller? CallerOf(HttpContext context) => context.Items.TryGetValue(s_caller, out var caller) ? (Caller?)caller : null;

    /// <summary>Reads the token. What is wrong with it is told by <see cref="RefuseAsync"/>, once the request is counted.</summary>
    public static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers.Authorization;
        if (headers.Count > 0)
        {
            var (caller, refusal) = headers.Count == 1 && headers[0] is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await CheckAsync(context, header[Scheme.Length..].Trim()).ConfigureAwait(false)
                : (null, Problems.BadToken("the header Authorization is not 'Bearer TOKEN'"));
            context.Items[s_caller] = caller;
            context.Items[s_refusal] = refusal;
        }

        await next(context).ConfigureAwait(false);
    }

    /// <summary>Refuses a token that is no good, wherever it is shown.</summary>
    public static Task RefuseAsync(HttpContext context, RequestDelegate next) =>
        context.Items.TryGetValue(s_refusal, out var refusal) && refusal is Problem problem ? problem.WriteAsync(context) : next(context);

    private static async ValueTask<(Caller? Caller, Problem? Refusal)> CheckAsync(HttpContext context, string token)
    {
        try
        {
            var (caller, reason) = await context.RequestServices.GetRequiredService<TokenCheck>().ReadAsync(token, context.RequestAborted).ConfigureAwait(false);
            return caller is null ? (null, Problems.BadToken(reason)) : (caller, null);
        }
        catch (IssuerAwayException)
        {
            return (null, Problems.IssuerAway());
        }
    }
}
