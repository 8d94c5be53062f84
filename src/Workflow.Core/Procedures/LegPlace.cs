using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>Which unit receives a leg: <c>[agency of] receiving | competent | above | province | district | commune | a unit's code</c>.</summary>
/// <param name="Agency">The agency below the place; null for the place itself.</param>
/// <param name="Place">The place.</param>
internal readonly record struct LegPlace(string? Agency, string Place)
{
    public const string Receiving = "receiving";
    public const string Competent = "competent";
    public const string Above = "above";

    private const string Of = " of ";
    private const int MostLevels = 64;

    /// <summary>Reads what a definition says; null when it says nothing that could be a place.</summary>
    public static LegPlace? Parse(string text)
    {
        var at = text.IndexOf(Of, StringComparison.Ordinal);
        var agency = at < 0 ? null : text[..at].Trim();
        var place = at < 0 ? text.Trim() : text[(at + Of.Length)..].Trim();
        return agency?.Length == 0 || place.Contains(' ', StringComparison.Ordinal) || !(IsWord(place) || IsCode(place)) ? null : new LegPlace(agency, place);
    }

    /// <summary>Finds the unit; null when there is none, or more than one that could be meant.</summary>
    /// <param name="units">The units that exist.</param>
    /// <param name="receiving">The unit that received the dossier.</param>
    /// <param name="competent">The unit that settles it.</param>
    /// <param name="holding">The unit that has it.</param>
    public Unit? Find(UnitTree units, string receiving, string competent, string holding)
    {
        var place = Place switch
        {
            Receiving => units.Find(receiving),
            Competent => units.Find(competent),
            Above => units.Find(holding) is { Parent: { } above } ? units.Find(above) : null,
            _ when UnitLevels.ByName.TryGetValue(Place, out var level) => AtOrAbove(units, receiving, level),
            var code => units.Find(code),
        };
        return place is null || Agency is null ? place : AgencyBelow(units, place, Agency);
    }

    private static bool IsWord(string place) => place is Receiving or Competent or Above || UnitLevels.ByName.ContainsKey(place);

    private static bool IsCode(string place) => place.Contains('.', StringComparison.Ordinal) && place.All(c => char.IsAsciiLetterOrDigit(c) || c == '.');

    // An agency has the level of its committee; the committees alone make the ladder.
    private static Unit? AtOrAbove(UnitTree units, string from, UnitLevel level)
    {
        var at = units.Find(from);
        for (var steps = 0; at is not null && steps < MostLevels; steps++)
        {
            if (at.Level == level && at.Agency is null)
            {
                return at;
            }

            at = at.Parent is null ? null : units.Find(at.Parent);
        }

        return null;
    }

    // The place's own agency comes before those further down, of which only a single one can be meant.
    private static Unit? AgencyBelow(UnitTree units, Unit place, string agency)
    {
        var below = units.Units.Where(u => u.Agency == agency && u.Code != place.Code && units.IsWithin(u.Code, place.Code)).ToList();
        var own = below.Where(u => u.Parent == place.Code).ToList();
        return own.Count == 1 ? own[0] : own.Count == 0 && below.Count == 1 ? below[0] : null;
    }
}
