using System.CommandLine;
using System.IO.Compression;
using Workflow.Core.Dossiers;
using Workflow.Engine.Audit;
using Workflow.Host.Dossiers;
using Workflow.Host.Files;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Audit;

/// <summary><c>audit anchor --out FILE</c>: the heads of all chains, to be taken away to another place.</summary>
internal static class AnchorCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var output = new Option<string>("--out") { Description = "The file to write, compressed when its name ends in .gz; one that exists is left alone.", HelpName = "FILE", Required = true };
        var stores = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("anchor", "Writes where the hash chain of every dossier stands and what the published definitions are, so that a later audit finds what was recomputed or removed since. Keep it elsewhere.") { output, json };
        stores.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(output), stores.Choose(parsed, environment), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string output, StoreChoice choice, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        if (File.Exists(output))
        {
            throw new UnusableInputException($"{output} exists already, and anchors are kept: name another file");
        }

        AnchorTotals totals;
        var takenAt = LegalTime.Of(session.Environment.Clock.GetUtcNow());
        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var dossiers = (await store.CountAsync(cancellationToken).ConfigureAwait(false)).Dossiers;
            using var progress = session.Progress($"writing {output}");
            using var file = OutputFile.Create(output);
            var stream = output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file.Stream, CompressionLevel.Optimal, leaveOpen: true) : (Stream)new BufferedStream(file.Stream);
            totals = await AnchorFile.WriteAsync(store, stream, takenAt, done => progress.Report(done, dossiers, "dossiers"), cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (stream is GZipStream)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            file.Keep();
        }

        await session.ResultAsync(
            new { totals.Dossiers, totals.Events, totals.Definitions, totals.JournalHash, TakenAt = takenAt, Out = output },
            [
                $"{Counted.Of(totals.Dossiers, "dossier")} with {Counted.Of(totals.Events, "event")} and {Counted.Of(totals.Definitions, "definition")} anchored in {output}",
                $"journal hash {totals.JournalHash}",
                "keep the file where nobody who can change the store can change it; 'audit verify --anchors FILE' holds the store against it",
            ]).ConfigureAwait(false);
        return ExitStatus.Done;
    }
}
