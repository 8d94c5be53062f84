using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Workflow.Host.Api;

/// <summary>How the host is.</summary>
internal sealed record HealthView(string Status);

/// <summary>Whether the process must be restarted, and whether commands can be sent to it. The reasons stand in the log.</summary>
internal static class Health
{
    public static Task<ApiAnswer> LiveAsync(ApiCall call) => AskAsync(call, "live");

    public static Task<ApiAnswer> ReadyAsync(ApiCall call) => AskAsync(call, "ready");

    private static async Task<ApiAnswer> AskAsync(ApiCall call, string tag)
    {
        var report = await call.Part<HealthCheckService>().CheckHealthAsync(c => c.Tags.Contains(tag), call.Aborted).ConfigureAwait(false);
        var (word, status) = report.Status switch
        {
            HealthStatus.Healthy => ("healthy", StatusCodes.Status200OK),
            HealthStatus.Degraded => ("degraded", StatusCodes.Status200OK),
            _ => ("unhealthy", StatusCodes.Status503ServiceUnavailable),
        };
        return ApiAnswer.Of(new HealthView(word), ApiJson.Context.HealthView, status);
    }
}
