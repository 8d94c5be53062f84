using System.Threading.Channels;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Simulation;
using Workflow.Engine;
using Workflow.Engine.Timers;

namespace Workflow.Host.Demo;

/// <summary>Carries a simulation out through the durable engine under a virtual clock.</summary>
/// <remarks>
/// Time goes in windows of an hour. In each one every dossier's commands run in their order, those of different
/// dossiers side by side so that they share commits, each with the legal time at which it was given; then the timers fire.
/// </remarks>
internal sealed class DemoReplay(DossierEngine engine, VirtualClock clock, SimulationScenario scenario)
{
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    private readonly DossierCode[] _codes = new DossierCode[scenario.Dossiers];
    private readonly List<string> _refusals = [];
    private int _commands;
    private int _submitted;

    /// <summary>The commands that were refused. The simulation gives none that the law refuses, so there should be none.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>How many commands were given, timers apart.</summary>
    public int Commands => _commands;

    /// <summary>Runs to the end of the last day.</summary>
    /// <param name="progress">Told how many dossiers have been submitted, of how many.</param>
    /// <param name="cancellationToken">Stops between two windows.</param>
    public async Task RunAsync(Action<long, long> progress, CancellationToken cancellationToken)
    {
        // The simulation needs no answer from the engine, so it runs ahead on a thread of its own, by a few windows.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var windows = Channel.CreateBounded<Window>(new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true });
        var simulation = Task.Run(() => SimulateAsync(windows.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var window in windows.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                clock.AdvanceTo(window.Close);
                await RunWindowAsync(window.Commands, cancellationToken).ConfigureAwait(false);
                await engine.FireDueTimersAsync(cancellationToken).ConfigureAwait(false);
                progress(_submitted, scenario.Dossiers);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await simulation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SimulateAsync(ChannelWriter<Window> windows, CancellationToken cancellationToken)
    {
        try
        {
            var end = WorkingCalendar.At(scenario.LastDay.AddDays(1), TimeOnly.MinValue);
            using var commands = new DistrictSimulation(scenario).Run().GetEnumerator();
            var more = commands.MoveNext();
            for (var close = WorkingCalendar.At(scenario.FirstDay, TimeOnly.MinValue) + s_window; close <= end; close += s_window)
            {
                var window = new Window(close, []);
                while (more && commands.Current.At < close)
                {
                    window.Commands.Add(commands.Current);
                    more = commands.MoveNext();
                }

                await windows.WriteAsync(window, cancellationToken).ConfigureAwait(false);
            }

            windows.Complete();
        }
        catch (Exception e)
        {
            // The reader throws it.
            windows.Complete(e);
        }
    }

    private async Task RunWindowAsync(List<SimulatedCommand> window, CancellationToken cancellationToken)
    {
        // A dossier's number follows from the order in which submissions are given, and a chain that begins with one gives it before
        // its first await. So the order of the chains is the order of their first commands.
        var chains = new List<Task>();
        foreach (var chain in window.GroupBy(c => c.Case))
        {
            chains.Add(RunChainAsync(chain, cancellationToken));
        }

        await Task.WhenAll(chains).ConfigureAwait(false);
    }

    private async Task RunChainAsync(IEnumerable<SimulatedCommand> chain, CancellationToken cancellationToken)
    {
        foreach (var given in chain)
        {
            var request = new CommandRequest(new CommandId($"{given.Case}-{given.Number}"), given.Actor) { Caller = "demo", OccurredAt = given.At };
            var result = given.Command is SubmitDossier submit
                ? await engine.SubmitAsync(submit, request, cancellationToken).ConfigureAwait(false)
                : await engine.ExecuteAsync(_codes[given.Case], given.Command, request, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _commands);
            switch (result)
            {
                case CommandResult.Accepted accepted when given.Number == 0:
                    _codes[given.Case] = accepted.Code;
                    Interlocked.Increment(ref _submitted);
                    break;
                case CommandResult.Accepted:
                    break;
                case CommandResult.Rejected rejected:
                    Refuse($"{rejected.Code} {given.Command}: {string.Join("; ", rejected.Unmet)}");
                    return;
                default:
                    Refuse($"{_codes[given.Case]} {given.Command}: {result}");
                    return;
            }
        }
    }

    private void Refuse(string line)
    {
        lock (_refusals)
        {
            _refusals.Add(line);
        }
    }

    /// <summary>The commands given before a moment, and after the window before.</summary>
    private readonly record struct Window(DateTimeOffset Close, List<SimulatedCommand> Commands);
}
