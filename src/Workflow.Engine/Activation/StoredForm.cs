using System.Globalization;
using Workflow.Core.Dossiers;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Activation;

/// <summary>Reads dossiers back from the store.</summary>
internal static class StoredForm
{
    /// <summary>Returns the dossier of a stored form.</summary>
    /// <exception cref="StorageCorruptException">It cannot be read.</exception>
    /// <exception cref="MissingProcedureException">The host lacks the version of its procedure, and so does the store, or it cannot be used here.</exception>
    public static async ValueTask<Dossier> RestoreAsync(EngineParts parts, StoredDossier stored)
    {
        try
        {
            return Restore(parts, stored);
        }
        catch (MissingProcedureException) when (!parts.Store.IsExclusive)
        {
            // Another host may have published it a moment ago.
            await parts.Definitions.CatchUpAsync().ConfigureAwait(false);
            return Restore(parts, stored);
        }
    }

    /// <summary>As <see cref="RestoreAsync"/>, with the procedures that are known here.</summary>
    public static Dossier Restore(EngineParts parts, StoredDossier stored)
    {
        try
        {
            return RestoreReadable(parts, stored);
        }
        catch (Exception fault) when (Recording.IsUnreadable(fault))
        {
            throw new StorageCorruptException($"Dossier {stored.Code} cannot be read: use the release that wrote it, or restore the last backup.", fault);
        }
    }

    private static Dossier RestoreReadable(EngineParts parts, StoredDossier stored)
    {
        var version = int.Parse(stored.Snapshot.ProcedureVersion, NumberStyles.None, CultureInfo.InvariantCulture);
        var procedure = parts.Procedures.Require(stored.Snapshot.Procedure, version, stored.Code);
        var snapshot = DossierJson.ReadSnapshot(stored.Snapshot.Data, stored.Snapshot.Personal);

        // A million dossiers are kept: texts that they share are kept once, and lists without room to grow.
        return Dossier.Restore(procedure, snapshot with
        {
            Code = stored.Code,
            ReceivingUnit = Shared(snapshot.ReceivingUnit),
            CompetentUnit = Shared(snapshot.CompetentUnit),
            Unit = Shared(snapshot.Unit),
            Role = snapshot.Role is { } role ? string.Intern(role) : null,
            Calendar = snapshot.Calendar is { } calendar ? string.Intern(calendar) : null,
            Documents = snapshot.Documents is { } documents ? [.. documents.Select(d => procedure.Document(d.Code) is { } known ? d with { Code = known.Code } : d)] : null,
            Fields = snapshot.Fields is { } fields ? [.. fields.Select(Named)] : null,
            Personal = snapshot.Personal is { } personal ? personal with { Fields = [.. personal.Fields.Select(Named)] } : null,
        });

        string Shared(string unit) => parts.Units.Find(unit)?.Code ?? unit;

        FieldValue Named(FieldValue field) => procedure.Field(field.Name) is { } known ? field with { Name = known.Name } : field;
    }
}
