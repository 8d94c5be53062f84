using System.CommandLine;
using Workflow.Core.Dossiers;
using Workflow.Core.Migrations;
using Workflow.Core.Procedures;
using Workflow.Engine;
using Workflow.Host.Dossiers;
using Workflow.Host.Files;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary><c>procedure migrate</c>: running dossiers to another version of their procedure, first as a dry run.</summary>
internal static class MigrateCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var procedure = new Option<string?>("--procedure") { Description = "The procedure's code, where --from and --to do not name it.", HelpName = "CODE" };
        var from = new Option<string?>("--from") { Description = "The version that the dossiers follow: CODE@1, or 1 with --procedure.", HelpName = "V" };
        var to = new Option<string?>("--to") { Description = "The version that they are to follow.", HelpName = "V" };
        var map = new Option<string?>("--map") { Description = "The mapping of states; without one a state keeps its name.", HelpName = "FILE" };
        var ground = new Option<string?>("--ground") { Description = "The legal ground, where no mapping names it.", HelpName = "TEXT" };
        var apply = new Option<bool>("--apply") { Description = "Move the dossiers that can move." };
        var takeBack = new Option<string?>("--take-back") { Description = "Take a batch back.", HelpName = "BATCH" };
        var batch = new Option<string?>("--batch") { Description = "The batch's id, where it is not to follow from the mapping.", HelpName = "BATCH" };
        var actor = new ActorOptions();
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("migrate", "Shows which running dossiers can move to another version and what happens to their deadlines; moves them with --apply.")
        {
            procedure, from, to, map, ground, apply, takeBack, batch,
        };
        actor.AddTo(command, gives: false);
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var wanted = new WantedMigration(
                parsed.GetValue(procedure), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(map), parsed.GetValue(ground),
                parsed.GetValue(apply), parsed.GetValue(takeBack), parsed.GetValue(batch));
            return RunAsync(new Session(environment, parsed.GetValue(json)), wanted, actor.Actor(parsed) ?? Actor.System, store.Choose(parsed, environment), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, WantedMigration wanted, Actor actor, StoreChoice choice, CancellationToken cancellationToken)
    {
        wanted.Check();
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var mapping = wanted.TakeBack is null ? wanted.Mapping(Read) : null;
        var environment = session.Environment;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var engine = embedded.Engine;
            var report = mapping is null
                ? await TakeBackAsync(session, engine, wanted, actor, cancellationToken).ConfigureAwait(false)
                : await MigrateAsync(session, engine, Plan(embedded, mapping), wanted, actor, cancellationToken).ConfigureAwait(false);
            await session.ResultAsync(report.Json(), report.Lines()).ConfigureAwait(false);
            return report.Blocked.Count > 0 ? ExitStatus.Found : ExitStatus.Done;
        }
    }

    private static StateMapping Read(string file)
    {
        using var reader = new StringReader(InputFile.ReadText(file));
        return MigrationYaml.Read(reader, file);
    }

    private static MigrationPlan Plan(CommandEngine embedded, StateMapping mapping) =>
        new(Find(embedded, mapping.Procedure, mapping.From), Find(embedded, mapping.Procedure, mapping.To), mapping);

    private static Procedure Find(CommandEngine embedded, string code, int version)
    {
        if (embedded.Procedures.Find(code, version) is { } procedure)
        {
            return procedure;
        }

        var versions = embedded.Procedures.All.Where(p => p.Code == code).Select(p => p.Version.Number).Order().ToList();
        throw new UnusableInputException(versions.Count == 0
            ? $"the store holds no procedure '{Faults.OneLine(code)}': check the code, and --data or --postgres"
            : $"the store holds no {code}@{version}, only version {string.Join(", ", versions)}: publish it with 'procedure publish FILE'");
    }

    private static async Task<MigrationReport> MigrateAsync(
        Session session, DossierEngine engine, MigrationPlan plan, WantedMigration wanted, Actor actor, CancellationToken cancellationToken)
    {
        using var progress = session.Progress(wanted.Apply ? "moving" : "looking");
        if (!wanted.Apply)
        {
            return MigrationReport.Of(plan, null, await CollectAsync(engine.PreviewMigrationAsync(plan, actor, cancellationToken), progress, cancellationToken).ConfigureAwait(false));
        }

        // What silence came to by now comes first, under the version that it was due under.
        await engine.FireDueTimersAsync(cancellationToken).ConfigureAwait(false);
        var batch = wanted.Batch ?? await engine.NextBatchAsync(plan, cancellationToken).ConfigureAwait(false);
        return MigrationReport.Of(plan, batch, await CollectAsync(engine.MigrateAsync(plan, batch, actor, cancellationToken), progress, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<MigrationReport> TakeBackAsync(Session session, DossierEngine engine, WantedMigration wanted, Actor actor, CancellationToken cancellationToken)
    {
        using var progress = session.Progress("taking back");
        var batch = wanted.TakeBack!;
        var (from, to) = wanted.Numbers();
        var outcomes = await CollectAsync(engine.TakeBackAsync(batch, actor, from, to, cancellationToken), progress, cancellationToken).ConfigureAwait(false);
        return outcomes.Count > 0
            ? MigrationReport.OfTakeBack(batch, outcomes)
            : throw new UnusableInputException($"no dossier was moved by the batch '{Faults.OneLine(batch)}': check the batch, and --data or --postgres");
    }

    private static async Task<List<MigrationPreview>> CollectAsync(IAsyncEnumerable<MigrationPreview> outcomes, ProgressLine progress, CancellationToken cancellationToken)
    {
        var all = new List<MigrationPreview>();
        await foreach (var outcome in outcomes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            all.Add(outcome);
            progress.Report(all.Count, 0, "dossiers");
        }

        return all;
    }
}
