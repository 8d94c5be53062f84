using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Audit;

/// <summary>A procedure as the store keeps it, without trusting it.</summary>
/// <param name="Version">The version that it says it is.</param>
/// <param name="Usable">Compiled; null when it does not hold, or its guards are code that was not given.</param>
/// <param name="Why">What does not hold; null when nothing is found.</param>
internal sealed record StoredProcedure(ProcedureVersion Version, Procedure? Usable, string? Why)
{
    /// <param name="definition">As stored.</param>
    /// <param name="given">Finds versions whose guards are code; null for none.</param>
    /// <exception cref="Exception">The content cannot be read.</exception>
    public static StoredProcedure Read(PublishedDefinition definition, Func<ProcedureVersion, Procedure?>? given)
    {
        var content = DefinitionJson.ReadProcedure(definition.Content);
        var version = content.Version;
        if (version.Code != definition.Code || Recording.VersionText(version) != definition.Version)
        {
            return new StoredProcedure(version, null, $"its content is that of {version}");
        }

        Procedure? procedure;
        try
        {
            procedure = Procedure.Compile(content);
        }
        catch (DefinitionException defects)
        {
            procedure = given?.Invoke(version);
            if (procedure is null && defects.Defects.Any(d => d.Code == DefectCodes.UnknownGuard))
            {
                return new StoredProcedure(version, null, null);
            }

            if (procedure is null || !DefinitionJson.Write(procedure.Content).AsSpan().SequenceEqual(DefinitionJson.Write(content)))
            {
                return new StoredProcedure(version, null, "its content was changed: it is no sound procedure any more");
            }
        }

        return procedure.ContentHash == definition.ContentHash
            ? new StoredProcedure(version, procedure, null)
            : new StoredProcedure(version, null, "its content is not what its hash was computed from: one of them was changed");
    }
}
