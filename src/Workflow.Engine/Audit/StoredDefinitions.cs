using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Audit;

/// <summary>The procedures that a store keeps, without trusting it: what cannot be read or compiled is left out.</summary>
internal static class StoredDefinitions
{
    public static async ValueTask<Dictionary<ProcedureVersion, Procedure>> ReadAsync(IJournalStore store, CancellationToken ct)
    {
        var procedures = new Dictionary<ProcedureVersion, Procedure>();
        foreach (var definition in await store.ReadDefinitionsAsync(DefinitionKinds.Procedure, ct).ConfigureAwait(false))
        {
            try
            {
                // By what it says it is: the content hash of each dossier tells whether it is that.
                var procedure = Procedure.Compile(DefinitionJson.ReadProcedure(definition.Content));
                procedures.TryAdd(procedure.Version, procedure);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // The dossiers that follow it are told as not replayed.
            }
        }

        return procedures;
    }
}
