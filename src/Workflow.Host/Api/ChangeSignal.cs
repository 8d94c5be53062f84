using Workflow.Engine.Journal;

namespace Workflow.Host.Api;

/// <summary>Tells all who follow the journal that it has grown. One look for all of them, and none while nobody follows.</summary>
/// <remarks>A look also sees what other hosts have committed. Safe to share between threads.</remarks>
internal sealed class ChangeSignal(IJournalStore store) : IDisposable
{
    private const int Most = 500;
    private const int MostOfAPerson = 8;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _turn = new();
    private readonly CancellationTokenSource _ended = new();
    private TaskCompletionSource _grown = New();
    private bool _looking;
    private readonly Dictionary<string, int> _followers = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Begins to follow; dispose of what is returned to end it. Null when this person, or all together, follow often enough.</summary>
    public IDisposable? Follow(string person)
    {
        lock (_turn)
        {
            var own = _followers.GetValueOrDefault(person);
            if (own >= MostOfAPerson || _count >= Most)
            {
                return null;
            }

            _followers[person] = own + 1;
            _count++;
            if (!_looking)
            {
                _looking = true;
                _ = LookAsync();
            }
        }

        return new Following(this, person);
    }

    /// <summary>A task that ends when the journal grows after this call. Ask for it before the journal is read.</summary>
    public Task Next()
    {
        lock (_turn)
        {
            return _grown.Task;
        }
    }

    public void Dispose() => _ended.Cancel();

    private async Task LookAsync()
    {
        JournalCursor? seen = null;
        using var timer = new PeriodicTimer(s_interval);
        while (true)
        {
            try
            {
                var end = await store.ReadEndAsync(_ended.Token).ConfigureAwait(false);
                if (end != seen)
                {
                    seen = end;
                    Tell();
                }
            }
            catch (Exception fault) when (fault is StorageException or ObjectDisposedException)
            {
                // Followers wait as callers do; their own reading tells them.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            lock (_turn)
            {
                if (_count == 0 || _ended.IsCancellationRequested)
                {
                    _looking = false;
                    return;
                }
            }

            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Tell()
    {
        TaskCompletionSource grown;
        lock (_turn)
        {
            (grown, _grown) = (_grown, New());
        }

        grown.SetResult();
    }

    private void Leave(string person)
    {
        lock (_turn)
        {
            _count--;
            if (--_followers[person] == 0)
            {
                _followers.Remove(person);
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Following(ChangeSignal signal, string person) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                signal.Leave(person);
            }
        }
    }
}
