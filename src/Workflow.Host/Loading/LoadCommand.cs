using System.CommandLine;
using Workflow.Core.Units;
using Workflow.Engine.Setup;
using Workflow.Host.Dossiers;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Loading;

/// <summary><c>load</c>: how many durable commands a second, and how long each takes.</summary>
internal static class LoadCommand
{
    private const int MostCallers = 10_000;
    private const int MostDossiers = 10_000_000;
    private const int MostSeconds = 86_400;
    private const double MostRate = 10_000_000;

    public static Command Create(HostEnvironment environment)
    {
        var callers = new Option<int>("--callers") { Description = "How many callers give commands side by side, each waiting for its answer.", HelpName = "N", Required = true };
        var seconds = new Option<double>("--seconds") { Description = "For how long.", HelpName = "S", Required = true };
        var dossiers = new Option<int>("--dossiers") { Description = "Over how many dossiers; they are submitted before the clock starts.", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        var rate = new Option<double?>("--open-loop") { Description = "Give so many commands a second whatever the answers take; latencies count from when each was to be given.", HelpName = "RATE" };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("load", "Gives durable commands to real dossiers and measures them.") { callers, seconds, dossiers, rate, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (c, s, d, r) = (parsed.GetValue(callers), parsed.GetValue(seconds), parsed.GetValue(dossiers), parsed.GetValue(rate));
            Require(c is >= 1 and <= MostCallers, $"--callers {c} is out of range: give 1 to {MostCallers}");
            Require(s is > 0 and <= MostSeconds, $"--seconds {s} is out of range: give more than 0 and at most {MostSeconds}");
            Require(d is >= 1 and <= MostDossiers, $"--dossiers {d} is out of range: give 1 to {MostDossiers}");
            Require(d >= c, $"--dossiers {d} is less than --callers {c}: every caller needs a dossier of its own");
            Require(r is null or (> 0 and <= MostRate), $"--open-loop {r} is out of range: give more than 0 and at most {MostRate:0} commands a second");
            return RunAsync(new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), c, TimeSpan.FromSeconds(s), d, r, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, int callers, TimeSpan time, int dossiers, double? rate, CancellationToken cancellationToken)
    {
        var environment = session.Environment;
        var units = Catalogue.Units(environment);
        var unit = units.Units.First(u => u.Level == UnitLevel.Commune).Code;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.Under([LoadRun.Procedure]), units, Catalogue.Calendar(environment), environment.Clock, queue: 4_096, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var run = new LoadRun(embedded.Engine, environment.Clock, Guid.NewGuid().ToString("N")[..12]);
            try
            {
                using var progress = session.Progress("submitting");
                var codes = await run.PrepareAsync(dossiers, unit, done => progress.Report(done, dossiers, "dossiers"), cancellationToken).ConfigureAwait(false);
                using var load = session.Progress("giving commands");
                await run.RunAsync(codes, callers, time, rate, done => load.Report(done, 0, "commands"), cancellationToken).ConfigureAwait(false);
            }
            catch (LoadRefusedException refused)
            {
                throw new UnusableInputException($"a dossier of the load was refused: {Faults.OneLine(refused.Message)}", refused);
            }

            await ReportAsync(session, run, callers, dossiers).ConfigureAwait(false);
        }

        return ExitStatus.Done;
    }

    private static Task ReportAsync(Session session, LoadRun run, int callers, int dossiers)
    {
        var (perSecond, p50, p99) = (run.Accepted / run.Elapsed.TotalSeconds, run.Percentile(0.5), run.Percentile(0.99));
        return session.ResultAsync(
            new
            {
                Callers = callers,
                Dossiers = dossiers,
                Commands = run.Accepted + run.Rejected,
                run.Accepted,
                run.Rejected,
                PerSecond = Math.Round(perSecond, 1),
                P50Ms = Math.Round(p50, 3),
                P99Ms = Math.Round(p99, 3),
                run.Busy,
                Seconds = Math.Round(run.Elapsed.TotalSeconds, 3),
            },
            [
                $"{callers:N0} callers over {dossiers:N0} dossiers for {run.Elapsed.TotalSeconds:N1} s",
                $"accepted  {run.Accepted,10:N0}   {perSecond:N0}/s",
                $"rejected  {run.Rejected,10:N0}",
                $"busy      {run.Busy,10:N0}",
                $"half within {p50:N2} ms, 99% within {p99:N2} ms",
            ]);
    }

    private static void Require(bool holds, string line)
    {
        if (!holds)
        {
            throw new UnusableInputException(line);
        }
    }
}
