using System.CommandLine;
using System.IO.Compression;
using Workflow.Core.EventLogs;
using Workflow.Host.Dossiers;
using Workflow.Host.Files;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary><c>log export --out FILE</c>: the journal as XES.</summary>
internal static class ExportCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var output = new Option<string>("--out") { Description = "The log to write, compressed when its name ends in .gz; a file of that name is replaced.", HelpName = "FILE", Required = true };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("export", "Writes the journal as an event log in XES, a case per dossier, without personal data.") { output, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(output), store.Choose(parsed, environment), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string output, StoreChoice choice, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var (cases, events) = (0, 0L);
        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var export = new JournalExport(store, await StoredProcedures.ReadAsync(store, cancellationToken).ConfigureAwait(false));
            var totals = await store.CountAsync(cancellationToken).ConfigureAwait(false);
            using var progress = session.Progress($"writing {output}");
            using var file = OutputFile.Create(output);
            var stream = output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true) : (Stream)file.Stream;
            using (var writer = new XesWriter(stream))
            {
                await foreach (var head in store.ReadChainHeadsAsync(cancellationToken).ConfigureAwait(false))
                {
                    var trace = await export.ReadAsync(head.Code, cancellationToken).ConfigureAwait(false);
                    writer.Write(trace);
                    cases++;
                    events += trace.Events.Count;
                    progress.Report(cases, totals.Dossiers, "cases");
                }

                writer.Complete();
            }

            if (stream != file.Stream)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            file.Keep();
        }

        await session.ResultAsync(new { Cases = cases, Events = events, Out = output }, [$"{cases:N0} cases with {events:N0} events written to {output}"]).ConfigureAwait(false);
        return ExitStatus.Done;
    }
}
