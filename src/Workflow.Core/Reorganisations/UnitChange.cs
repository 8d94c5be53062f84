using Workflow.Core.Definitions;

namespace Workflow.Core.Reorganisations;

/// <summary>One change of a reorganisation: <see cref="UnitsMerged"/>, <see cref="UnitSplit"/>, <see cref="UnitMoved"/> or <see cref="UnitDissolved"/>. Immutable.</summary>
public abstract record UnitChange
{
    private protected UnitChange()
    {
    }

    /// <summary>Where it stands.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;

    /// <summary>The units that dossiers may leave by this change. Those of them that nobody else takes over from end.</summary>
    internal abstract IReadOnlyList<string> Sources { get; }

    /// <summary>The units that take over.</summary>
    internal abstract IReadOnlyList<string> Targets { get; }

    /// <summary>The units that end: a source that takes over itself goes on.</summary>
    internal IEnumerable<string> Ending => Sources.Where(s => !Targets.Contains(s));
}

/// <summary>Units become one. One of them may be the one that goes on.</summary>
/// <param name="Units">The codes of the units. Not empty.</param>
/// <param name="Into">The code of the one that takes over.</param>
public sealed record UnitsMerged(IReadOnlyList<string> Units, string Into) : UnitChange
{
    internal override IReadOnlyList<string> Sources => Units;

    internal override IReadOnlyList<string> Targets => [Into];
}

/// <summary>A unit is shared out. It may itself be one of those that take over, and goes on then.</summary>
/// <param name="Unit">The code of the unit.</param>
/// <param name="Into">The codes of those that take over. Not empty.</param>
/// <param name="Rules">Which of them takes a dossier: the first rule that holds decides.</param>
/// <param name="Default">Which of them takes a dossier for which no rule holds.</param>
public sealed record UnitSplit(string Unit, IReadOnlyList<string> Into, IReadOnlyList<DossierRule> Rules, string Default) : UnitChange
{
    internal override IReadOnlyList<string> Sources => [Unit];

    internal override IReadOnlyList<string> Targets => Into;

    /// <summary>Where the default stands; null when it stands with the split.</summary>
    internal SourcePlace? DefaultPlace { get; init; }
}

/// <summary>A unit comes to stand below another one. Its dossiers stay with it.</summary>
/// <param name="Unit">The code of the unit.</param>
/// <param name="Under">The code of the unit above it from then on; null for none.</param>
public sealed record UnitMoved(string Unit, string? Under) : UnitChange
{
    internal override IReadOnlyList<string> Sources => [];

    internal override IReadOnlyList<string> Targets => [];
}

/// <summary>A unit ends and another one takes over.</summary>
/// <param name="Unit">The code of the unit.</param>
/// <param name="Into">The code of the one that takes over.</param>
public sealed record UnitDissolved(string Unit, string Into) : UnitChange
{
    internal override IReadOnlyList<string> Sources => [Unit];

    internal override IReadOnlyList<string> Targets => [Into];
}
