using Workflow.Core.Definitions;

namespace Workflow.Core.Units;

/// <summary>The level of government that a unit belongs to.</summary>
public enum UnitLevel
{
    /// <summary>Province, or a city of that rank.</summary>
    Province,

    /// <summary>District. There are none from 1 July 2025.</summary>
    District,

    /// <summary>Commune, ward or township.</summary>
    Commune,
}

/// <summary>An office that receives or settles dossiers.</summary>
/// <param name="Code">
/// The identification code without the ministry's or province's dossier part: <c>V1V2V3.Z1Z2.Y1Y2.MX1X2</c>, such as
/// <c>000.01.30.H28</c> (Circular 01/2018/TT-VPCP Art 19). Dossier numbers begin with it.
/// </param>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its level.</param>
/// <param name="Parent">The code of the unit above it, or null at the top.</param>
public sealed record Unit(string Code, LocalizedName Name, UnitLevel Level, string? Parent)
{
    /// <summary>The agency that it is, such as <c>police</c> or <c>tax</c>; null for the people's committee of its level.</summary>
    public string? Agency { get; init; }

    /// <summary>The roles that its officers hold; empty when nothing is said about them.</summary>
    public IReadOnlyList<string> Roles { get; init => field = value ?? []; } = [];

    /// <summary>The first day on which it exists; null for as long as anybody remembers.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day on which it exists; null while no end is set.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The codes of the units that took over when it ended; empty while it exists, or when nobody did.</summary>
    public IReadOnlyList<string> Successors { get; init => field = value ?? []; } = [];

    /// <summary>The units that it stood below before it moved below <see cref="Parent"/>, by their last days, ascending; empty when it never moved.</summary>
    public IReadOnlyList<FormerParent> FormerParents { get; init => field = value ?? []; } = [];

    /// <summary>Whether it exists on a day: both ends included.</summary>
    public bool ExistsOn(DateOnly day) => (From is null || From <= day) && (Until is null || day <= Until);

    /// <summary>The code of the unit that it stood below on a day, whether or not it existed then.</summary>
    public string? ParentOn(DateOnly day)
    {
        for (var i = 0; i < FormerParents.Count; i++)
        {
            if (day <= FormerParents[i].Until)
            {
                return FormerParents[i].Parent;
            }
        }

        return Parent;
    }
}

/// <summary>A unit that another one stood below until it moved.</summary>
/// <param name="Parent">The code of the unit above it then, or null when it stood at the top.</param>
/// <param name="Until">The last day of that.</param>
public sealed record FormerParent(string? Parent, DateOnly Until);
