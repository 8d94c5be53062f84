using System.CommandLine;
using Workflow.Core.Indicators;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Host.Dossiers;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Audit;

/// <summary><c>audit verify</c>: whether the store is what was written, and what should be asked about.</summary>
internal static class AuditCommand
{
    // Whoever wants more takes --json.
    private const int MostLines = 100;

    public static Command Create(HostEnvironment environment)
    {
        var anchors = new Option<string?>("--anchors") { Description = "Anchors that 'audit anchor' wrote earlier, plain or compressed.", HelpName = "FILE" };
        var backDatedAfter = new Option<int>("--back-dated-after") { Description = "How many working days may lie between what happened and its recording.", HelpName = "DAYS", DefaultValueFactory = _ => 1 };
        var extensions = new Option<int>("--many-extensions") { Description = "How many new dates within 30 days by one account are not many yet.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var stores = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("verify", "Verifies every row, head, state, submission and definition of the store, and lists patterns that should be asked about. Changes nothing.")
        {
            anchors, backDatedAfter, extensions, json,
        };
        stores.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)),
            stores.Choose(parsed, environment),
            parsed.GetValue(anchors),
            AtLeast(0, "--back-dated-after", parsed.GetValue(backDatedAfter)),
            AtLeast(1, "--many-extensions", parsed.GetValue(extensions)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, string? anchors, int backDatedAfter, int extensions, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var clock = session.Environment.Clock;
        var calendar = Catalogue.Calendar(session.Environment).Latest;
        var begun = clock.GetTimestamp();
        AuditReport report;
        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var events = (await store.CountAsync(cancellationToken).ConfigureAwait(false)).Events;
            using var progress = session.Progress("verifying");
            report = await JournalAudit.VerifyAsync(
                store,
                new AuditOptions(calendar)
                {
                    Anchors = anchors is null ? null : () => AnchorInput.Read(anchors),
                    AnchoredDefinitions = anchors is null ? null : () => AnchorInput.ReadDefinitions(anchors),
                    BackDatedAfter = backDatedAfter,
                    ManyExtensions = extensions,
                    Progress = done => progress.Report(done, events, "events"),
                },
                cancellationToken).ConfigureAwait(false);
        }

        var seconds = Math.Round(clock.GetElapsedTime(begun).TotalSeconds, 2);
        await session.ResultAsync(Json(report, seconds), Lines(report, seconds)).ConfigureAwait(false);
        return report is { IsIntact: true, Patterns.Count: 0 } ? ExitStatus.Done : ExitStatus.Found;
    }

    private static int AtLeast(int least, string option, int value) =>
        value >= least ? value : throw new UnusableInputException($"{option} {value} is too small: give at least {least}");

    private static object Json(AuditReport report, double seconds) => new
    {
        report.Dossiers,
        report.Events,
        Intact = report.IsIntact,
        Broken = report.Broken.Select(f => new { Dossier = f.Code, f.Version, f.Why }),
        report.BrokenDossiers,
        BrokenDefinitions = report.BrokenDefinitions.Select(d => new { d.Kind, d.Code, d.Version, d.Why }),
        Patterns = report.Patterns.Select(p => new { p.Dossier, p.Version, p.Kind, p.Actor, p.Why }),
        report.Anchored,
        report.Erased,
        NotReplayed = report.NotReplayed.Select(n => new { Procedure = n.Procedure.ToString(), n.Dossiers }),
        Seconds = seconds,
    };

    private static IEnumerable<string> Lines(AuditReport report, double seconds)
    {
        foreach (var definition in report.BrokenDefinitions)
        {
            yield return Faults.OneLine($"broken   {Words(definition.Kind)} {definition.Code} version {definition.Version}: {definition.Why}");
        }

        foreach (var fault in report.Broken.Take(MostLines))
        {
            yield return Faults.OneLine($"broken   {fault.Code} version {fault.Version}: {fault.Why}");
        }

        foreach (var line in More(report.Broken.Count))
        {
            yield return line;
        }

        foreach (var pattern in report.Patterns.Take(MostLines))
        {
            yield return Faults.OneLine($"pattern  {pattern.Dossier} version {pattern.Version} by {pattern.Actor}: {Words(pattern.Kind)}: {pattern.Why}");
        }

        foreach (var line in More(report.Patterns.Count))
        {
            yield return line;
        }

        foreach (var (procedure, dossiers) in report.NotReplayed)
        {
            yield return dossiers == 0
                ? $"not verified: {procedure}, whose guards are code that this program does not have; no dossier follows it"
                : $"not replayed: {Counted.Of(dossiers, "dossier")} that {(dossiers == 1 ? "follows" : "follow")} {procedure}, which the store does not hold as it was published; chains were verified, states were not";
        }

        yield return $"{Counted.Of(report.Dossiers, "dossier")}, {Counted.Of(report.Events, "event")}{(report.Anchored is { } anchored ? $", {Counted.Of(anchored, "anchor")}" : string.Empty)} in {seconds:N2} s";
        yield return report switch
        {
            { Broken.Count: > 0 } or { BrokenDefinitions.Count: > 0 } => $"NOT intact: {string.Join(", ", Broken(report))}",
            { NotReplayed.Count: > 0 } => "no row was changed, removed, inserted or reordered, but not every state was verified: restore the procedures named above from a backup, then verify again",
            _ => "intact: nothing was changed, removed or inserted, and every dossier's rows are in their order",
        };
        if (report.IsIntact && report.Anchored is null)
        {
            yield return "without --anchors a chain that was recomputed as a whole, or removed without a trace, is not found";
        }

        if (report.Erased > 0)
        {
            yield return $"{Counted.Of(report.Erased, "row")} {(report.Erased == 1 ? "has" : "have")} lost the personal part: each should have been erased on purpose";
        }

        foreach (var kind in report.Patterns.GroupBy(p => p.Kind).OrderBy(g => g.Key))
        {
            yield return $"{Counted.Of(kind.Count(), "time")} {Words(kind.Key)}: a reason to ask, not a proof";
        }
    }

    private static IEnumerable<string> Broken(AuditReport report)
    {
        var (dossiers, definitions) = (report.BrokenDossiers, report.BrokenDefinitions.Count);
        if (dossiers > 0)
        {
            yield return $"{Counted.Of(dossiers, "dossier")} {(dossiers == 1 ? "is" : "are")} broken";
        }

        if (definitions > 0)
        {
            yield return $"{Counted.Of(definitions, "definition")} {(definitions == 1 ? "is" : "are")} broken";
        }
    }

    private static IEnumerable<string> More(int count) => count > MostLines ? [$"... and {count - MostLines:N0} more, which --json lists"] : [];

    private static string Words(string kind) => kind == DefinitionKinds.Units ? "unit tree" : kind;

    private static string Words(PatternKind kind) => kind switch
    {
        PatternKind.BackDated => "back-dated",
        PatternKind.OverdueReset => "overdue reset",
        PatternKind.LateReappointment => "new date promised too late",
        PatternKind.SupplementOnLastDay => "supplement asked for on the last day or later",
        PatternKind.SuspendedWhenOverdue => "clock stopped when overdue",
        PatternKind.RecordedOutOfOrder => "recorded out of order",
        PatternKind.SubmittedAgain => "submitted again after it was overdue",
        _ => "many new dates by one account",
    };
}
