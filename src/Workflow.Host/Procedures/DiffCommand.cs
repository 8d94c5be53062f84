using System.CommandLine;
using Workflow.Core.Migrations;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary><c>procedure diff A B</c>: what changed between two definitions.</summary>
internal static class DiffCommand
{
    private const int LongestValue = 60;

    public static Command Create(HostEnvironment environment)
    {
        var first = new Argument<string>("A") { Description = "A procedure file, or CODE@VERSION in the store or the catalogue." };
        var second = new Argument<string>("B") { Description = "The other one." };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("diff", "Shows what changed between two versions of a procedure, and what it weighs.") { first, second, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), store.Choose(parsed, environment), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string first, string second, StoreChoice choice, CancellationToken cancellationToken)
    {
        var named = await NamedProcedure.OpenAsync(session.Environment, choice, cancellationToken).ConfigureAwait(false);
        var (a, b) = (named.Find(first), named.Find(second));
        var diff = ProcedureDiff.Between(a.Content, b.Content);
        await session.ResultAsync(
            new
            {
                A = new { Procedure = a.Code, Version = a.Version.Number, a.ContentHash },
                B = new { Procedure = b.Code, Version = b.Version.Number, b.ContentHash },
                diff.ChangesBehaviour,
                diff.BreaksRunning,
                diff.Differences,
            },
            [
                .. diff.Differences.Select(d => $"{Weight(d.Weight),-9}  {d.Path}  {Shown(d.Before)} -> {Shown(d.After)}{(d.Kind == DifferenceKind.Reordered ? "  (order)" : string.Empty)}"),
                $"{a} {(a.ContentHash == b.ContentHash ? "and" : "->")} {b}: {diff.Differences.Count} differences, {diff.Differences.Count(d => d.Weight == DifferenceWeight.Behaviour)} change behaviour, "
                    + $"{diff.Differences.Count(d => d.Weight == DifferenceWeight.Breaking)} may break running dossiers",
            ]).ConfigureAwait(false);
        return diff.Differences.Count > 0 ? ExitStatus.Found : ExitStatus.Done;
    }

    private static string Weight(DifferenceWeight weight) => weight switch
    {
        DifferenceWeight.Breaking => "breaking",
        DifferenceWeight.Behaviour => "behaviour",
        _ => "people",
    };

    private static string Shown(string? value)
    {
        var line = value is null ? "(nothing)" : Faults.OneLine(value);
        return line.Length <= LongestValue ? line : string.Concat(line.AsSpan(0, LongestValue), "...");
    }
}
