using System.CommandLine;
using Workflow.Core.Reorganisations;
using Workflow.Engine.Reorganising;
using Workflow.Host.Dossiers;
using Workflow.Host.Files;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Units;

/// <summary><c>unit reorganise --plan FILE</c>: units merge, split, move and end, with their open dossiers.</summary>
internal static class ReorganiseCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var plan = new Option<string>("--plan") { Description = "The plan: its day, its ground, new units, changes.", HelpName = "FILE", Required = true };
        var apply = new Option<bool>("--apply") { Description = "Carry it out; without this it is tried and nothing is changed." };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("reorganise", "Merges, splits, moves and ends units, and hands their open dossiers over.") { plan, apply, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), parsed.GetRequiredValue(plan), parsed.GetValue(apply), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, string file, bool apply, CancellationToken cancellationToken)
    {
        var plan = Read(file);
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            ReorganisationReport report;
            using (var progress = session.Progress("handing over"))
            {
                report = await ReorganiseAsync(embedded, file, plan, apply, new Seen(progress), cancellationToken).ConfigureAwait(false);
            }

            await session.ResultAsync(Json(plan, report), Lines(plan, report)).ConfigureAwait(false);
            return report.Blocked.Count > 0 ? ExitStatus.Found : ExitStatus.Done;
        }
    }

    private static async Task<ReorganisationReport> ReorganiseAsync(
        CommandEngine embedded, string file, Reorganisation plan, bool apply, IProgress<long> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await embedded.Engine.ReorganiseAsync(plan, apply, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (PlanAheadException ahead)
        {
            throw new UnusableInputException($"{file}: 'on' is {ahead.On:yyyy-MM-dd}, which is ahead: carry the plan out on that day or later, or try it without --apply", ahead);
        }
    }

    private static Reorganisation Read(string file)
    {
        using var reader = new StringReader(InputFile.ReadText(file));
        return ReorganisationYaml.Read(reader, file);
    }

    private static object Json(Reorganisation plan, ReorganisationReport report) => new
    {
        Plan = plan.Id,
        On = plan.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Applied = report.IsApplied,
        Dossiers = report.Dossiers.Count,
        report.Moved,
        Movable = report.Dossiers.Count - report.Blocked.Count,
        Blocked = report.Blocked.Select(d => new { Dossier = d.Code.Value, d.From, d.To, d.Unmet }),
        HandOvers = report.Dossiers.Where(d => d.Unmet.Count == 0).Select(d => new { Dossier = d.Code.Value, d.From, d.To }),
    };

    private static IEnumerable<string> Lines(Reorganisation plan, ReorganisationReport report)
    {
        yield return $"plan {plan.Id}, in force from {plan.On:yyyy-MM-dd}: {plan.Ground}";
        foreach (var dossier in report.Dossiers)
        {
            yield return $"  {dossier.Code}  {Change("received", dossier.From.Receiving, dossier.To.Receiving)}{Change("settles", dossier.From.Competent, dossier.To.Competent)}{Change("with", dossier.From.Current, dossier.To.Current)}"
                .TrimEnd() + (dossier.Unmet.Count > 0 ? $"  blocked: {Faults.OneLine(string.Join("; ", dossier.Unmet))}" : string.Empty);
        }

        var concerned = $"{report.Dossiers.Count} open {(report.Dossiers.Count == 1 ? "dossier" : "dossiers")} concerned";
        yield return report.IsApplied
            ? $"{concerned}: {report.Moved} handed over, {report.Blocked.Count} blocked"
            : $"{concerned}: {report.Dossiers.Count - report.Blocked.Count} can be handed over, {report.Blocked.Count} blocked; nothing was changed (carry it out with --apply)";
    }

    private static string Change(string what, string from, string to) => from == to ? string.Empty : $"{what} {from} -> {to}  ";

    private sealed class Seen(ProgressLine line) : IProgress<long>
    {
        public void Report(long value) => line.Report(value, 0, "dossiers");
    }
}
