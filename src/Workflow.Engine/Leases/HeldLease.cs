namespace Workflow.Engine.Leases;

/// <summary>A lease as its holder sees it: taken, renewed well before its end, given back.</summary>
/// <remarks>
/// Whether it is held is told by this machine's steady clock from before the store was asked, with a quarter of the duration to spare, so
/// that the holder stops before the store gives it to another, whatever the clocks of the hosts show. Used by one task at a time.
/// </remarks>
internal sealed class HeldLease(ILeaseStore store, string name, string holder, TimeSpan duration, TimeProvider time)
{
    private long _since;
    private bool _taken;

    // Whether the store may still have it as this holder's, whatever this holder believes.
    private bool _mayBeTaken;

    /// <summary>How long until it is worth asking for again.</summary>
    public TimeSpan RenewAfter => duration / 3;

    /// <summary>Whether this holder has it without asking.</summary>
    public bool IsHeld => _taken && time.GetElapsedTime(_since) < duration * 0.75;

    /// <summary>Whether it was held and may be another holder's since: what was known under it is to be read again.</summary>
    public bool HasLapsed => _taken && !IsHeld;

    /// <summary>What a save under it is to name.</summary>
    public LeaseHold Hold { get; } = new(name, holder);

    /// <summary>A save under it did not take effect: it is another holder's, or was.</summary>
    public void Lose() => _taken = false;

    /// <summary>Takes it, or renews it when a third of it has passed; false while another holder has it.</summary>
    public async ValueTask<bool> KeepAsync(CancellationToken ct)
    {
        if (_taken && time.GetElapsedTime(_since) < RenewAfter)
        {
            return true;
        }

        var asked = time.GetTimestamp();
        _mayBeTaken = true;
        _taken = await store.TakeLeaseAsync(name, holder, duration, ct).ConfigureAwait(false);
        _since = asked;
        return _taken;
    }

    /// <summary>Gives it back, so that another host need not wait for its end.</summary>
    public async ValueTask GiveBackAsync(CancellationToken ct)
    {
        _taken = false;
        if (_mayBeTaken)
        {
            _mayBeTaken = false;
            await store.GiveLeaseBackAsync(name, holder, ct).ConfigureAwait(false);
        }
    }
}
