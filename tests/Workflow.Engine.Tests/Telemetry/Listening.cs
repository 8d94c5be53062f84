using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Tests.Telemetry;

/// <summary>Tests that listen stand in this collection: a listener hears the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Listening
{
    public const string Name = "listening";
}

/// <summary>Makes meters of a test of its own.</summary>
internal sealed class TestMeters : IMeterFactory
{
    public List<Meter> Made { get; } = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(new MeterOptions(options.Name) { Version = options.Version, Scope = this });
        Made.Add(meter);
        return meter;
    }

    public void Dispose() => Made.ForEach(m => m.Dispose());
}

/// <summary>Keeps what the meters of a test measure.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();

    public Measurements(TestMeters meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Made.Contains(instrument.Meter))
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        _listener.Start();
    }

    public List<Instrument> Instruments { get; } = [];

    public ConcurrentQueue<(string Name, double Value, string Tags)> All { get; } = [];

    public IEnumerable<(string Name, double Value, string Tags)> Of(string name) => All.Where(m => m.Name == name);

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        All.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
}

/// <summary>Keeps the spans of the engine that end while it lives.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WorkflowTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ConcurrentQueue<Activity> Ended { get; } = [];

    public IEnumerable<Activity> Of(string name) => Ended.Where(s => s.OperationName == name);

    public void Dispose() => _listener.Dispose();
}
