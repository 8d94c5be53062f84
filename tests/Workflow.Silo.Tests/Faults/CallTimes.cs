using System.Diagnostics;

namespace Workflow.Silo.Tests.Faults;

/// <summary>How long callers wait, and when all of them have answers again. Safe to share between threads.</summary>
internal sealed class CallTimes(int callers)
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _missing = [];
    private long _since;
    private TaskCompletionSource<TimeSpan>? _flowing;

    /// <summary>The longest that a caller waited for one answer.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>A moment, for <see cref="Take"/> and <see cref="FlowAgainAsync"/>.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>A caller was answered what it asked at a moment.</summary>
    public void Take(int caller, long asked)
    {
        lock (_lock)
        {
            var now = Now;
            var waited = Stopwatch.GetElapsedTime(asked, now);
            LongestWait = waited > LongestWait ? waited : LongestWait;
            if (_flowing is not null && asked >= _since && _missing.Remove(caller) && _missing.Count == 0)
            {
                _flowing.SetResult(Stopwatch.GetElapsedTime(_since, now));
            }
        }
    }

    /// <summary>Ends when every caller was answered a command that it gave after a moment; returns how long after the moment the last one was.</summary>
    public Task<TimeSpan> FlowAgainAsync(long since)
    {
        lock (_lock)
        {
            _missing.UnionWith(Enumerable.Range(0, callers));
            _since = since;
            _flowing = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _flowing.Task;
        }
    }
}
