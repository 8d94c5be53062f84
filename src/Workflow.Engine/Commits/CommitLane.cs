namespace Workflow.Engine.Commits;

/// <summary>Takes what has gathered and commits it, again and again, one batch at a time.</summary>
internal sealed class CommitLane(JournalWriter writer, SharedCommit commit) : IDisposable
{
    // For how long answered callers are waited for while none of them goes on, in milliseconds, and how often at most: one of
    // them may be at work of its own.
    private const int LongestGathering = 2;
    private const int MostGatherings = 10;

    private readonly SemaphoreSlim _ready = new(0);

    // Under the writer's gate. Patient: whether answers that have not run through are still waited for.
    private bool _waiting;
    private bool _patient;

    /// <summary>Whether it waits for something to do. Under the writer's gate.</summary>
    public bool IsWaiting => _waiting;

    public async Task RunAsync()
    {
        while (await GatherAsync().ConfigureAwait(false))
        {
            Exception? fault = null;
            try
            {
                await commit.OfferAsync().ConfigureAwait(false);
            }
            catch (Exception failed)
            {
                fault = failed;
            }

            writer.Answer(commit, fault);
        }
    }

    /// <summary>Lets it go on when there is something to do.</summary>
    public void SignalUnderGate()
    {
        if (_waiting && writer.IsReadyUnderGate(commit, _patient))
        {
            _waiting = false;
            _ready.Release();
        }
    }

    public void Dispose() => _ready.Dispose();

    // False when the writer stops and nothing is left.
    private async ValueTask<bool> GatherAsync()
    {
        var answering = int.MaxValue;
        for (var gatherings = 0; ; gatherings++)
        {
            var patience = 0;
            var taken = writer.UnderGate<bool?>(() =>
            {
                var before = answering;
                answering = commit.Answering;
                _patient = gatherings < MostGatherings && answering < before;
                if (writer.IsReadyUnderGate(commit, _patient))
                {
                    return writer.TakeUnderGate(commit);
                }

                _waiting = true;
                patience = _patient && answering > 0 ? LongestGathering : Timeout.Infinite;
                return null;
            });
            if (taken is { } more)
            {
                return more;
            }

            var signalled = await _ready.WaitAsync(patience).ConfigureAwait(false);
            writer.UnderGate(() =>
            {
                // The signal may have been given between the end of the patience and here.
                if (!signalled && !_waiting)
                {
                    _ready.Wait(0, CancellationToken.None);
                }

                return _waiting = false;
            });
        }
    }
}
