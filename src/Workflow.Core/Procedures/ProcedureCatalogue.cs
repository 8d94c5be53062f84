using System.Collections.Frozen;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>The procedures that an office knows, in all their versions. Immutable and safe to share between threads.</summary>
public sealed class ProcedureCatalogue
{
    private readonly FrozenDictionary<ProcedureVersion, Procedure> _byVersion;
    private readonly FrozenDictionary<string, Procedure> _newest;

    /// <summary>Creates a catalogue.</summary>
    /// <param name="procedures">The procedures, in any order; no two with the same code and version.</param>
    /// <exception cref="DefinitionException">Two procedures have the same code and version.</exception>
    public ProcedureCatalogue(IEnumerable<Procedure> procedures)
    {
        All = [.. procedures.OrderBy(p => p.Code, StringComparer.Ordinal).ThenBy(p => p.Version.Number)];
        var defects = new DefectList();
        RefuseDoubles(All, defects);
        defects.ThrowIfErrors();
        _byVersion = All.ToFrozenDictionary(p => p.Version);
        Newest = [.. All.GroupBy(p => p.Code, StringComparer.Ordinal).Select(versions => versions.Last())];
        _newest = Newest.ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);
    }

    /// <summary>Every version of every procedure, by code (ordinal), then version, ascending.</summary>
    public IReadOnlyList<Procedure> All { get; }

    /// <summary>The newest version of each procedure, by code (ordinal), ascending.</summary>
    public IReadOnlyList<Procedure> Newest { get; }

    /// <summary>Reads a catalogue from the texts of its files.</summary>
    /// <param name="files">The files' names and texts.</param>
    /// <param name="guards">The guards that the procedures may refer to; <see cref="GuardRegistry.Standard"/> when null.</param>
    /// <exception cref="DefinitionException">Files have defects, or two define the same version; the defects of all files are named.</exception>
    public static ProcedureCatalogue Read(IEnumerable<(string File, string Text)> files, GuardRegistry? guards = null) =>
        Read(files.Select(f => (f.File, (TextReader)new StringReader(f.Text))), guards);

    /// <summary>Reads a catalogue from readers over its files, one after the other. The caller closes them.</summary>
    /// <param name="files">The files' names and readers.</param>
    /// <param name="guards">The guards that the procedures may refer to; <see cref="GuardRegistry.Standard"/> when null.</param>
    /// <exception cref="DefinitionException">Files have defects, or two define the same version; the defects of all files are named.</exception>
    public static ProcedureCatalogue Read(IEnumerable<(string File, TextReader Reader)> files, GuardRegistry? guards = null)
    {
        var defects = new DefectList();
        var procedures = new List<Procedure>();
        foreach (var (file, reader) in files)
        {
            var reading = ProcedureYaml.Inspect(reader, file, guards);
            defects.AddRange(reading.Defects);
            if (reading.Procedure is { } procedure)
            {
                procedures.Add(procedure);
            }
        }

        RefuseDoubles(procedures, defects);
        defects.ThrowIfErrors();
        return new ProcedureCatalogue(procedures);
    }

    /// <summary>The newest version of a procedure; null when the catalogue has none of that code.</summary>
    public Procedure? Find(string code) => _newest.GetValueOrDefault(code);

    /// <summary>A version of a procedure; null when the catalogue lacks it.</summary>
    public Procedure? Find(string code, int version) => _byVersion.GetValueOrDefault(new ProcedureVersion(code, version));

    private static void RefuseDoubles(IReadOnlyList<Procedure> procedures, DefectList defects)
    {
        var first = new Dictionary<ProcedureVersion, Procedure>();
        foreach (var procedure in procedures)
        {
            if (!first.TryAdd(procedure.Version, procedure))
            {
                defects.AddRange(
                [
                    new Defect(
                        DefectCodes.DuplicateCode,
                        DefectSeverity.Error,
                        procedure.Content.Place,
                        $"version {procedure.Version.Number} of procedure '{procedure.Code}' is defined a second time (first at {first[procedure.Version].Content.Place})",
                        "give one of them another code or version") { Procedure = procedure.Code },
                ]);
            }
        }
    }
}
