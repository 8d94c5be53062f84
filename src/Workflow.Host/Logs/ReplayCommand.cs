using System.CommandLine;
using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;
using Workflow.Host.Dossiers;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary><c>log replay FILE</c>: every case of a log as a dossier of the durable engine.</summary>
internal static class ReplayCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The log, .xes or .xes.gz." };
        var procedure = new Option<string?>("--procedure") { Description = "The procedure file to replay on; without it one is discovered from the whole log first.", HelpName = "P.yaml" };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command(
            "replay",
            "Replays a log through the durable engine: a dossier per case, a command per event, at the times of the log. A log that was replayed before is repeated, not doubled.")
        {
            file, procedure, json,
        };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(file), parsed.GetValue(procedure), store.Choose(parsed, environment), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string path, string? procedureFile, StoreChoice choice, CancellationToken cancellationToken)
    {
        var procedure = procedureFile is null ? null : DefinitionFiles.ReadProcedure(procedureFile);
        var (cases, last) = Overview(session, path, ref procedure, cancellationToken);

        // Nothing of a log is later than its last event, and no command may be later than the engine's clock.
        var clock = new VirtualClock(last);
        var calendar = Catalogue.Calendar(session.Environment);
        var embedded = await CommandEngine.OpenAsync(
            choice, _ => new ProcedureSet(procedure), Replay.Units(procedure.Content), calendar, clock, 2 * Replay.MostCases, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var replay = new Replay(embedded.Engine, procedure);
            var started = session.Environment.Clock.GetTimestamp();
            using (var progress = session.Progress($"replaying {path}"))
            {
                await replay.RunAsync(LogFile.Read(path, progress: null, cancellationToken), () => progress.Report(replay.Cases, cases, "cases"), cancellationToken).ConfigureAwait(false);
            }

            var seconds = session.Environment.Clock.GetElapsedTime(started).TotalSeconds;
            await ReportAsync(session, replay, procedure, choice, seconds).ConfigureAwait(false);
            return replay.Rejected == 0 ? ExitStatus.Done : ExitStatus.Found;
        }
    }

    // The pass before the replay: how many cases there are, when the last event was and, where none was given, the procedure.
    private static (int Cases, DateTimeOffset Last) Overview(Session session, string path, [System.Diagnostics.CodeAnalysis.NotNull] ref Procedure? procedure, CancellationToken cancellationToken)
    {
        using var progress = session.Progress($"reading {path}");
        var (cases, last) = (0, DateTimeOffset.MinValue);
        var fields = new TraceFields();
        if (procedure is null)
        {
            var graph = DirectlyFollowsGraph.Discover(Seen(fields.Add));
            procedure = DiscoveredProcedure.Create(path, graph, fields);
        }
        else
        {
            foreach (var _ in Seen(_ => { }))
            {
            }
        }

        return cases > 0 ? (cases, last) : throw new UnusableInputException($"{path}: the log has no case to replay: name one that has");

        IEnumerable<LogTrace> Seen(Action<LogTrace> take)
        {
            foreach (var trace in LogFile.Read(path, progress, cancellationToken))
            {
                cases++;
                last = trace.Events[^1].Time > last ? trace.Events[^1].Time : last;
                take(trace);
                yield return trace;
            }
        }
    }

    private static Task ReportAsync(Session session, Replay replay, Procedure procedure, StoreChoice choice, double seconds)
    {
        var fitting = replay.Cases == 0 ? 1 : (double)replay.Fitting / replay.Cases;
        var perSecond = seconds > 0 ? replay.Events / seconds : 0;
        return session.ResultAsync(
            new
            {
                replay.Cases,
                replay.Events,
                replay.Accepted,
                replay.Rejected,
                Fitting = fitting,
                FittingCases = replay.Fitting,
                Seconds = Math.Round(seconds, 3),
                EventsPerSecond = Math.Round(perSecond, 1),
                Repeats = replay.Repeated,
                AttributesNotKept = replay.Lost,
                Procedure = procedure.Code,
                Rejection = replay.FirstRejection,
            },
            Lines());

        IEnumerable<string> Lines()
        {
            yield return $"cases     {replay.Cases,10:N0}";
            yield return $"events    {replay.Events,10:N0}";
            yield return $"accepted  {replay.Accepted,10:N0}{(replay.Repeated > 0 ? $", of which {replay.Repeated:N0} were done by an earlier replay and not again" : string.Empty)}";
            yield return $"rejected  {replay.Rejected,10:N0}{(replay.FirstRejection is null ? string.Empty : $", such as: {Faults.OneLine(replay.FirstRejection)}")}";
            yield return $"fitting   {fitting,10:P1} of the cases: every event accepted, and an end within reach of the last one";
            yield return $"{seconds:N2} seconds, {perSecond:N0} events/s, into {choice.Name} as procedure {procedure}";
            if (replay.Lost > 0)
            {
                yield return $"{replay.Lost:N0} attributes of cases have no field in the procedure and are not kept";
            }
        }
    }
}
