using System.CommandLine;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Host.Dossiers;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary><c>procedure publish PATH...</c>: new versions into the store.</summary>
internal static class PublishCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and directories of procedures; calendars and units among them are left out.", Arity = ArgumentArity.OneOrMore };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("publish", "Publishes new versions into the store; running dossiers keep theirs.") { paths, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(paths), store.Choose(parsed, environment), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] paths, StoreChoice choice, CancellationToken cancellationToken)
    {
        var procedures = Read(paths);
        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var known = (await PublishedProcedures.ReadAsync(store, cancellationToken).ConfigureAwait(false)).Select(c => c.Version).ToHashSet();
            try
            {
                await PublishedProcedures.PublishAsync(store, procedures, session.Environment.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            }
            catch (DefinitionConflictException conflict)
            {
                var place = procedures.Find(p => p.Code == conflict.Code)?.Content.Place;
                throw new UnusableInputException($"{place}: {conflict.Message}");
            }

            await session.ResultAsync(
                new
                {
                    Procedures = procedures.Count,
                    Published = procedures.Count(p => !known.Contains(p.Version)),
                    Versions = procedures.Select(p => new { Procedure = p.Code, Version = p.Version.Number, p.ContentHash, IsNew = !known.Contains(p.Version) }),
                },
                procedures.Select(p => $"{p}  {p.ContentHash[..12]}  {(known.Contains(p.Version) ? "was there already" : "published")}")).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }

    // All or nothing: a file with a defect keeps every version out.
    private static List<Procedure> Read(string[] paths)
    {
        var procedures = new List<Procedure>();
        var defects = new List<Defect>();
        foreach (var file in DefinitionFiles.Find(paths))
        {
            var (procedure, _, found) = DefinitionFiles.Inspect(file);
            defects.AddRange(found.Where(d => d.Severity == DefectSeverity.Error));
            if (procedure is not null)
            {
                procedures.Add(procedure);
            }
        }

        if (defects.Count > 0)
        {
            throw new DefinitionException(defects);
        }

        return procedures.Count > 0
            ? [.. new ProcedureCatalogue(procedures).All]
            : throw new UnusableInputException($"{string.Join(", ", paths)} holds no procedure: name a procedure file");
    }
}
