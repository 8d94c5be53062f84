using System.Collections.Frozen;
using Workflow.Core.Procedures;

namespace Workflow.Engine.Setup;

/// <summary>The procedures that a host knows: every version exactly, and the newest of each. Immutable and safe to share between threads.</summary>
public sealed class ProcedureSet
{
    private readonly FrozenDictionary<ProcedureVersion, Procedure> _byVersion;
    private readonly FrozenDictionary<string, Procedure> _newest;

    /// <summary>Creates a set.</summary>
    /// <exception cref="ArgumentException">Two procedures bear the same code and version.</exception>
    public ProcedureSet(params IEnumerable<Procedure> procedures)
    {
        All = [.. procedures];
        if (All.GroupBy(p => p.Version).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two procedures are {twice.Key}: give one of them another version.", nameof(procedures));
        }

        HaveLegs = All.Any(p => p.Content.Legs.Count > 0);
        _byVersion = All.ToFrozenDictionary(p => p.Version);
        _newest = All.GroupBy(p => p.Code, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.MaxBy(p => p.Version.Number)!, StringComparer.Ordinal);
    }

    /// <summary>All versions of all procedures, in the order given.</summary>
    public IReadOnlyList<Procedure> All { get; }

    /// <summary>Whether a procedure has legs.</summary>
    internal bool HaveLegs { get; }

    /// <summary>Finds a procedure; the newest version when <paramref name="version"/> is null. Null when there is none.</summary>
    public Procedure? Find(string code, int? version = null) =>
        version is { } number ? _byVersion.GetValueOrDefault(new ProcedureVersion(code, number)) : _newest.GetValueOrDefault(code);

    /// <summary>Returns the version that a stored dossier follows.</summary>
    /// <exception cref="MissingProcedureException">The host lacks it.</exception>
    internal Procedure Require(string code, int version, string dossier) =>
        Find(code, version) ?? throw new MissingProcedureException(dossier, new ProcedureVersion(code, version));
}

/// <summary>A stored dossier follows a version of a procedure that this host lacks.</summary>
/// <param name="dossier">The dossier's code.</param>
/// <param name="version">The missing version.</param>
public sealed class MissingProcedureException(string dossier, ProcedureVersion version)
    : Exception($"Dossier {dossier} follows {version}, which this host lacks: add that version to its procedures and start it again.")
{
    /// <summary>The dossier's code.</summary>
    public string Dossier { get; } = dossier;

    /// <summary>The missing version.</summary>
    public ProcedureVersion Procedure { get; } = version;
}
