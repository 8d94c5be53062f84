using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>One agency's part of an interconnected procedure (liên thông): a dossier of its own, with its own procedure, limit and clock.</summary>
/// <param name="Name">Its name, unique within the procedure.</param>
/// <param name="Procedure">The code of the procedure that the leg's dossier follows.</param>
/// <param name="Unit">The unit that receives it, as <c>[agency of] receiving | competent | above | province | district | commune | a unit's code</c>.</param>
public sealed record LegDefinition(string Name, string Procedure, string Unit)
{
    /// <summary>The leg is part of the case only when this holds as its state is entered; null for always.</summary>
    public ExpressionText? When { get; init; }

    /// <summary>The legs that must have ended before this one starts; empty to start with its state.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>How long the agency has, from dispatch; null when its own procedure alone says so.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>How soon the agency must acknowledge the dossier, from dispatch (Decree 63/2024 Art 7: two working hours); null for never.</summary>
    public TimeLimit? Acknowledge { get; init; }

    /// <summary>After this silence, from dispatch, the agency is deemed to agree; null for never.</summary>
    public TimeLimit? DeemedAfter { get; init; }

    /// <summary>Whether this agency leads: its result is the group's (Decree 61/2018 Art 19.6).</summary>
    public bool IsLead { get; init; }

    /// <summary>Fields that the leg's dossier gets from this one.</summary>
    public IReadOnlyList<LegField> Fields { get; init; } = [];

    /// <summary>Documents that the leg's dossier gets from this one, under the same codes.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>Where it is defined.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>A field that a leg's dossier gets.</summary>
/// <param name="To">The field of the leg's procedure.</param>
/// <param name="From">The field of this procedure.</param>
public sealed record LegField(string To, string From);

/// <summary>When a state that waits for legs is left.</summary>
public enum JoinRule
{
    /// <summary>When every leg has ended well.</summary>
    All,

    /// <summary>When one leg has ended well.</summary>
    Any,

    /// <summary>When an expression over the legs holds.</summary>
    Guard,
}

/// <summary>How a state that waits for legs is left: the system fires a trigger.</summary>
/// <param name="Rule">When.</param>
/// <param name="Fire">The trigger that the system fires then.</param>
public sealed record JoinDefinition(JoinRule Rule, string Fire)
{
    /// <summary>The expression of <see cref="JoinRule.Guard"/>; null with the other rules.</summary>
    public ExpressionText? When { get; init; }

    /// <summary>The trigger that the system fires once the rule can no longer hold; null when that cannot be.</summary>
    public string? Otherwise { get; init; }
}
