using Workflow.Core.Dossiers;

namespace Workflow.Core.Indicators;

/// <summary>Counts what events change in the figures of units. Not thread-safe.</summary>
/// <remarks>Folded from an empty journal on, it holds the figures themselves; folded over a part of it, by how much that part changes them.</remarks>
public sealed class UnitTally
{
    private static readonly UnitFigures s_held = new() { Held = 1 };

    private readonly Dictionary<string, UnitFigures> _units = new(StringComparer.Ordinal);

    /// <summary>The figures of every unit that was met, some of which may be 0.</summary>
    public IReadOnlyDictionary<string, UnitFigures> Units => _units;

    /// <summary>Takes in what one accepted command did.</summary>
    /// <param name="before">Where the dossier stood; null before its submission.</param>
    /// <param name="events">The command's events, in order.</param>
    /// <returns>Where it stands.</returns>
    /// <exception cref="ArgumentException">The dossier's submission is neither before nor first.</exception>
    public UnitStanding Fold(UnitStanding? before, IReadOnlyList<DossierEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var standing = before;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DossierSubmitted submitted)
            {
                standing = UnitStanding.Of(submitted);
                Add(standing.Unit, standing.Figures with { Submitted = 1 });
                Add(standing.Holder, s_held);
            }
            else
            {
                standing = Move(standing ?? throw NoSubmission(), events[i]);
            }
        }

        return standing ?? throw NoSubmission();
    }

    private UnitStanding Move(UnitStanding before, DossierEvent happened)
    {
        var after = before.After(happened);
        if (after == before)
        {
            return before;
        }

        var handedOver = after.Unit == before.Unit ? 0 : 1;
        Add(before.Unit, new UnitFigures { HandedOver = handedOver }.Minus(before.Figures));
        Add(after.Unit, after.Figures with { TakenOver = handedOver });
        if (after.Holder != before.Holder || after.IsClosed != before.IsClosed)
        {
            Add(before.Holder, before.IsClosed ? UnitFigures.None : UnitFigures.None.Minus(s_held));
            Add(after.Holder, after.IsClosed ? UnitFigures.None : s_held);
        }

        return after;
    }

    private void Add(string unit, UnitFigures change) => _units[unit] = _units.GetValueOrDefault(unit, UnitFigures.None).Plus(change);

    private static ArgumentException NoSubmission() => new("The dossier's submission was not seen: fold its events from the first one on.", "events");
}
