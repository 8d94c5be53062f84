using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Spectre.Console;
using Workflow.Core.Calendars;
using Workflow.Core.Simulation;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;
using Workflow.Host.Files;
using Workflow.Host.Pages;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Demo;

/// <summary><c>demo</c>: the two months of Tan Lac through the durable engine, its score card, and the page that shows it.</summary>
internal static class DemoCommand
{
    private const int DefaultSeed = 2020;
    private const int DefaultPort = 5080;

    public static Command Create(HostEnvironment environment)
    {
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var port = new Option<int>("--port") { Description = "The port of the page; 0 for any that is free.", HelpName = "N", DefaultValueFactory = _ => DefaultPort };
        var noServe = new Option<bool>("--no-serve") { Description = "Print the score card and end." };
        var seed = new Option<int?>("--seed") { Description = $"The seed of the simulation; {DefaultSeed} unless given.", HelpName = "N" };
        var command = new Command("demo", "Replays two months of a district (10,441 online dossiers) through the durable engine and shows the score card.")
        {
            json, port, noServe, seed,
        };
        store.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(
            new Session(environment, parsed.GetValue(json)),
            store.Choose(parsed, environment),
            parsed.GetValue(seed),
            parsed.GetValue(noServe) ? null : parsed.GetValue(port),
            ct));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, int? seed, int? port, CancellationToken ct)
    {
        if (port is { } wanted)
        {
            ScoreCardServer.RequirePort(wanted);
        }

        var record = await DemoRecord.ReadAsync(choice, ct).ConfigureAwait(false);
        if (record is not null && seed is not null && seed != record.Seed)
        {
            throw new UnusableInputException($"{choice.Name} holds the finished demo of seed {record.Seed}: choose an empty {choice.Kind} with {choice.Option} for seed {seed}");
        }

        var watch = Stopwatch.StartNew();
        var catalogue = Catalogue.Procedures(session.Environment);
        var units = Catalogue.Units(session.Environment);
        var calendar = Catalogue.Calendar(session.Environment);
        var clock = new VirtualClock(WorkingCalendar.At(TanLacScenario.FirstDay, TimeOnly.MinValue));
        var store = choice.Create(clock);
        await using var storeEnd = store.ConfigureAwait(false);
        await store.OpenAsync(ct).ConfigureAwait(false);
        var options = new WorkflowEngineOptions
        {
            // Dossiers stay in memory for the whole time: virtual weeks pass in seconds.
            IdleTimeout = TimeSpan.FromDays(365),
            Salts = new DerivedSalts(Encoding.UTF8.GetBytes($"tan-lac/{seed ?? record?.Seed ?? DefaultSeed}")),
            BackgroundTimers = false,
            BackgroundFollowers = false,
        };
        var engine = await DossierEngine.OpenAsync(store, new ProcedureSet(catalogue.All), units, calendar, clock, options, cancellationToken: ct).ConfigureAwait(false);
        await using var engineEnd = engine.ConfigureAwait(false);
        if (record is null)
        {
            var scenario = TanLacScenario.Create(seed ?? DefaultSeed, catalogue, units, calendar.KnownAt(clock.GetUtcNow()));
            record = await ReplayAsync(session, engine, clock, scenario, watch, ct).ConfigureAwait(false);
            await record.WriteAsync(choice, store, ct).ConfigureAwait(false);
        }
        else if (await engine.JournalHashAsync(ct).ConfigureAwait(false) != record.JournalHash)
        {
            throw new UnusableInputException($"{choice.Name} holds more than the finished demo, because other commands have written into it since: choose an empty {choice.Kind} with {choice.Option}");
        }

        var card = await ScoreCards.OfAsync(engine, catalogue, units, ct).ConfigureAwait(false);
        await ShowAsync(session, card, record).ConfigureAwait(false);
        if (port is { } number)
        {
            await ScoreCardServer.RunAsync(card, number, address => session.Environment.Error.WriteLine($"The score card is at {address} (Ctrl+C to stop)."), ct).ConfigureAwait(false);
        }

        return card.Report.Holds ? ExitStatus.Done : ExitStatus.Found;
    }

    private static async Task<DemoRecord> ReplayAsync(
        Session session, DossierEngine engine, VirtualClock clock, SimulationScenario scenario, Stopwatch watch, CancellationToken ct)
    {
        var replay = new DemoReplay(engine, clock, scenario);
        using (var progress = session.Progress("Replaying two months"))
        {
            await replay.RunAsync((done, total) => progress.Report(done, total, "dossiers"), ct).ConfigureAwait(false);
        }

        if (replay.Refusals.Count > 0)
        {
            throw new InvalidOperationException($"{replay.Refusals.Count} commands of the simulation were refused, the first one: {replay.Refusals[0]}");
        }

        var hash = await engine.JournalHashAsync(ct).ConfigureAwait(false);
        return new DemoRecord(scenario.Seed, Math.Round(watch.Elapsed.TotalSeconds, 2), replay.Commands, engine.CommitCounts.Commits, hash);
    }

    private static async Task ShowAsync(Session session, ScoreCard card, DemoRecord record)
    {
        var total = card.Report.Total;
        if (!session.IsJson)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = session.Environment.OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
                Out = new AnsiConsoleOutput(session.Environment.Output),
            });
            ScoreCardTable.Write(console, card);
        }

        var result = new
        {
            seed = record.Seed,
            dossiers = card.Dossiers,
            events = card.Events,
            seconds = record.Seconds,
            received = total.Received,
            settled = total.Settled,
            inProcess = total.InProcess,
            early = total.Early,
            onTime = total.OnTime,
            overdue = total.Overdue,
            inProcessOverdue = total.InProcessOverdue,
            identitiesHold = card.Report.Holds,
            commands = record.Commands,
            commits = record.Commits,
            journalHash = record.JournalHash,
        };
        await session.ResultAsync(result,
        [
            $"{card.Dossiers:N0} dossiers, {record.Commands:N0} commands, {card.Events:N0} journal rows (timers included) in {record.Commits:N0} shared commits, replayed in {record.Seconds:0.0} s.",
            $"Journal hash {record.JournalHash} (seed {record.Seed}).",
        ]).ConfigureAwait(false);
    }
}
