namespace Workflow.Engine.Activation;

/// <summary>The place of an active dossier in the directory. All members but the first are the directory's, under its lock.</summary>
internal sealed class DossierEntry(ActiveDossier active)
{
    // The last of those who wait for a turn, in a ring: the one behind the last is the first. Null when nobody waits.
    private TurnWaiter? _last;

    public ActiveDossier Active { get; } = active;

    /// <summary>How many have or await a turn; 0 while idle.</summary>
    public int Uses { get; set; }

    /// <summary>When it became idle, in ticks of the engine's clock.</summary>
    public long IdleSince { get; set; }

    // Neighbours among the idle ones, by the time of becoming idle.
    public DossierEntry? Older { get; set; }

    public DossierEntry? Newer { get; set; }

    public TurnWaiter AddWaiter()
    {
        var waiter = new TurnWaiter();
        waiter.Next = _last?.Next ?? waiter;
        if (_last is not null)
        {
            _last.Next = waiter;
        }

        _last = waiter;
        return waiter;
    }

    public TurnWaiter TakeWaiter()
    {
        var first = _last!.Next!;
        if (first == _last)
        {
            _last = null;
        }
        else
        {
            _last.Next = first.Next;
        }

        return first;
    }
}

/// <summary>One who waits for a turn.</summary>
internal sealed class TurnWaiter() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public TurnWaiter? Next { get; set; }
}
