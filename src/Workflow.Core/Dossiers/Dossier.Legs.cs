namespace Workflow.Core.Dossiers;

public sealed partial class Dossier
{
    // Null while the dossier has to do with no leg.
    private LegBook? _legs;

    /// <summary>The code of the dossier whose leg this is; null when it stands for itself.</summary>
    public string? Parent => _legs?.Parent;

    /// <summary>The number of the leg in <see cref="Parent"/>, or null.</summary>
    public int? LegNumber => _legs is { Parent: not null } book ? book.Number : null;

    /// <summary>Its legs, all that it ever had, by number.</summary>
    public IReadOnlyList<DossierLeg> Legs => _legs?.Legs ?? [];

    /// <summary>How often it entered a state that waits for legs; the legs of the last round are those that count.</summary>
    public int LegRound => _legs?.Round ?? 0;

    internal LegBook? LegBook => _legs;

    internal DateTimeOffset? LegsRetryAt => _legs?.RetryAt;

    private void EvolveOrigin(DossierSubmitted e)
    {
        if (e.Parent is not null)
        {
            _legs = new LegBook { Parent = e.Parent, Number = e.LegNumber ?? 0 };
        }
    }

    private void EvolveLeg(LegEvent happened, DateTimeOffset at)
    {
        var book = _legs ?? new LegBook();
        _legs = happened switch
        {
            LegsAwaited e => book with
            {
                Round = book.Round + 1,
                RetryAt = null,
                Legs = [.. book.Legs, .. e.Legs.Select(l => new DossierLeg(l.Number, l.Name, book.Round + 1, l.Unit))],
            },
            LegDispatched e => book.With(e.Number, l => l with
            {
                State = LegState.Dispatched, Unit = e.Unit, DispatchedAt = at, AcknowledgeBy = e.AcknowledgeBy, Due = e.Due, DeemedAt = e.DeemedAt,
            }),
            LegOpened e => book.With(e.Number, l => l with { Code = e.Code }),
            LegAcknowledged e => book.With(e.Number, l => l with { State = LegState.Acknowledged }),
            LegUnacknowledged e => book.With(e.Number, l => l with { IsUnacknowledged = true }),
            LegLate e => book.With(e.Number, l => l with { IsLate = true }),
            LegEnded e => book.With(e.Number, l => l with { State = l.IsOpen ? LegState.Ended : l.State, Outcome = e.Outcome, Result = e.Result }),
            LegDeemedAgreed e => book.With(e.Number, l => l with { State = LegState.DeemedAgreed }),
            LegRecalled e => book.With(e.Number, l => l with { State = LegState.Recalled }),
            LegRescheduled e => book.With(e.Number, l => l with { AcknowledgeBy = e.AcknowledgeBy, Due = e.Due, DeemedAt = e.DeemedAt }),
            LegsDeferred e => book with { RetryAt = e.NextTry },
            _ => throw new ArgumentException($"A dossier knows no event {happened.GetType().Name}.", nameof(happened)),
        };
    }

    private void EvolveReport(LegReport happened)
    {
        if (happened is AcknowledgementReported)
        {
            _legs = _legs! with { AcknowledgementReported = true };
        }
    }

    private void EvolveRefused()
    {
        if (_legs is { Parent: not null })
        {
            _legs = _legs with { WasRefused = true };
        }
    }

    // What was to be tried again belonged to the state that is left.
    private void EvolveLegsLeft()
    {
        if (_legs is { RetryAt: not null })
        {
            _legs = _legs with { RetryAt = null };
        }
    }
}
