using System.CommandLine;
using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Units;
using Workflow.Host.Dossiers;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Units;

/// <summary><c>unit show</c>: the units in force on a day.</summary>
internal static class ShowUnitsCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var on = new Option<string?>("--on") { Description = "The day, as 2025-07-01; today when it is left out.", HelpName = "DATE" };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows the units in force on a day: those of the store when there is one, otherwise those of the catalogue.") { on, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), Day(parsed.GetValue(on), environment), cancellation));
        return command;
    }

    private static DateOnly Day(string? text, HostEnvironment environment)
    {
        if (text is null)
        {
            return WorkingCalendar.DayOf(environment.Clock.GetUtcNow());
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new UnusableInputException($"--on '{Faults.OneLine(text)}' is not a date: write it as 2025-07-01");
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, DateOnly day, CancellationToken cancellationToken)
    {
        var tree = (await UnitsAsync(session.Environment, choice, cancellationToken).ConfigureAwait(false)).At(day);
        await session.ResultAsync(
            new
            {
                On = Text(day),
                Units = tree.Units.Select(u => new { u.Code, Name = u.Name.Vi, u.Level, u.Parent, u.Agency, From = Text(u.From), Until = Text(u.Until), u.Successors }),
            },
            tree.Units.Where(u => u.Parent is null).SelectMany(u => Lines(tree, u, depth: 0))
                .Append($"{tree.Units.Count} {(tree.Units.Count == 1 ? "unit" : "units")} on {Text(day)}")).ConfigureAwait(false);
        return ExitStatus.Done;
    }

    private static async Task<UnitTree> UnitsAsync(HostEnvironment environment, StoreChoice choice, CancellationToken cancellationToken)
    {
        var given = Catalogue.Units(environment);
        if (!await choice.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return given;
        }

        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), given, Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            return embedded.Engine.Units;
        }
    }

    private static IEnumerable<string> Lines(UnitTree tree, Unit unit, int depth)
    {
        var since = unit.From is null ? string.Empty : $", from {Text(unit.From)}";
        var end = unit.Until is null ? string.Empty : $", until {Text(unit.Until)}{(unit.Successors.Count > 0 ? $", then {string.Join(", ", unit.Successors)}" : string.Empty)}";
        return tree.Children(unit.Code).SelectMany(c => Lines(tree, c, depth + 1))
            .Prepend($"{new string(' ', 2 * depth)}{unit.Code}  {unit.Name.Vi} ({unit.Agency ?? UnitLevels.NameOf(unit.Level)}{since}{end})");
    }

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
