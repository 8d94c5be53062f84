namespace Workflow.Engine.Followers;

/// <summary>Follows the journal in this process: a projection, a feed, a trigger of outside effects.</summary>
/// <remarks>
/// It is given every entry at least once, in the order of the journal, by one call at a time, and goes on after a restart where
/// its cursor was saved, which may be some entries back. What it does beside the store must bear to be done again; cursor, or
/// code and version, tell a repeat.
/// </remarks>
public interface IJournalFollower
{
    /// <summary>The name under which its cursor is kept; stable, 1 to 256 characters.</summary>
    string Name { get; }

    /// <summary>Takes the next entries. When it throws, the same entries are given again later.</summary>
    /// <param name="entries">Ascending by cursor. Never empty.</param>
    /// <param name="cancellationToken">Ends the call when the engine ends.</param>
    ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);
}
