using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Host.Dossiers;

/// <summary>The procedures that were published into a store, so that its dossiers can be explained by what they follow.</summary>
internal sealed class StoredProcedures
{
    private StoredProcedures(IReadOnlyList<ProcedureContent> contents) => Contents = contents;

    /// <summary>Every published version.</summary>
    public IReadOnlyList<ProcedureContent> Contents { get; }

    public static async Task<StoredProcedures> ReadAsync(IJournalStore store, CancellationToken cancellationToken) =>
        new(await PublishedProcedures.ReadAsync(store, cancellationToken).ConfigureAwait(false));

    /// <summary>A stored version; null when the store lacks it.</summary>
    public Procedure? Find(ProcedureVersion version) => Contents.FirstOrDefault(c => c.Version == version) is { } content ? Procedure.Compile(content) : null;

    /// <summary>The newest stored version of a procedure; null when the store has none.</summary>
    public Procedure? Newest(string code) => Contents.Where(c => c.Version.Code == code).MaxBy(c => c.Version.Number) is { } content ? Procedure.Compile(content) : null;

    /// <summary>The newest stored version of a procedure, when it is newer than the one given.</summary>
    public Procedure? NewerThan(Procedure known) => Newest(known.Code) is { } newest && newest.Version.Number > known.Version.Number ? newest : null;

    /// <summary>The stored versions, and of others those that the store lacks.</summary>
    public ProcedureSet With(IEnumerable<Procedure> others)
    {
        var stored = Contents.Select(c => Procedure.Compile(c)).ToList();
        var known = stored.Select(p => p.Version).ToHashSet();
        return new ProcedureSet([.. stored, .. others.Where(p => !known.Contains(p.Version))]);
    }

    /// <summary>The versions given, and of the stored ones those that are not among them: a changed definition is then refused when it is published.</summary>
    public ProcedureSet Under(IReadOnlyCollection<Procedure> given)
    {
        var known = given.Select(p => p.Version).ToHashSet();
        return new ProcedureSet([.. given, .. Contents.Where(c => !known.Contains(c.Version)).Select(c => Procedure.Compile(c))]);
    }
}
