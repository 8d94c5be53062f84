using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>Everything that a procedure's definition says, before it is checked and compiled.</summary>
/// <remarks>Lists keep the order of the definition. Places say where each part was written and do not enter the content hash.</remarks>
public sealed record ProcedureContent
{
    /// <summary>The role of the one-stop shop: it alone asks the citizen for a supplement (Decree 61/2018 Art 5.1).</summary>
    public const string OneStopRole = "reception";

    /// <summary>The role of the person who submitted the dossier.</summary>
    public const string ApplicantRole = "applicant";

    /// <summary>The role of the engine's timers: nobody else holds it, whatever roles are claimed, so what waits for time to pass cannot be hurried.</summary>
    public const string SystemRole = "system";

    /// <summary>The version of the procedure.</summary>
    public required ProcedureVersion Version { get; init; }

    /// <summary>Its name.</summary>
    public required LocalizedName Name { get; init; }

    /// <summary>The sector (lĩnh vực), or null.</summary>
    public string? Sector { get; init; }

    /// <summary>The levels of units that settle it; empty for any.</summary>
    public IReadOnlyList<UnitLevel> Levels { get; init; } = [];

    /// <summary>The level of the online service, 1 to 4 (regime until 2022); null when nothing is said.</summary>
    public int? OnlineLevel { get; init; }

    /// <summary>The channels through which it may be filed; empty for all.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>The legal time limit from acceptance; null when the law sets no single one.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>Limits of particular cases: the first one whose case it is takes the place of <see cref="Limit"/>.</summary>
    public IReadOnlyList<LimitCase> LimitCases { get; init; } = [];

    /// <summary>Limits that several steps share.</summary>
    public IReadOnlyList<BudgetDefinition> Budgets { get; init; } = [];

    /// <summary>
    /// The reception hours of the calendar, by name, in which it is received beside the office hours; null for office hours alone. They matter to
    /// limits with a cut-off.
    /// </summary>
    public string? Reception { get; init; }

    /// <summary>What a supplement does to the legal clock.</summary>
    public ClockPolicy Clock { get; init; } = ClockPolicy.Restart;

    /// <summary>How many supplements may be asked for (Decree 61/2018 Art 11.2c: one, unless the sector's law says otherwise).</summary>
    public int SupplementsAllowed { get; init; } = 1;

    /// <summary>How long after reception a supplement may still be asked for (Art 19.4: three working days).</summary>
    public TimeLimit SupplementNotice { get; init; } = new(3, TimeLimitUnit.WorkingDays);

    /// <summary>The roles that act in it, in the order of the definition; empty when it knows none.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The fields of a dossier.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];

    /// <summary>The documents of a dossier.</summary>
    public IReadOnlyList<DocumentDefinition> Documents { get; init; } = [];

    /// <summary>The fees that acceptance makes due.</summary>
    public IReadOnlyList<FeeDefinition> Fees { get; init; } = [];

    /// <summary>The guards that are data and bear a name.</summary>
    public IReadOnlyList<NamedGuard> Guards { get; init; } = [];

    /// <summary>The parts of other agencies, each a dossier of its own.</summary>
    public IReadOnlyList<LegDefinition> Legs { get; init; } = [];

    /// <summary>The state in which a dossier begins; null when none was named.</summary>
    public string? Initial { get; init; }

    /// <summary>The states.</summary>
    public IReadOnlyList<StateDefinition> States { get; init; } = [];

    /// <summary>The triggers.</summary>
    public IReadOnlyList<TriggerDefinition> Triggers { get; init; } = [];

    /// <summary>The transitions. Within a state the first one is the ordinary way on.</summary>
    public IReadOnlyList<TransitionDefinition> Transitions { get; init; } = [];

    /// <summary>Where the facts come from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What no source states and is therefore to be checked before use, in words.</summary>
    public IReadOnlyList<string> Unverified { get; init; } = [];

    /// <summary>Where the definition begins.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}
