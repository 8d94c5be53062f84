using Workflow.Engine.Journal;

namespace Workflow.Engine.Leases;

/// <summary>What hosts on one store agree on by themselves: who leads a follower, who fires which timers.</summary>
/// <remarks>
/// A lease is a promise about real time, so its time is the store's own clock, never a host's: in PostgreSQL the server's, in an exclusive
/// store the process's. A lease or claim of a holder that died ends by itself; at its end it is free. Leases spare work that would be done
/// twice; what must not happen twice rests on the journal's keys, since a host may stand still beyond the end of its lease. What is saved under a
/// lease names it (<see cref="LeaseHold"/>), and the store checks that in the transaction of the save.
/// </remarks>
public interface ILeaseStore
{
    /// <summary>Takes a lease, or renews it for its holder, from now for <paramref name="duration"/>; false while another holder has it.</summary>
    /// <exception cref="ArgumentException">A text is unstorable or <paramref name="duration"/> is not above zero.</exception>
    ValueTask<bool> TakeLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken ct);

    /// <summary>Gives a lease back; nothing when the holder has lost it.</summary>
    /// <exception cref="ArgumentException">A text is unstorable.</exception>
    ValueTask GiveLeaseBackAsync(string name, string holder, CancellationToken ct);

    /// <summary>Claims wake-ups for a holder from now for <paramref name="duration"/> and returns those that no other holder has claimed, in the order given.</summary>
    /// <remarks>
    /// A claim is of code and moment: once the dossier's wake-up is another it is inert. Claimed again by its holder it lasts anew. Claims
    /// may be lost when the store's server crashes.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="holder"/> is unstorable or <paramref name="duration"/> is not above zero.</exception>
    ValueTask<IReadOnlyList<WakeUp>> ClaimAsync(IReadOnlyList<WakeUp> due, string holder, TimeSpan duration, CancellationToken ct);
}
