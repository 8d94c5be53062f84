using System.Collections.Immutable;
using Workflow.Core.Procedures;

namespace Workflow.Engine.Setup;

/// <summary>The procedures that an open engine knows: what it was opened with, and what was published since. Safe to share between threads.</summary>
/// <remarks>A version that is known stays known with its content, so what was found once holds for good.</remarks>
internal sealed class KnownProcedures
{
    private readonly Lock _adding = new();
    private volatile ProcedureSet _set;
    private volatile ImmutableDictionary<ProcedureVersion, string> _unusable = ImmutableDictionary<ProcedureVersion, string>.Empty;

    public KnownProcedures(ProcedureSet set)
    {
        _set = set;
        Finder = version => _set.Find(version.Code, version.Number);
    }

    /// <summary>All of them as of now.</summary>
    public ProcedureSet Current => _set;

    /// <summary>Whether a procedure has legs, as of now.</summary>
    public bool HaveLegs => _set.HaveLegs;

    /// <summary>Finds a version, as of when it is called.</summary>
    public Func<ProcedureVersion, Procedure?> Finder { get; }

    /// <inheritdoc cref="ProcedureSet.Find"/>
    public Procedure? Find(string code, int? version = null) => _set.Find(code, version);

    /// <inheritdoc cref="ProcedureSet.Require"/>
    public Procedure Require(string code, int version, string dossier) => _set.Require(code, version, dossier);

    /// <summary>Says why a published version cannot be used by this host; null when it can, or is not known of.</summary>
    public string? WhyUnusable(ProcedureVersion version) => _unusable.GetValueOrDefault(version);

    /// <summary>As above, for what <see cref="Find"/> looks for: the newest version when <paramref name="version"/> is null.</summary>
    public string? WhyUnusable(string code, int? version)
    {
        var unusable = _unusable;
        if (unusable.IsEmpty)
        {
            return null;
        }

        var newest = version ?? unusable.Keys.Where(v => v.Code == code).Select(v => v.Number).DefaultIfEmpty().Max();
        return version is null && _set.Find(code)?.Version.Number > newest ? null : WhyUnusable(new ProcedureVersion(code, newest));
    }

    /// <summary>Notes that a published version cannot be used by this host.</summary>
    public void AddUnusable(ProcedureVersion version, string why)
    {
        lock (_adding)
        {
            _unusable = _unusable.SetItem(version, why);
        }
    }

    /// <summary>Adds the versions that are not known.</summary>
    public void Add(IEnumerable<Procedure> procedures)
    {
        lock (_adding)
        {
            var set = _set;
            if (procedures is ICollection<Procedure> { Count: 0 })
            {
                return;
            }

            _set = new ProcedureSet([.. set.All, .. procedures.DistinctBy(p => p.Version).Where(p => set.Find(p.Code, p.Version.Number) is null)]);
        }
    }
}
