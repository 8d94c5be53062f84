using System.Text.Json.Serialization;

namespace Workflow.Core.Dossiers;

/// <summary>Where a leg of a dossier stands.</summary>
public enum LegState
{
    /// <summary>It waits for earlier legs.</summary>
    Planned,

    /// <summary>It was sent to its agency.</summary>
    Dispatched,

    /// <summary>The agency has taken it up.</summary>
    Acknowledged,

    /// <summary>Its dossier ended, as <see cref="DossierLeg.Outcome"/> says, or could not be submitted.</summary>
    Ended,

    /// <summary>The agency was silent for too long and is deemed to agree.</summary>
    DeemedAgreed,

    /// <summary>The dossier went on without it.</summary>
    Recalled,
}

/// <summary>How the dossier of a leg ended.</summary>
public enum LegOutcome
{
    /// <summary>With a decision, a result, or at an end that is no refusal.</summary>
    Well,

    /// <summary>Refused, withdrawn or stopped, or never submitted.</summary>
    Badly,
}

/// <summary>One agency's part of a dossier (liên thông). Immutable.</summary>
/// <param name="Number">Its number within the dossier, from 1; no number is used twice, however often a state is entered.</param>
/// <param name="Name">Its name in the procedure.</param>
/// <param name="Round">Which time the dossier waits for legs, from 1.</param>
/// <param name="Unit">The unit that receives it.</param>
public sealed record DossierLeg(int Number, string Name, int Round, string Unit)
{
    /// <summary>Where it stands.</summary>
    public LegState State { get; init; }

    /// <summary>The code of its dossier; null until that exists.</summary>
    public string? Code { get; init; }

    /// <summary>When it was sent, from where its moments are counted; null before dispatch, and where an earlier release did not keep it.</summary>
    public DateTimeOffset? DispatchedAt { get; init; }

    /// <summary>The last moment at which the agency acknowledges it in time; null when it need not, or before dispatch.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>The last moment at which it ends in time; null when its own procedure alone says so, or before dispatch.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The first moment at which silence is agreement; null for never, or before dispatch.</summary>
    public DateTimeOffset? DeemedAt { get; init; }

    /// <summary>Whether it was not acknowledged in time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnacknowledged { get; init; }

    /// <summary>Whether it did not end in time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLate { get; init; }

    /// <summary>How its dossier ended; null while it has not. One that ends after it was deemed to agree changes nothing more.</summary>
    public LegOutcome? Outcome { get; init; }

    /// <summary>The number or code of its result, or null.</summary>
    public string? Result { get; init; }

    /// <summary>Whether the agency has it.</summary>
    [JsonIgnore]
    public bool IsOpen => State is LegState.Dispatched or LegState.Acknowledged;

    /// <summary>Whether it ended well, by its dossier or by silence.</summary>
    [JsonIgnore]
    public bool EndedWell => State == LegState.DeemedAgreed || (State == LegState.Ended && Outcome == LegOutcome.Well);

    /// <summary>Whether it ended badly.</summary>
    [JsonIgnore]
    public bool EndedBadly => State == LegState.Ended && Outcome == LegOutcome.Badly;

    /// <summary>Whether it ended, by its dossier or by silence.</summary>
    [JsonIgnore]
    public bool HasEnded => State is LegState.Ended or LegState.DeemedAgreed;

    // The first moment at which something about it has to be said.
    internal DateTimeOffset? NextWakeUp
    {
        get
        {
            if (!IsOpen)
            {
                return null;
            }

            var alert = State == LegState.Dispatched && !IsUnacknowledged && AcknowledgeBy is { } by ? TimelinessRule.FirstLateMoment(by) : (DateTimeOffset?)null;
            var late = !IsLate && Due is { } due ? TimelinessRule.FirstLateMoment(due) : (DateTimeOffset?)null;
            return Dossier.Earliest(Dossier.Earliest(alert, late), DeemedAt);
        }
    }
}
