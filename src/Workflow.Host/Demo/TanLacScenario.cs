using System.Collections.Frozen;
using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Simulation;
using Workflow.Core.Units;

namespace Workflow.Host.Demo;

/// <summary>The two months of Tan Lac: 10,441 dossiers of levels 3 and 4 that came in online from 6 November to 22 December 2020.</summary>
/// <remarks>
/// The number of dossiers and the days are facts. How often each procedure is filed, how many officers there are and how fast they
/// work is not in the sources: the weights and speeds here are assumptions, chosen so that about as many are late as provinces report.
/// </remarks>
internal static class TanLacScenario
{
    public const int Dossiers = 10_441;

    public static readonly DateOnly FirstDay = new(2020, 11, 6);

    public static readonly DateOnly LastDay = new(2020, 12, 22);

    private const double OtherWeight = 1;

    private static readonly FrozenDictionary<string, double> s_weights = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["2.000635"] = 12,
        ["1.004194"] = 10,
        ["1.004222"] = 8,
        ["1.001193"] = 8,
        ["1.010041"] = 6,
        ["1.004873"] = 6,
        ["1.000894"] = 4,
        ["2.000908"] = 4,
        ["1.001612"] = 4,
        ["1.014064"] = 3,
        ["1.000656"] = 3,
        ["1.003197"] = 2,
        ["1.004884"] = 2,
        ["1.013225"] = 1.5,
        ["1.013978"] = 0.6,
        ["1.013949"] = 0.4,
        ["2.001263"] = 0.2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The procedures that this district takes online at level 3 or 4.</summary>
    public static bool IsFiledOnlineHere(Procedure procedure) =>
        procedure.Content.OnlineLevel is 3 or 4
        && (procedure.Content.Channels.Count == 0 || procedure.Content.Channels.Contains(Channel.Online))
        && (procedure.Content.Levels.Count == 0 || procedure.Content.Levels.Any(l => l is UnitLevel.Commune or UnitLevel.District));

    public static SimulationScenario Create(int seed, ProcedureCatalogue catalogue, UnitTree units, WorkingCalendar calendar) => new()
    {
        Seed = seed,
        FirstDay = FirstDay,
        LastDay = LastDay,
        Dossiers = Dossiers,
        Units = units,
        Calendar = calendar,
        Procedures =
        [
            .. catalogue.Newest.Where(IsFiledOnlineHere).Select(p => new ProcedureLoad(p, s_weights.GetValueOrDefault(p.Code, OtherWeight))
            {
                // In 2020 districts settled what both levels can: construction permits.
                Level = p.Content.Levels.Contains(UnitLevel.District) && p.Content.Levels.Count == 2 ? UnitLevel.District : null,
            }),
        ],
        Staff = new Dictionary<string, RoleStaff>(StringComparer.Ordinal)
        {
            ["reception"] = new(2, 6),
            ["professional"] = new(3, 25),
            ["head"] = new(1, 5),
            ["clerk"] = new(1, 4),
        },
    };
}
