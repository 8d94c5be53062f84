using System.CommandLine;

namespace Workflow.Host.Terminal;

/// <summary>Runs one command of the command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command that the arguments name and returns its exit status. Throws nothing: mistakes become one line on standard error.</summary>
    public static async Task<int> RunAsync(string[] args, HostEnvironment environment, CancellationToken cancellationToken = default)
    {
        try
        {
            var root = CommandTree.Create(environment);
            var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
            if (ParseFault.Of(parsed) is { } fault)
            {
                throw new UnusableInputException(fault);
            }

            var configuration = new InvocationConfiguration
            {
                Output = environment.Output,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        // The last place that can turn an exception into a line.
        catch (Exception e)
        {
            var (line, status) = Faults.Describe(e);
            if (line is not null)
            {
                await environment.Error.WriteLineAsync($"workflow: {line}").ConfigureAwait(false);
            }

            return status;
        }
    }
}
