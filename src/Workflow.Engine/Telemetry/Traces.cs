using System.Diagnostics;

namespace Workflow.Engine.Telemetry;

/// <summary>Trace contexts as rows of the journal keep them.</summary>
internal static class Traces
{
    // As many as OpenTelemetry keeps of a span.
    private const int MostLinks = 128;

    /// <summary>The context of the activity that runs now, in the form in which it is stored; null when there is none.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: var id } ? id : null;

    /// <summary>The context of a stored one; the default, which continues nothing, when there is none or it cannot be read.</summary>
    public static ActivityContext Of(string? stored) => ActivityContext.TryParse(stored, null, isRemote: true, out var context) ? context : default;

    /// <summary>Links to stored contexts, each once.</summary>
    public static List<ActivityLink>? Links(IEnumerable<string?> stored)
    {
        List<ActivityLink>? links = null;
        foreach (var text in stored.Where(s => s is not null).Distinct(StringComparer.Ordinal).Take(MostLinks))
        {
            if (Of(text) is { TraceId: var trace } context && trace != default)
            {
                (links ??= []).Add(new ActivityLink(context));
            }
        }

        return links;
    }
}
