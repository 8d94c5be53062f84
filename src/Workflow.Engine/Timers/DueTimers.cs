using Workflow.Engine.Journal;

namespace Workflow.Engine.Timers;

/// <summary>Reads due wake-ups page by page and keeps to those that this host may try: not tried in vain of late, and claimed by no other host.</summary>
/// <remarks>Used in the pump's turn alone.</remarks>
internal sealed class DueTimers(IJournalStore store, string host, TimeSpan claimed, TimeProvider time)
{
    /// <summary>A timer that was due but refused, or failed, is tried again so often.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    // Behind every code that can be stored.
    private const string LastCode = "\U0010FFFF";

    // What was tried in vain or is claimed elsewhere; until when it rests, and in which firing that was found.
    private readonly Dictionary<WakeUp, Rest> _resting = [];

    // The last wake-up of the page before; null before the first page of a pass.
    private WakeUp? _last;

    private int _firing;
    private bool _all;

    // What later passes of a firing have read: what a wake-up did not move is not woken for ever.
    private HashSet<WakeUp>? _again;

    /// <summary>Begins a firing.</summary>
    /// <param name="all">Whether what rests is tried too, once: asked for by name rather than by the clock.</param>
    public void Begin(bool all)
    {
        _firing++;
        _all = all;
        _again = null;
        _last = null;
    }

    /// <summary>Begins at the earliest one again: what was woken may have become due anew.</summary>
    public void Restart()
    {
        _again ??= [];
        _last = null;
    }

    /// <summary>Returns the next page, null behind the last one. It may be empty when all of it rests.</summary>
    public async ValueTask<IReadOnlyList<WakeUp>?> NextAsync(DateTimeOffset upTo, int limit, CancellationToken ct)
    {
        var due = await store.ReadDueAsync(upTo, _last, limit, ct).ConfigureAwait(false);
        if (due.Count == 0)
        {
            return null;
        }

        _last = due[^1];
        if (_resting.Count > 0 || _again is not null)
        {
            due = [.. due.Where(wakeUp => !Rests(wakeUp) && _again?.Add(wakeUp) != false)];
        }

        if (store.IsExclusive || due.Count == 0)
        {
            return due;
        }

        var mine = await store.ClaimAsync(due, host, claimed, ct).ConfigureAwait(false);
        if (mine.Count < due.Count)
        {
            foreach (var others in due.Except(mine))
            {
                _resting[others] = new Rest(time.GetTimestamp(), claimed, _firing);
            }
        }

        return mine;
    }

    /// <summary>Lets wake-ups rest that were tried in vain, for the other hosts too.</summary>
    public async ValueTask RestAsync(IReadOnlyList<WakeUp> vain, CancellationToken ct)
    {
        foreach (var wakeUp in vain)
        {
            _resting[wakeUp] = new Rest(time.GetTimestamp(), RetryAfter, _firing);
        }

        if (!store.IsExclusive && vain.Count > 0)
        {
            await store.ClaimAsync(vain, host, RetryAfter, ct).ConfigureAwait(false);
        }
    }

    /// <summary>How long until what rests is to be tried again; null when nothing rests.</summary>
    public TimeSpan? UntilRetry()
    {
        TimeSpan? earliest = null;
        foreach (var (wakeUp, rest) in _resting)
        {
            var left = rest.For - time.GetElapsedTime(rest.Since);
            if (left <= TimeSpan.Zero)
            {
                // Read again when it is still there.
                _resting.Remove(wakeUp);
                left = TimeSpan.Zero;
            }

            earliest = earliest is null || left < earliest ? left : earliest;
        }

        return earliest;
    }

    /// <summary>The first wake-up after a moment, null when there is none.</summary>
    public async ValueTask<DateTimeOffset?> FirstAfterAsync(DateTimeOffset moment, CancellationToken ct) =>
        await store.ReadDueAsync(DateTimeOffset.MaxValue, new WakeUp(LastCode, moment), 1, ct).ConfigureAwait(false) is [var next, ..] ? next.WakeAt : null;

    private bool Rests(WakeUp wakeUp) =>
        _resting.TryGetValue(wakeUp, out var rest) && (_all ? rest.Firing == _firing : time.GetElapsedTime(rest.Since) < rest.For);

    private readonly record struct Rest(long Since, TimeSpan For, int Firing);
}
