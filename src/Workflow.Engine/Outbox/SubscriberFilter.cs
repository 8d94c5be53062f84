namespace Workflow.Engine.Outbox;

/// <summary>What a subscriber is told of. Each part that is given must fit.</summary>
public sealed record SubscriberFilter
{
    /// <summary>Lets everything through.</summary>
    public static SubscriberFilter Everything { get; } = new();

    /// <summary>The codes of procedures; empty for all.</summary>
    public IReadOnlyList<string> Procedures { get; init; } = [];

    /// <summary>The codes of units, one of which received the dossier, settles it or has it; empty for all.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Whether only what changes the portal status is told.</summary>
    public bool StatusChangesOnly { get; init; }

    /// <summary>Whether it names procedures or units.</summary>
    internal bool NamesCodes => Procedures.Count > 0 || Units.Count > 0;

    /// <summary>Whether the dossier must be known to tell.</summary>
    internal bool AsksForDossier => Procedures.Count > 0 || Units.Count > 0 || StatusChangesOnly;
}

/// <summary>The forms of deliveries.</summary>
public static class PayloadFormats
{
    /// <summary>The entry of the journal as a CloudEvent, without personal data.</summary>
    public const string Events = "events";

    /// <summary>The records of the national portal. They hold personal data.</summary>
    public const string NationalPortal = "national-portal";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Events, NationalPortal];
}
