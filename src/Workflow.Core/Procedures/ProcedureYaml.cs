using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>Procedures as YAML files. Every scalar is text, so a code such as <c>1.010040</c> stays what was written.</summary>
/// <remarks>Stateless and safe to call from many threads at once; the caller opens and closes readers and writers.</remarks>
public static class ProcedureYaml
{
    /// <summary>Reads, checks and compiles a procedure.</summary>
    /// <param name="reader">The text of the file: at most 1,048,576 characters, nested at most 24 levels deep.</param>
    /// <param name="file">The file's name, for the places of defects.</param>
    /// <param name="guards">The guards it may refer to; <see cref="GuardRegistry.Standard"/> when null.</param>
    /// <exception cref="DefinitionException">It has defects; all that could be found are named, each with file, line and column.</exception>
    public static Procedure Read(TextReader reader, string file, GuardRegistry? guards = null)
    {
        var reading = Inspect(reader, file, guards);
        return reading.Procedure ?? throw new DefinitionException(reading.Defects);
    }

    /// <summary>Reads and checks a procedure as <see cref="Read"/> does, and returns what it found instead of throwing.</summary>
    /// <param name="reader">The text of the file: at most 1,048,576 characters, nested at most 24 levels deep.</param>
    /// <param name="file">The file's name, for the places of defects.</param>
    /// <param name="guards">The guards it may refer to; <see cref="GuardRegistry.Standard"/> when null.</param>
    public static ProcedureReading Inspect(TextReader reader, string file, GuardRegistry? guards = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(file);
        var defects = new DefectList();
        ProcedureContent content;
        try
        {
            content = ProcedureFileReader.Read(YamlText.ReadMapping(reader, file, defects), defects);
        }
        catch (DefinitionException e)
        {
            defects.AddRange(e.Defects);
            return new ProcedureReading(null, null, defects.All);
        }

        var read = !defects.HasErrors;
        defects.AddRange(ProcedureCheck.Of(content, guards ?? GuardRegistry.Standard));
        Procedure? procedure = null;
        if (!defects.HasErrors)
        {
            try
            {
                procedure = Procedure.Compile(content, guards);
            }
            catch (DefinitionException e)
            {
                defects.AddRange(e.Defects);
            }
        }

        return new ProcedureReading(read ? content : null, procedure, [.. defects.All.Select(d => d with { Procedure = content.Version.Code })]);
    }

    /// <summary>Writes a procedure. The same content gives the same text, and the text reads back to the same content hash.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="writer">Where to; lines end with a line feed alone.</param>
    public static void Write(Procedure procedure, TextWriter writer) => Write(procedure.Content, writer);

    /// <summary>Writes a definition that need not be sound.</summary>
    /// <remarks>Transitions are written state by state and trigger by trigger, which is the order that <see cref="Procedure.Compile"/> gives them.</remarks>
    /// <param name="content">The definition.</param>
    /// <param name="writer">Where to; lines end with a line feed alone.</param>
    /// <exception cref="ArgumentException">A text holds half of a surrogate pair.</exception>
    public static void Write(ProcedureContent content, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(writer);
        new ProcedureFileWriter(writer).Write(content);
    }
}
