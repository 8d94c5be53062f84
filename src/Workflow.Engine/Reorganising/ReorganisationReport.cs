using Workflow.Core.Dossiers;

namespace Workflow.Engine.Reorganising;

/// <summary>What a reorganisation did, or would do, with the open dossiers of the units concerned. Immutable.</summary>
/// <param name="Plan">The id of the plan.</param>
/// <param name="IsApplied">Whether it was carried out; otherwise nothing was changed.</param>
/// <param name="Dossiers">The open dossiers of the units concerned, by their codes. Those that were handed over by an earlier run are not among them.</param>
public sealed record ReorganisationReport(string Plan, bool IsApplied, IReadOnlyList<DossierReorganised> Dossiers)
{
    /// <summary>How many dossiers were handed over; 0 when nothing was carried out.</summary>
    public int Moved => IsApplied ? Dossiers.Count - Blocked.Count : 0;

    /// <summary>Those that cannot be handed over, each with why.</summary>
    public IReadOnlyList<DossierReorganised> Blocked => [.. Dossiers.Where(d => d.Unmet.Count > 0)];
}

/// <summary>An open dossier of a unit that is reorganised.</summary>
/// <param name="Code">Its code, which it keeps.</param>
/// <param name="From">Its units before.</param>
/// <param name="To">Its units afterwards.</param>
/// <param name="Unmet">Why it cannot be handed over; empty when it can.</param>
public sealed record DossierReorganised(DossierCode Code, DossierUnits From, DossierUnits To, IReadOnlyList<UnmetGuard> Unmet);

/// <summary>The units of a dossier; empty texts where they could not be read.</summary>
/// <param name="Receiving">The code of the unit that received it.</param>
/// <param name="Competent">The code of the unit that settles it.</param>
/// <param name="Current">The code of the unit that has it.</param>
public readonly record struct DossierUnits(string Receiving, string Competent, string Current)
{
    internal static DossierUnits Of(Dossier dossier) => new(dossier.ReceivingUnit, dossier.CompetentUnit, dossier.Unit);

    internal DossierUnits After(HandOverDossier handOver) =>
        new(handOver.ReceivingUnit ?? Receiving, handOver.CompetentUnit ?? Competent, handOver.Unit ?? Current);
}

/// <summary>A plan was to be carried out before its day.</summary>
/// <param name="on">The plan's day.</param>
public sealed class PlanAheadException(DateOnly on)
    : Exception($"The plan holds from {on:yyyy-MM-dd} on: carry it out on that day or later; until then it can be tried.")
{
    /// <summary>The plan's day.</summary>
    public DateOnly On { get; } = on;
}
