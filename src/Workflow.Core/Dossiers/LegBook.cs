namespace Workflow.Core.Dossiers;

/// <summary>All that a dossier keeps about legs, its own and itself as one: most dossiers have neither, and a million are kept.</summary>
internal sealed record LegBook
{
    /// <summary>The dossier whose leg this one is, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The number of the leg there; 0 when it is none.</summary>
    public int Number { get; init; }

    public bool AcknowledgementReported { get; init; }

    public bool WasRefused { get; init; }

    /// <summary>The dossier's own legs, by number, from 1 without gaps.</summary>
    public IReadOnlyList<DossierLeg> Legs { get; init; } = [];

    /// <summary>How often the dossier entered a state that waits for legs.</summary>
    public int Round { get; init; }

    /// <summary>When what follows from the legs is tried again, or null.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public DateTimeOffset? NextWakeUp
    {
        get
        {
            var next = RetryAt;
            for (var i = 0; i < Legs.Count; i++)
            {
                next = Dossier.Earliest(next, Legs[i].NextWakeUp);
            }

            return next;
        }
    }

    public static LegBook? Restore(DossierSnapshot snapshot) => snapshot is { Parent: null, LegRound: 0 }
        ? null
        : new LegBook
        {
            Parent = snapshot.Parent,
            Number = snapshot.LegNumber ?? 0,
            AcknowledgementReported = snapshot.AcknowledgementReported,
            WasRefused = snapshot.WasRefused,
            Legs = [.. snapshot.Legs ?? []],
            Round = snapshot.LegRound,
            RetryAt = snapshot.LegsRetryAt,
        };

    /// <summary>The leg of a number; null when there is none.</summary>
    public DossierLeg? Find(int number) => number >= 1 && number <= Legs.Count ? Legs[number - 1] : null;

    public LegBook With(int number, Func<DossierLeg, DossierLeg> change)
    {
        var legs = Legs.ToArray();
        legs[number - 1] = change(legs[number - 1]);
        return this with { Legs = legs };
    }
}
