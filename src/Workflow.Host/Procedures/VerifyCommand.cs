using System.CommandLine;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Verification;
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
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(paths), parsed.GetValue(strict), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] paths, bool strict, CancellationToken cancellationToken)
    {
        var files = DefinitionFiles.Find(paths);
        var (sound, defects, procedures) = Read(session, files, cancellationToken);
        defects.AddRange(Doubles(sound));
        defects.AddRange(Verified(session, sound, cancellationToken));
        await session.ResultAsync(
            new
            {
                Procedures = procedures,
                Defects = defects.Select(d => new { d.Place.File, d.Place.Line, d.Place.Column, d.Procedure, d.Code, d.Severity, d.Message, d.Mend, d.Schedule }),
            },
            defects.SelectMany(Lines)
                .Append($"{files.Count} {(files.Count == 1 ? "file" : "files")}, {procedures} {(procedures == 1 ? "procedure" : "procedures")}, {Counted(defects)}")).ConfigureAwait(false);
        return defects.Exists(d => strict || d.Severity == DefectSeverity.Error) ? ExitStatus.Found : ExitStatus.Done;
    }

    private static (List<Procedure> Sound, List<Defect> Defects, int Procedures) Read(Session session, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var sound = new List<Procedure>();
        var defects = new List<Defect>();
        var procedures = 0;
        using var progress = session.Progress("reading");
        for (var i = 0; i < files.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(i, files.Count, "files");
            var (procedure, count, found) = DefinitionFiles.Inspect(files[i]);
            procedures += count;
            defects.AddRange(found);
            if (procedure is not null)
            {
                sound.Add(procedure);
            }
        }

        return (sound, defects, procedures);
    }

    // Against the units and the working days that travel with the host. Legs may follow the procedures at hand, or else the catalogue's.
    private static List<Defect> Verified(Session session, List<Procedure> sound, CancellationToken cancellationToken)
    {
        if (sound.Count == 0)
        {
            return [];
        }

        var known = sound.Exists(p => p.Content.Legs.Count > 0) ? Catalogue.Procedures(session.Environment).All : [];
        var context = new VerificationContext
        {
            Units = Catalogue.Units(session.Environment),
            Calendar = Catalogue.Calendar(session.Environment).Latest,
            Procedures = new ProcedureCatalogue(sound.Concat(known).DistinctBy(p => p.Version)),
        };
        var defects = new List<Defect>();
        using var progress = session.Progress("verifying");
        for (var i = 0; i < sound.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(i, sound.Count, "procedures");
            defects.AddRange(ProcedureVerifier.Verify(sound[i], context));
        }

        return defects;
    }

    // One line for people, then what goes wrong in time, indented.
    private static IEnumerable<string> Lines(Defect defect) =>
        defect.Schedule.Select(l => $"    {l}")
            .Prepend($"{defect.Place}: {(defect.Severity == DefectSeverity.Error ? "error" : "warning")} {defect.Code} {defect.Message}; {defect.Mend}");

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
