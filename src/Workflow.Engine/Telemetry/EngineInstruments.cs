using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Admission;

namespace Workflow.Engine.Telemetry;

/// <summary>The instruments of an engine. Safe to share between threads; they cost a look at a field while nobody listens.</summary>
internal sealed class EngineInstruments : IDisposable
{
    private static readonly InstrumentAdvice<double> s_seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
    private static readonly InstrumentAdvice<double> s_lateness = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400] };
    private static readonly InstrumentAdvice<int> s_sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024] };

    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _commandDuration;
    private readonly Counter<long> _busy;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _commitSize;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<double> _timerLateness;
    private readonly Histogram<double> _deliveryDuration;
    private readonly ConcurrentDictionary<string, int> _parked = new(StringComparer.Ordinal);
    private volatile IEngineFigures? _figures;

    /// <param name="meters">Makes the meter and keeps it; null for a meter of the engine's own.</param>
    public EngineInstruments(IMeterFactory? meters)
    {
        var options = new MeterOptions(WorkflowTelemetry.MeterName) { Version = WorkflowTelemetry.Version };
        _ownsMeter = meters is null;
        _meter = meters?.Create(options) ?? new Meter(options);
        _commandDuration = _meter.CreateHistogram("workflow.command.duration", "s", "From the call to the answer.", null, s_seconds);
        _busy = _meter.CreateCounter<long>("workflow.busy", "{command}", "Commands that were told to come again.");
        _commitDuration = _meter.CreateHistogram("workflow.commit.duration", "s", "A shared commit, until the store has told its fate.", null, s_seconds);
        _commitSize = _meter.CreateHistogram("workflow.commit.size", "{command}", "Commands in a shared commit.", null, s_sizes);
        _conflicts = _meter.CreateCounter<long>("workflow.conflict", "{conflict}", "Commands that were decided again because another writer was faster.");
        _timerLateness = _meter.CreateHistogram("workflow.timer.lateness", "s", "From the moment of a timer to its firing.", null, s_lateness);
        _deliveryDuration = _meter.CreateHistogram("workflow.delivery.duration", "s", "A try to deliver to a subscriber.", null, s_seconds);
        _meter.CreateObservableUpDownCounter("workflow.queue.length", () => Of(f => f.UnderWay), "{command}", "Commands of callers under way.");
        _meter.CreateObservableUpDownCounter("workflow.queue.limit", () => Of(f => f.Places), "{command}", "The most of them.");
        _meter.CreateObservableUpDownCounter("workflow.dossier.active", () => Of(f => f.ActiveCount), "{dossier}", "Dossiers in memory.");
        _meter.CreateObservableGauge("workflow.follower.lag", Lags, "s", "The age of the oldest entry that a follower was not yet given; 0 at the journal's end.");
        _meter.CreateObservableUpDownCounter("workflow.delivery.parked", Parked, "{delivery}", "Deliveries that wait for somebody to look at them.");
    }

    /// <summary>Whether anybody wants to know of commands.</summary>
    public bool AreCommandsWatched => _commandDuration.Enabled || Spans.AreWatched;

    /// <summary>Whether anybody wants to know of commits.</summary>
    public bool AreCommitsWatched => _commitDuration.Enabled || _commitSize.Enabled || Spans.AreWatched;

    /// <summary>Whether anybody wants to know of deliveries.</summary>
    public bool AreDeliveriesWatched => _deliveryDuration.Enabled || Spans.AreWatched;

    /// <summary>How many deliveries of all subscribers are parked, as far as they were told.</summary>
    public int ParkedDeliveries => _parked.Values.Sum();

    /// <summary>From now on the engine is asked for what is observed.</summary>
    public void Observe(IEngineFigures figures) => _figures = figures;

    public void Command(DossierCommand command, string outcome, TimeSpan duration, Exception? fault)
    {
        if (_commandDuration.Enabled)
        {
            var tags = new TagList { { Tags.CommandKind, CommandWords.KindOf(command) }, { Tags.CommandOutcome, outcome } };
            AddError(ref tags, fault);
            _commandDuration.Record(duration.TotalSeconds, tags);
        }
    }

    public void Busy(RefusalReason reason) => _busy.Add(1, new KeyValuePair<string, object?>(Tags.BusyReason, CommandWords.ReasonOf(reason)));

    public void Commit(int size, TimeSpan duration, string outcome, Exception? fault)
    {
        var tags = new TagList { { Tags.CommitOutcome, outcome } };
        AddError(ref tags, fault);
        _commitDuration.Record(duration.TotalSeconds, tags);
        _commitSize.Record(size);
    }

    public void Conflict() => _conflicts.Add(1);

    public void TimerFired(TimeSpan late) => _timerLateness.Record(late.TotalSeconds);

    /// <summary>A try to deliver has ended.</summary>
    /// <param name="subscriber">The subscriber's name.</param>
    /// <param name="outcome">One of few words, such as taken, failed.</param>
    /// <param name="duration">How long it took, in real time.</param>
    public void Delivery(string subscriber, string outcome, TimeSpan duration)
    {
        if (_deliveryDuration.Enabled)
        {
            _deliveryDuration.Record(duration.TotalSeconds, new(Tags.SubscriberName, subscriber), new(Tags.DeliveryOutcome, outcome));
        }
    }

    /// <summary>Tells how many deliveries of a subscriber are parked.</summary>
    public void ParkedAre(string subscriber, int count) => _parked[subscriber] = count;

    /// <summary>Ends a meter of the engine's own; one of a factory shows nothing of this engine any more.</summary>
    public void Dispose()
    {
        _figures = null;
        _parked.Clear();
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private static void AddError(ref TagList tags, Exception? fault)
    {
        if (fault is not null)
        {
            tags.Add(Tags.ErrorType, fault.GetType().FullName);
        }
    }

    private IEnumerable<Measurement<int>> Of(Func<IEngineFigures, int> figure) => _figures is { } figures ? [new Measurement<int>(figure(figures))] : [];

    private IEnumerable<Measurement<double>> Lags() =>
        _figures is { } figures ? figures.FollowerLags.Select(f => new Measurement<double>(f.Lag.TotalSeconds, new KeyValuePair<string, object?>(Tags.FollowerName, f.Name))) : [];

    private IEnumerable<Measurement<int>> Parked() =>
        _parked.Select(p => new Measurement<int>(p.Value, new KeyValuePair<string, object?>(Tags.SubscriberName, p.Key)));
}

/// <summary>What an engine can be asked for at any time.</summary>
internal interface IEngineFigures
{
    /// <summary>Commands of callers under way, and how many there may be.</summary>
    int UnderWay { get; }

    int Places { get; }

    int ActiveCount { get; }

    /// <summary>Of each follower the age of the oldest entry that it was not yet given.</summary>
    IEnumerable<(string Name, TimeSpan Lag)> FollowerLags { get; }
}
