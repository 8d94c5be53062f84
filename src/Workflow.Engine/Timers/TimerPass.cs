using Workflow.Engine.Journal;

namespace Workflow.Engine.Timers;

/// <summary>The wake-ups that one pass has started. All members but <see cref="End"/> are those of the pump's turn.</summary>
/// <param name="ended">Released once per wake-up that ended; nobody else waits for it.</param>
internal sealed class TimerPass(SemaphoreSlim ended)
{
    private readonly Lock _lock = new();
    private List<WakeUp> _vain = [];
    private int _did;

    /// <summary>How many were started and not seen to end.</summary>
    public int UnderWay { get; private set; }

    /// <summary>How many of those that ended had something to do.</summary>
    public int Did => Volatile.Read(ref _did);

    /// <summary>One more is started.</summary>
    public void Begin() => UnderWay++;

    /// <summary>Waits until one of those under way has ended.</summary>
    public async ValueTask OneEndsAsync()
    {
        await ended.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        UnderWay--;
    }

    /// <summary>Returns those that ended in vain since the last call.</summary>
    public List<WakeUp> TakeVain()
    {
        lock (_lock)
        {
            var vain = _vain;
            _vain = [];
            return vain;
        }
    }

    /// <summary>A wake-up has ended, on any thread.</summary>
    public void End(WakeUp wakeUp, bool did)
    {
        if (did)
        {
            Interlocked.Increment(ref _did);
        }
        else
        {
            lock (_lock)
            {
                _vain.Add(wakeUp);
            }
        }

        ended.Release();
    }
}
