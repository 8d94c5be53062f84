using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Simulation;

/// <summary>What a simulated administration is like: who files what, when, and how fast officers work. Immutable.</summary>
public sealed record SimulationScenario
{
    /// <summary>Two runs with the same seed and scenario give the same commands.</summary>
    public required int Seed { get; init; }

    /// <summary>The first day on which dossiers arrive.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last day, included; nothing happens after it.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>How many dossiers arrive.</summary>
    public required int Dossiers { get; init; }

    /// <summary>The units.</summary>
    public required UnitTree Units { get; init; }

    /// <summary>The calendar by which officers work and limits count.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>The procedures that are filed, each with its weight among them. Not empty.</summary>
    public required IReadOnlyList<ProcedureLoad> Procedures { get; init; }

    /// <summary>The officers of each unit, by role. A role that is missing has one officer with <see cref="RoleStaff.Default"/>'s speed.</summary>
    public IReadOnlyDictionary<string, RoleStaff> Staff { get; init; } = new Dictionary<string, RoleStaff>();

    /// <summary>How often dossiers leave the ordinary way.</summary>
    public SimulationRates Rates { get; init; } = new();
}

/// <summary>A procedure and how often it is filed.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Weight">Its weight among all, above 0.</param>
public sealed record ProcedureLoad(Procedure Procedure, double Weight)
{
    /// <summary>The level of the units that receive and settle it; null for the lowest one that the procedure names.</summary>
    public UnitLevel? Level { get; init; }
}

/// <summary>The officers who hold a role in a unit.</summary>
/// <param name="Officers">How many, from 1.</param>
/// <param name="Minutes">The mean working time that one step takes an officer.</param>
public sealed record RoleStaff(int Officers, double Minutes)
{
    /// <summary>One officer, a quarter of an hour a step.</summary>
    public static RoleStaff Default { get; } = new(1, 15);
}

/// <summary>How often dossiers leave the ordinary way, each a share of the dossiers from 0 to 1. No source gives these shares.</summary>
public sealed record SimulationRates
{
    /// <summary>Filed with a required document missing.</summary>
    public double Incomplete { get; init; } = 0.035;

    /// <summary>Returned for a supplement by the officer who appraises.</summary>
    public double SupplementAtAppraisal { get; init; } = 0.02;

    /// <summary>Refused at intake.</summary>
    public double RefusedAtIntake { get; init; } = 0.008;

    /// <summary>Refused after appraisal.</summary>
    public double RefusedAfterAppraisal { get; init; } = 0.006;

    /// <summary>Withdrawn by the applicant while officers work on it.</summary>
    public double Withdrawn { get; init; } = 0.007;

    /// <summary>Left lying so long that its promised date passes.</summary>
    public double Neglected { get; init; } = 0.012;

    /// <summary>Of the neglected ones with a limit of some days: given a new date in time, with an apology.</summary>
    public double Reappointed { get; init; } = 0.4;

    /// <summary>Applicants who let a draft pass in silence instead of confirming it.</summary>
    public double Silent { get; init; } = 0.04;

    /// <summary>Applicants who never answer a request that suspends the clock.</summary>
    public double Unanswered { get; init; } = 0.06;

    /// <summary>The mean time until an applicant answers a request that suspends the clock, in hours. While it runs, they hurry.</summary>
    public double AnswerHours { get; init; } = 30;
}
