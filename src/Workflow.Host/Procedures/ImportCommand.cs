using System.CommandLine;
using Workflow.Core.Definitions;
using Workflow.Core.StepTables;
using Workflow.Core.Verification;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary><c>procedure import FILE.tsv --out DIR</c>: a procedure file per table of timed steps.</summary>
internal static class ImportCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The tables: tabs between cells, one row per step, columns named table, seq, time, stated_total and, if there are such, code, unit, task, role, stated_unit." };
        var output = new Option<string>("--out") { Description = "The directory for the procedure files; it is made when it is not there.", HelpName = "DIR", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace procedure files of other content." };
        var json = SharedOptions.Json();
        var command = new Command("import", "Turns tables of timed steps into procedures and checks them.") { file, output, force, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), parsed.GetValue(force), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string path, string output, bool force, CancellationToken cancellationToken)
    {
        var names = new ImportedFileNames(output);
        var files = new List<ImportedFile>();

        // Without units: who holds the roles of another province's offices is not known here.
        var context = new VerificationContext { Calendar = Catalogue.Calendar(session.Environment).Latest };
        using (var progress = session.Progress($"importing {path}"))
        {
            var tables = Read(path);
            foreach (var table in tables)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(files.Count, tables.Count, "tables");
                files.Add(ImportedFile.Of(table, names.Next(table), context));
            }
        }

        Write(files, output, force);
        var defects = files.SelectMany(f => f.Defects.Select(d => (f.Table.Table, Defect: d))).ToList();
        var imported = files.Count(f => f.Text is not null);
        var errors = defects.Count(d => d.Defect.Severity == DefectSeverity.Error);
        await session.ResultAsync(
            new
            {
                Tables = files.Count,
                Imported = imported,
                Defects = defects.Select(d => new { d.Table, d.Defect.Procedure, d.Defect.Code, d.Defect.Severity, d.Defect.Message, d.Defect.Mend, d.Defect.Place.File, d.Defect.Place.Line }),
                Out = output,
            },
            defects.Select(d => $"{d.Defect.Place}: {(d.Defect.Severity == DefectSeverity.Error ? "error" : "warning")} {d.Defect.Code} {d.Defect.Message}; {d.Defect.Mend}")
                .Append($"{files.Count} {(files.Count == 1 ? "table" : "tables")}, {imported} imported into {output}, {errors} errors, {defects.Count - errors} warnings")).ConfigureAwait(false);
        return errors > 0 ? ExitStatus.Found : ExitStatus.Done;
    }

    private static IReadOnlyList<ImportedTable> Read(string path)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        try
        {
            return StepTableImport.Read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Refusal(path, e);
        }
    }

    // Nothing is written unless everything can be.
    private static void Write(List<ImportedFile> files, string output, bool force)
    {
        var wanted = files.Where(f => f.Text is not null && !f.IsThere()).ToList();
        if (!force && wanted.Find(f => File.Exists(f.Path)) is { } other)
        {
            throw new UnusableInputException($"{other.Path} is there with other content: give another --out, or --force to replace it");
        }

        if (File.Exists(output))
        {
            throw new UnusableInputException($"--out {output} is a file: name a directory");
        }

        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UnusableInputException($"--out {output} cannot be made ({Faults.OneLine(e.Message).TrimEnd('.')}): name another directory", e);
        }

        foreach (var file in wanted)
        {
            file.Write();
        }
    }
}
