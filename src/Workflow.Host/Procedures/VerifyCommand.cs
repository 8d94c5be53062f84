using System.CommandLine;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary><c>procedure verify PATH...</c>: every defect of every definition.</summary>
internal static class VerifyCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and directories of procedures; calendars and units among them are checked too.", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "Count warnings as defects that fail." };
        var json = SharedOptions.Json();
        var command = new Command("verify", "Finds every defect of every definition, with file, line and what to do about it.") { paths, strict, json };
        command.SetAction((parsed, _) => RunAsync(new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(paths), parsed.GetValue(strict)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] paths, bool strict)
    {
        var sound = new List<Procedure>();
        var defects = new List<Defect>();
        var procedures = 0;
        var files = DefinitionFiles.Find(paths);
        foreach (var file in files)
        {
            var (procedure, count, found) = DefinitionFiles.Inspect(file);
            procedures += count;
            defects.AddRange(found);
            if (procedure is not null)
            {
                sound.Add(procedure);
            }
        }

        defects.AddRange(Doubles(sound));
        await session.ResultAsync(
            new
            {
                Procedures = procedures,
                Defects = defects.Select(d => new { d.Place.File, d.Place.Line, d.Place.Column, d.Procedure, d.Code, d.Severity, d.Message, d.Mend }),
            },
            defects.Select(d => $"{d.Place}: {(d.Severity == DefectSeverity.Error ? "error" : "warning")} {d.Code} {d.Message}; {d.Mend}")
                .Append($"{files.Count} {(files.Count == 1 ? "file" : "files")}, {procedures} {(procedures == 1 ? "procedure" : "procedures")}, {Counted(defects)}")).ConfigureAwait(false);
        return defects.Exists(d => strict || d.Severity == DefectSeverity.Error) ? ExitStatus.Found : ExitStatus.Done;
    }

    private static string Counted(List<Defect> defects)
    {
        var errors = defects.Count(d => d.Severity == DefectSeverity.Error);
        return defects.Count == 0 ? "no defects" : $"{errors} errors, {defects.Count - errors} warnings";
    }

    private static IReadOnlyList<Defect> Doubles(List<Procedure> sound)
    {
        try
        {
            _ = new ProcedureCatalogue(sound);
            return [];
        }
        catch (DefinitionException e)
        {
            return e.Defects;
        }
    }
}
