using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Host.Serving;

namespace Workflow.Host.Access;

/// <summary>The one place that decides which dossiers a person sees and for which units a person acts.</summary>
/// <remarks>
/// A person of a unit reaches that unit and all below it, by the tree in force today; a unit that has ended is reached through those that
/// took its place, or else through the last one above it. A citizen reaches the dossiers that the citizen submitted, and nothing else.
/// What a person may do with a dossier in reach is the procedure's to say.
/// </remarks>
internal sealed class Reach(IOffice office)
{
    /// <summary>Whether a unit is in reach.</summary>
    public bool Covers(Caller caller, string unit) => HeldAt(caller, unit).Any();

    /// <summary>How a person sees a dossier.</summary>
    public Sight SightOf(Caller caller, DossierSnapshot dossier) =>
        caller.IsOfficer && (Covers(caller, dossier.Unit) || Covers(caller, dossier.ReceivingUnit) || Covers(caller, dossier.CompetentUnit)) ? Sight.Officer
        : dossier.Owner == caller.Id ? Sight.Owner
        : Sight.None;

    /// <summary>The person as the engine knows it, acting for a unit; null when that unit is out of reach.</summary>
    /// <param name="caller">The person.</param>
    /// <param name="unit">The unit to act for; null for the person's own.</param>
    public Actor? ActorOf(Caller caller, string? unit)
    {
        if (!caller.IsOfficer)
        {
            return unit is null ? Actor.Applicant(caller.Id) : null;
        }

        unit ??= OwnUnit(caller);
        if (unit is null || !Covers(caller, unit))
        {
            return null;
        }

        // On dossiers of their own officers are applicants like everybody.
        var roles = HeldAt(caller, unit).SelectMany(u => caller.RolesByUnit[u]).Distinct(StringComparer.Ordinal);
        return new Actor(caller.Id, [.. roles, ProcedureContent.ApplicantRole], unit);
    }

    /// <summary>The unit for which a person acts who names none; null for citizens, and for persons of several units.</summary>
    public static string? OwnUnit(Caller caller) => caller.Unit ?? (caller.RolesByUnit.Count == 1 ? caller.RolesByUnit.Keys.First() : null);

    // The units of the person that are this one or stand above it.
    private IEnumerable<string> HeldAt(Caller caller, string unit)
    {
        var (units, today) = (office.Units, office.Today);
        var inForce = units.At(today);
        IReadOnlyList<string> places = inForce.Find(unit) is not null ? [unit] : [.. units.SuccessorsOf(unit, today).Select(u => u.Code)];
        return caller.RolesByUnit.Keys.Where(held => places.Count > 0
            ? places.Any(place => inForce.IsWithin(place, held))
            : inForce.Find(held) is not null && units.IsWithin(unit, held));
    }
}

/// <summary>How a person sees a dossier.</summary>
internal enum Sight
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As the person who submitted it: without the accounts and notes of officers.</summary>
    Owner,

    /// <summary>As an officer of a unit that has to do with it, or above it.</summary>
    Officer,
}
