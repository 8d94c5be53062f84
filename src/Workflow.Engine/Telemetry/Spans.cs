using System.Diagnostics;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Telemetry;

/// <summary>The spans of the engine; each is null when nobody listens.</summary>
/// <remarks>What runs by itself (commits, timers, followers) begins a trace of its own, with links to what caused it.</remarks>
internal static class Spans
{
    public const string CommandName = "workflow.command";
    public const string CommitName = "workflow.commit";
    public const string TimerName = "workflow.timer";
    public const string FollowerName = "workflow.follower.page";
    public const string LegName = "workflow.leg";
    public const string DeliveryName = "workflow.delivery";

    private static readonly ActivitySource s_source = new(WorkflowTelemetry.SourceName, WorkflowTelemetry.Version);

    /// <summary>Whether anybody listens.</summary>
    public static bool AreWatched => s_source.HasListeners();

    /// <summary>A command of a caller; a child of what the caller runs in.</summary>
    public static Activity? Command(DossierCommand command, DossierCode code)
    {
        var span = s_source.StartActivity(CommandName);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Tags.CommandKind, CommandWords.KindOf(command));
            span.SetTag(Tags.DossierCode, code.Value);
        }

        return span;
    }

    /// <summary>A shared commit, linked to the commands in it.</summary>
    public static Activity? Commit(IReadOnlyList<JournalAppend> appends) =>
        AreWatched ? Root(CommitName, Traces.Links(appends.Select(a => a.TraceContext)))?.SetTag(Tags.CommitSize, appends.Count) : null;

    /// <summary>The firing of a dossier's timers.</summary>
    public static Activity? Timer(DossierCode code) => AreWatched ? Root(TimerName, null)?.SetTag(Tags.DossierCode, code.Value) : null;

    /// <summary>A page of the journal given to a follower, linked to the commands in it.</summary>
    public static Activity? FollowerPage(string follower, IReadOnlyList<JournalRow> rows) =>
        AreWatched ? Root(FollowerName, Traces.Links(rows.Select(r => r.TraceContext)))?.SetTag(Tags.FollowerName, follower).SetTag(Tags.FollowerEntries, rows.Count) : null;

    /// <summary>What is done for a leg; goes on the trace of the command that asked for it.</summary>
    public static Activity? Leg(ActivityContext cause) => Continued(LegName, ActivityKind.Internal, cause);

    /// <summary>The delivery of an entry to a subscriber; goes on the trace of the command.</summary>
    public static Activity? Delivery(string subscriber, ActivityContext cause) =>
        Continued(DeliveryName, ActivityKind.Producer, cause)?.SetTag(Tags.SubscriberName, subscriber);

    /// <summary>Says of a span that what it stands for failed.</summary>
    public static void Fail(this Activity? span, Exception fault) => span?.SetStatus(ActivityStatusCode.Error).SetTag(Tags.ErrorType, fault.GetType().FullName);

    // Where the command bore no trace, one begins here: whatever runs around it serves others too.
    private static Activity? Continued(string name, ActivityKind kind, ActivityContext cause)
    {
        if (!AreWatched)
        {
            return null;
        }

        if (cause == default)
        {
            Activity.Current = null;
        }

        return s_source.StartActivity(name, kind, cause);
    }

    // A loop that began within somebody's activity is no part of it.
    private static Activity? Root(string name, IEnumerable<ActivityLink>? links)
    {
        Activity.Current = null;
        return s_source.StartActivity(name, ActivityKind.Internal, parentContext: default, tags: null, links);
    }
}
