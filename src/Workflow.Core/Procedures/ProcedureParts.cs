using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>A node of a procedure's machine.</summary>
/// <param name="Name">Its name, unique within the procedure.</param>
public sealed record StateDefinition(string Name)
{
    /// <summary>The name for people, or null when <see cref="Name"/> has to do.</summary>
    public LocalizedName? Label { get; init; }

    /// <summary>The portal status that a dossier shows here; null for procedures that no portal shows.</summary>
    public PortalStatus? Status { get; init; }

    /// <summary>The role that has the dossier here; null when nobody in particular has.</summary>
    public string? Role { get; init; }

    /// <summary>The superstate, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether a dossier ends here.</summary>
    public bool IsFinal { get; init; }

    /// <summary>How long the step may take, or null. Passing it is recorded, nothing else.</summary>
    public TimeLimit? Limit { get; init; }

    /// <summary>The budget that this step shares with others, by name; null for none. Then <see cref="Limit"/> is null.</summary>
    public string? Budget { get; init; }

    /// <summary>Whether the legal clock stands still here, whatever the portal status: time that is not counted.</summary>
    public bool SuspendsClock { get; init; }

    /// <summary>The legs that start as the state is entered, by name.</summary>
    public IReadOnlyList<string> Legs { get; init; } = [];

    /// <summary>How the state is left once its legs ended; null exactly when it has no legs.</summary>
    public JoinDefinition? Join { get; init; }

    /// <summary>After this time here the system fires <see cref="TimeoutTrigger"/>; null for never.</summary>
    public TimeLimit? Timeout { get; init; }

    /// <summary>The trigger that the system fires after <see cref="Timeout"/>; null exactly when that is.</summary>
    public string? TimeoutTrigger { get; init; }

    /// <summary>Where it is defined.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>A trigger of a procedure and what it means in law.</summary>
/// <param name="Name">Its name, unique within the procedure.</param>
/// <param name="Act">Its meaning.</param>
public sealed record TriggerDefinition(string Name, Act Act)
{
    /// <summary>The name for people, or null.</summary>
    public LocalizedName? Label { get; init; }

    /// <summary>Who may fire it, where a transition does not say otherwise; empty when neither says.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Where it is defined.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>An edge of the machine.</summary>
/// <param name="From">The state it leaves.</param>
/// <param name="Trigger">The trigger that it answers to.</param>
/// <param name="To">The state it leads to.</param>
public sealed record TransitionDefinition(string From, string Trigger, string To)
{
    /// <summary>The guards that must all hold, each a guard's name or an expression; empty for none.</summary>
    public IReadOnlyList<ExpressionText> Guards { get; init; } = [];

    /// <summary>Who may fire it here; empty to fall back on the trigger's roles, the act's, then the state's.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>
    /// Whether the trigger is taken and no state, not even a substate of <see cref="From"/>, is left or entered, so that timers run on; then
    /// <see cref="To"/> is <see cref="From"/>. Otherwise a transition to its own state leaves it and enters it again.
    /// </summary>
    public bool Stays { get; init; }

    /// <summary>Where it is defined.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>A document (thành phần hồ sơ) that belongs to a dossier of the procedure.</summary>
/// <param name="Code">Its code, unique within the procedure.</param>
/// <param name="Name">Its name.</param>
public sealed record DocumentDefinition(string Code, LocalizedName Name)
{
    /// <summary>Whether a dossier is incomplete without it.</summary>
    public bool Required { get; init; } = true;

    /// <summary>How many originals are asked for; 0 when the data comes from a national database.</summary>
    public int Originals { get; init; } = 1;

    /// <summary>How many copies are asked for.</summary>
    public int Copies { get; init; }

    /// <summary>The case in which it is asked for; null for always.</summary>
    public ExpressionText? When { get; init; }
}

/// <summary>A fee.</summary>
/// <param name="Code">Its code, unique within the procedure.</param>
/// <param name="Name">Its name.</param>
/// <param name="Amount">In dong, not negative.</param>
public sealed record FeeDefinition(string Code, LocalizedName Name, long Amount)
{
    /// <summary>What the amount is for, such as "copy"; null when it is for the dossier.</summary>
    public string? Per { get; init; }

    /// <summary>The case in which it is due; null for always.</summary>
    public ExpressionText? When { get; init; }

    /// <summary>How many times the amount is due: a number, rounded to whole dong after multiplying; null for once.</summary>
    public ExpressionText? Times { get; init; }
}

/// <summary>The type of a field's value.</summary>
public enum FieldType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole or decimal number with a point.</summary>
    Number,

    /// <summary>A date, <c>2020-11-06</c>.</summary>
    Date,

    /// <summary>A moment, RFC 3339 with an offset.</summary>
    Moment,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,
}

/// <summary>A field that a dossier of the procedure carries.</summary>
/// <param name="Name">Its name, unique within the procedure.</param>
/// <param name="Type">The type of its values.</param>
public sealed record FieldDefinition(string Name, FieldType Type)
{
    /// <summary>The name for people, or null.</summary>
    public LocalizedName? Label { get; init; }

    /// <summary>Whether a submission must give it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether its value is personal data, kept apart so that it can be erased.</summary>
    public bool Personal { get; init; }

    /// <summary>The only values that a text may have; empty for any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least that a number may be, included; null for no bound.</summary>
    public decimal? Least { get; init; }

    /// <summary>The most that a number may be, included; null for no bound.</summary>
    public decimal? Most { get; init; }
}
