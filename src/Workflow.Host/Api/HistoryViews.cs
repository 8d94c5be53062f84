using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>What a command came to, as of when it was first done.</summary>
internal sealed record OutcomeView(string Code, int Version, IReadOnlyList<EventView> Events)
{
    public static OutcomeView Of(CommandResult.Accepted done, Sight sight) => new(done.Code.Value, done.Version, EventView.Of(done.Events, sight));
}

/// <summary>The accepted commands of a dossier, oldest first.</summary>
/// <param name="Code">The dossier.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Entries">A page of them.</param>
/// <param name="Next">The version from which the next page goes on; null when there is none.</param>
internal sealed record HistoryView(string Code, int Version, IReadOnlyList<EntryView> Entries, int? Next);

/// <summary>One accepted command.</summary>
internal sealed record EntryView(int Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, IReadOnlyList<EventView> Events)
{
    public string? Unit { get; init; }

    /// <summary>The acting account; told to officers alone.</summary>
    public string? Actor { get; init; }

    public static EntryView Of(HistoryEntry entry, Sight sight) => new(entry.Version, entry.OccurredAt, entry.RecordedAt, EventView.Of(entry.Events, sight))
    {
        Unit = entry.Unit,
        Actor = sight == Sight.Officer ? entry.Actor : null,
    };
}

/// <summary>Something that happened. Which members it has depends on its kind; kinds are added, never renamed.</summary>
internal sealed record EventView(string Kind)
{
    // The stored names without the number of their form.
    private static readonly FrozenDictionary<Type, string> s_kinds = typeof(DossierEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => a.DerivedType, a => ((string)a.TypeDiscriminator!).Split('.')[0]);

    public string? Trigger { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public int? PortalStatus { get; init; }

    public string? Role { get; init; }

    public string? FromUnit { get; init; }

    public string? ToUnit { get; init; }

    /// <summary>The officer's account; told to officers alone.</summary>
    public string? Officer { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? OldDue { get; init; }

    public string? Limit { get; init; }

    public long? Amount { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public IReadOnlyList<DocumentPart>? Documents { get; init; }

    public string? Reason { get; init; }

    public string? Ground { get; init; }

    public string? Result { get; init; }

    public string? Timeliness { get; init; }

    public bool? IsLate { get; init; }

    public string? Leg { get; init; }

    public string? LegCode { get; init; }

    /// <summary>The word for a type of events.</summary>
    public static string KindOf(Type type) => s_kinds[type];

    public static IReadOnlyList<EventView> Of(IReadOnlyList<DossierEvent> events, Sight sight) => [.. events.Select(e => Of(e, sight))];

    private static EventView Of(DossierEvent happened, Sight sight)
    {
        var view = new EventView(KindOf(happened.GetType())) 
        {
            // What officers note for each other is not for the applicant.
            Reason = sight == Sight.Officer || happened is DossierRefused or SupplementRequested or DossierReappointed ? happened.Personal?.Note : null,
        };
        return happened switch
        {
            DossierSubmitted e => view with { To = e.State, PortalStatus = (int?)e.Status, Role = e.Role, ToUnit = e.ReceivingUnit, Documents = [.. e.Documents.Select(DocumentPart.Of)] },
            DossierMoved e => view with { Trigger = e.Trigger, From = e.From, To = e.To, PortalStatus = (int?)e.Status, Role = e.Role },
            DossierAccepted e => view with { Limit = e.Limit, Due = e.Promise?.Due, Amount = e.Fees },
            DossierRefused e => view with { Ground = e.Ground },
            SupplementRequested e => view with { Items = e.Items },
            PaymentRequested e => view with { Amount = e.Outstanding },
            PaymentReceived e => view with { Amount = e.Payment.Amount },
            DossierTransferred e => view with { FromUnit = e.FromUnit, ToUnit = e.ToUnit, Due = e.DueBy, IsLate = e.IsLate },
            DossierAssigned e => view with { ToUnit = e.Unit, Role = e.Role, Officer = sight == Sight.Officer ? e.Officer : null },
            DocumentsAttached e => view with { Documents = [.. e.Documents.Select(DocumentPart.Of)] },
            DecisionSigned e => view with { Result = e.Result },
            DossierReappointed e => view with { OldDue = e.OldDue, Due = e.NewDue, Result = e.ApologyDocument },
            ClockSuspended e => view with { PortalStatus = (int?)e.Status },
            ClockResumed e => view with { Due = e.Promise.Due },
            ClockStopped e => view with { Due = e.Due, Timeliness = Words.Of(e.Timeliness) },
            StepOverdue e => view with { From = e.State, Due = e.Due },
            TimeoutDeferred e => view with { Trigger = e.Trigger, Items = e.Unmet, Due = e.NextTry },
            DueNear e => view with { Due = e.Due },
            DeadlineMissed e => view with { Due = e.Due },
            DossierHandedOver e => view with { FromUnit = e.FromUnit, ToUnit = e.ToUnit, Ground = e.Ground },
            DossierMigrated e => view with { From = e.Before.State, To = e.After.State, Ground = e.Ground },
            MigrationTakenBack e => view with { From = e.FromState, To = e.After.State },
            PromiseRecomputed e => view with { OldDue = e.OldDue, Due = e.Promise.Due },
            LegDispatched e => view with { Leg = e.Name, ToUnit = e.Unit },
            LegOpened e => view with { Leg = e.Name, LegCode = e.Code },
            LegAcknowledged e => view with { Leg = e.Name },
            LegUnacknowledged e => view with { Leg = e.Name, Due = e.Due },
            LegLate e => view with { Leg = e.Name, Due = e.Due },
            LegEnded e => view with { Leg = e.Name },
            LegDeemedAgreed e => view with { Leg = e.Name, ToUnit = e.Unit, Due = e.DeemedAt },
            LegRecalled e => view with { Leg = e.Name },
            _ => view,
        };
    }
}
