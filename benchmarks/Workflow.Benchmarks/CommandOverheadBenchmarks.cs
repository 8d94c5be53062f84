using BenchmarkDotNet.Attributes;
using Workflow.Core.Dossiers;
using Workflow.Engine.Admission;
using Workflow.Engine.Telemetry;

namespace Workflow.Benchmarks;

/// <summary>What admission, turns and instruments that nobody listens to add to a command; the baseline is a lock taken twice.</summary>
[MemoryDiagnoser]
public class CommandOverheadBenchmarks : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AdmissionGate _gate = new(4_096, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeProvider.System);
    private readonly TurnQueue<object> _queue = new();
    private readonly EngineInstruments _instruments = new(null);
    private readonly FireTrigger _command = new("forward");
    private readonly string[] _units = [.. Enumerable.Range(0, 64).Select(i => $"000.{i:00}.30.H28")];
    private readonly object _item = new();
    private int _next;

    [GlobalCleanup]
    public void Dispose()
    {
        _instruments.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public int TwoLocks()
    {
        lock (_lock)
        {
            _next++;
        }

        lock (_lock)
        {
            return _next--;
        }
    }

    [Benchmark]
    public void EnterAndLeave() => _gate.Leave(_gate.Enter(_units[_next++ & 63], out _));

    [Benchmark]
    public bool TurnOfOneUnit()
    {
        _queue.Enqueue(_units[0], _item);
        return _queue.TryDequeue(out _);
    }

    [Benchmark(OperationsPerInvoke = 64)]
    public int TurnsOf64Units()
    {
        var taken = 0;
        foreach (var unit in _units)
        {
            _queue.Enqueue(unit, _item);
        }

        while (_queue.TryDequeue(out _))
        {
            taken++;
        }

        return taken;
    }

    [Benchmark]
    public bool UnwatchedCommand()
    {
        var watched = _instruments.AreCommandsWatched;
        _instruments.Command(_command, "accepted", TimeSpan.Zero, null);
        return watched;
    }

    [Benchmark]
    public bool UnwatchedCommit()
    {
        using var span = Spans.Commit([]);
        return _instruments.AreCommitsWatched;
    }
}
