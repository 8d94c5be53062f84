using System.CommandLine;
using Workflow.Core.Definitions;
using Workflow.Core.Diagrams;
using Workflow.Core.Procedures;
using Workflow.Host.Diagrams;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary><c>procedure show CODE</c>: a definition for people.</summary>
internal static class ShowProcedureCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var code = new Argument<string>("CODE") { Description = "The procedure's code, or a procedure file." };
        var format = new DiagramFormat();
        var command = new Command("show", "Shows a procedure of the catalogue for people, as text or as a picture.") { code };
        format.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(environment, parsed.GetRequiredValue(code), format, parsed));
        return command;
    }

    /// <summary>Finds a procedure by its code in a catalogue, or by its file.</summary>
    /// <exception cref="UnusableInputException">There is none; the line names the nearest.</exception>
    public static Procedure Find(ProcedureCatalogue catalogue, string code)
    {
        if (catalogue.Find(code) is { } known)
        {
            return known;
        }

        if (File.Exists(code))
        {
            return DefinitionFiles.ReadProcedure(code);
        }

        if (code.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.GetExtension(code) is ".yaml" or ".yml")
        {
            throw new UnusableInputException($"{Faults.OneLine(code)}: there is no such file: check the path");
        }

        var codes = catalogue.Newest.Select(p => p.Code).ToList();
        var mend = Spelling.Nearest(code, codes) is { } nearest ? $"did you mean '{nearest}'?" : $"use one of: {string.Join(", ", codes)}";
        throw new UnusableInputException($"there is no procedure '{Faults.OneLine(code)}': {mend}");
    }

    private static async Task<int> RunAsync(HostEnvironment environment, string code, DiagramFormat format, ParseResult parsed)
    {
        var procedure = File.Exists(code) ? DefinitionFiles.ReadProcedure(code) : Find(DefinitionFiles.ReadCatalogue(environment.Catalogue), code);
        if (!format.IsText(parsed))
        {
            await format.WriteAsync(parsed, environment, options => Diagram.Of(procedure, options)).ConfigureAwait(false);
            return ExitStatus.Done;
        }

        foreach (var line in ProcedureText.Lines(procedure))
        {
            await environment.Output.WriteLineAsync(line).ConfigureAwait(false);
        }

        return ExitStatus.Done;
    }
}
