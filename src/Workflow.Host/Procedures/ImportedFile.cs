using System.Text;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.StepTables;
using Workflow.Core.Verification;
using Workflow.Host.Files;

namespace Workflow.Host.Procedures;

/// <summary>The procedure file of one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Path">Where the file goes.</param>
/// <param name="Text">What goes into it; null when the table or its procedure has an error, so that nothing does.</param>
/// <param name="Defects">Those of the table, then those of its procedure.</param>
internal sealed record ImportedFile(ImportedTable Table, string Path, string? Text, IReadOnlyList<Defect> Defects)
{
    /// <summary>Writes the procedure as text, reads it as the loader will, and verifies it.</summary>
    public static ImportedFile Of(ImportedTable table, string path, VerificationContext context)
    {
        if (table.Procedure is null)
        {
            return new ImportedFile(table, path, null, table.Defects);
        }

        using var text = new StringWriter { NewLine = "\n" };
        ProcedureYaml.Write(table.Procedure, text);
        using var written = new StringReader(text.ToString());
        var reading = ProcedureYaml.Inspect(written, path);
        IReadOnlyList<Defect> defects = [.. table.Defects, .. reading.Defects, .. reading.Procedure is null ? [] : ProcedureVerifier.Verify(reading.Procedure, context)];
        return new ImportedFile(table, path, defects.Any(d => d.Severity == DefectSeverity.Error) ? null : text.ToString(), defects);
    }

    /// <summary>Whether the file is there and says the same.</summary>
    public bool IsThere() => File.Exists(Path) && InputFile.ReadText(Path) == Text;

    /// <exception cref="Terminal.UnusableInputException">It cannot be written.</exception>
    public void Write()
    {
        using var file = OutputFile.Create(Path);
        file.Stream.Write(Encoding.UTF8.GetBytes(Text!));
        file.Keep();
    }
}
