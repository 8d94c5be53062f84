using System.CommandLine;
using System.Text;
using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary><c>log discover FILE --out P.yaml</c>: a procedure from the first share of a log, held against the rest.</summary>
internal static class DiscoverCommand
{
    // What a definition file may hold when it is read.
    private const int LongestFile = 1 << 20;

    public static Command Create(HostEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The log, .xes or .xes.gz." };
        var output = new Option<string>("--out") { Description = "The procedure file to write; one of that name is replaced.", HelpName = "P.yaml", Required = true };
        var share = new Option<double>("--share") { Description = "How much of the log to learn from, above 0 and at most 1: the first cases of the file.", HelpName = "S", DefaultValueFactory = _ => 0.8 };
        var json = SharedOptions.Json();
        var command = new Command("discover", "Learns a procedure from a log and says how much of the rest of the log fits it.") { file, output, share, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), parsed.GetValue(share), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string path, string output, double share, CancellationToken cancellationToken)
    {
        if (!(share > 0 && share <= 1))
        {
            throw new UnusableInputException($"--share {share} is out of range: give a number above 0 and at most 1, such as 0.8");
        }

        if (Path.GetFullPath(path) == Path.GetFullPath(output))
        {
            throw new UnusableInputException($"--out names the log itself, {path}: name another file");
        }

        Discovery found;
        using (var progress = session.Progress($"reading {path}"))
        {
            found = Discovery.From(path, share, progress, cancellationToken);
        }

        Write(output, path, found.Procedure);
        var content = found.Procedure.Content;
        await session.ResultAsync(
            new
            {
                States = content.States.Count,
                Transitions = content.Transitions.Count,
                Procedure = found.Procedure.Code,
                found.Procedure.ContentHash,
                LearnedFrom = found.Learned,
                RestCases = found.Rest,
                RestFitting = found.RestFitting,
                Out = output,
            },
            [
                $"states       {content.States.Count,8:N0}",
                $"transitions  {content.Transitions.Count,8:N0}",
                $"learned from the first {found.Learned:N0} cases",
                found.Rest == 0 ? "no cases are left to hold it against" : $"of the other {found.Rest:N0} cases {found.RestFitting:P1} fit",
                $"written to {output}",
            ]).ConfigureAwait(false);
        return ExitStatus.Done;
    }

    private static void Write(string output, string path, Procedure procedure)
    {
        using var text = new StringWriter();
        ProcedureYaml.Write(procedure, text);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (text.GetStringBuilder().Length > LongestFile)
        {
            throw new UnusableInputException(
                $"{path}: the procedure would have {text.GetStringBuilder().Length:N0} characters, and a procedure file at most {LongestFile:N0}: learn from a smaller share, or merge activities of the log");
        }

        using var file = OutputFile.Create(output);
        file.Stream.Write(bytes);
        file.Keep();
    }
}
