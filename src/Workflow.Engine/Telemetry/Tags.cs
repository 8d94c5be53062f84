namespace Workflow.Engine.Telemetry;

/// <summary>The keys of the tags on spans and measurements. Values never hold personal data; on measurements never a dossier's code either.</summary>
internal static class Tags
{
    public const string CommandKind = "workflow.command.kind";
    public const string CommandOutcome = "workflow.command.outcome";
    public const string BusyReason = "workflow.busy.reason";
    public const string CommitOutcome = "workflow.commit.outcome";
    public const string CommitSize = "workflow.commit.size";
    public const string DossierCode = "workflow.dossier.code";
    public const string DossierVersion = "workflow.dossier.version";
    public const string FollowerName = "workflow.follower.name";
    public const string FollowerEntries = "workflow.follower.entries";
    public const string SubscriberName = "workflow.subscriber.name";
    public const string DeliveryOutcome = "workflow.delivery.outcome";
    public const string ErrorType = "error.type";
}
