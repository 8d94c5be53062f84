using Workflow.Core.Procedures;

namespace Workflow.Core.Indicators;

/// <summary>How many dossiers of a unit stand how, at one moment; or by how much that changes. Immutable.</summary>
/// <remarks>
/// Counted as in the statutory report: a dossier is its competent unit's, what was settled stays with the unit that settled it, and a hand-over
/// in process counts for both units. Whoever has a dossier on the desk just now is counted apart, in <see cref="Held"/>.
/// </remarks>
public sealed record UnitFigures
{
    private const int LastStatus = (int)PortalStatus.ResultReturned;

    // By number; at 0 what no portal shows.
    private readonly int[] _byStatus = s_noStatus;

    private static readonly int[] s_noStatus = new int[LastStatus + 1];

    /// <summary>Nothing counted, or nothing changed.</summary>
    public static UnitFigures None { get; } = new();

    /// <summary>Submitted to the unit.</summary>
    public int Submitted { get; init; }

    /// <summary>Taken over from other units while in process.</summary>
    public int TakenOver { get; init; }

    /// <summary>Handed over to other units while in process.</summary>
    public int HandedOver { get; init; }

    /// <summary>Settled before the promised day.</summary>
    public int Early { get; init; }

    /// <summary>Settled on the promised day, or without a promised date.</summary>
    public int OnTime { get; init; }

    /// <summary>Settled after the promised moment.</summary>
    public int Overdue { get; init; }

    /// <summary>Not settled yet.</summary>
    public int InProcess { get; init; }

    /// <summary>Of those in process, waiting for the applicant's supplement (portal status 5).</summary>
    public int WaitingForSupplement { get; init; }

    /// <summary>Open and on the unit's desk now, whichever unit is to settle them: a transfer moves them.</summary>
    public int Held { get; init; }

    /// <summary>How many have each portal status, by its number: eleven figures, at 0 those that no portal shows.</summary>
    /// <exception cref="ArgumentException">There are more than eleven; missing ones are 0.</exception>
    public IReadOnlyList<int> ByStatus
    {
        get => _byStatus;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count > s_noStatus.Length)
            {
                throw new ArgumentException($"There are {s_noStatus.Length} figures by portal status, not {value.Count}.", nameof(value));
            }

            _byStatus = [.. value, .. new int[s_noStatus.Length - value.Count]];
        }
    }

    /// <summary>All that came in: submitted or taken over.</summary>
    public int Received => Submitted + TakenOver;

    /// <summary>All that was settled.</summary>
    public int Settled => Early + OnTime + Overdue;

    /// <summary>The identity of the report: what was received was settled, is in process, or was handed over.</summary>
    public bool Holds => Received == Settled + InProcess + HandedOver;

    /// <summary>How many have a portal status; null for those that no portal shows.</summary>
    public int OfStatus(PortalStatus? status) => _byStatus[NumberOf(status)];

    /// <summary>These figures and others together.</summary>
    public UnitFigures Plus(UnitFigures other) => Combine(other, 1);

    /// <summary>These figures less others.</summary>
    public UnitFigures Minus(UnitFigures other) => Combine(other, -1);

    /// <inheritdoc/>
    public bool Equals(UnitFigures? other) =>
        other is not null
        && (Submitted, TakenOver, HandedOver, Early, OnTime, Overdue, InProcess, WaitingForSupplement, Held)
            == (other.Submitted, other.TakenOver, other.HandedOver, other.Early, other.OnTime, other.Overdue, other.InProcess, other.WaitingForSupplement, other.Held)
        && _byStatus.AsSpan().SequenceEqual(other._byStatus);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Submitted, TakenOver, HandedOver, Settled, InProcess, WaitingForSupplement, Held);

    internal static UnitFigures OfOne(PortalStatus? status) => new() { ByStatus = [.. Enumerable.Range(0, s_noStatus.Length).Select(n => n == NumberOf(status) ? 1 : 0)] };

    private static int NumberOf(PortalStatus? status) => status is { } shown ? (int)shown : 0;

    private UnitFigures Combine(UnitFigures other, int sign)
    {
        ArgumentNullException.ThrowIfNull(other);
        var byStatus = new int[s_noStatus.Length];
        for (var i = 0; i < byStatus.Length; i++)
        {
            byStatus[i] = _byStatus[i] + (sign * other._byStatus[i]);
        }

        return new UnitFigures
        {
            Submitted = Submitted + (sign * other.Submitted),
            TakenOver = TakenOver + (sign * other.TakenOver),
            HandedOver = HandedOver + (sign * other.HandedOver),
            Early = Early + (sign * other.Early),
            OnTime = OnTime + (sign * other.OnTime),
            Overdue = Overdue + (sign * other.Overdue),
            InProcess = InProcess + (sign * other.InProcess),
            WaitingForSupplement = WaitingForSupplement + (sign * other.WaitingForSupplement),
            Held = Held + (sign * other.Held),
            ByStatus = byStatus,
        };
    }
}
