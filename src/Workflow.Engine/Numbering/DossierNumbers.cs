using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Numbering;

/// <summary>The running numbers of dossiers per unit and day, in the order in which callers stood in line, taken from the store in blocks.</summary>
/// <remarks>Safe to share between threads. Gaps may occur, doubles never.</remarks>
internal sealed class DossierNumbers(IJournalStore store, CommitFaults faults, int block)
{
    // Lines of past days are dropped when so many have come together; what is left of their blocks becomes gaps.
    private const int MostLines = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Unit, DateOnly Day), NumberLine> _lines = [];

    /// <summary>Takes a place in the line of a unit and day, synchronously: the order of these calls is the order of the numbers.</summary>
    public NumberPlace Enter(string unit, DateOnly day)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue((unit, day), out var line))
            {
                if (_lines.Count >= MostLines)
                {
                    DropIdleLinesInLock();
                }

                _lines.Add((unit, day), line = new NumberLine(store, faults, unit, day, block));
            }

            return line.Enter();
        }
    }

    private void DropIdleLinesInLock()
    {
        foreach (var (key, line) in _lines)
        {
            if (line.IsIdle)
            {
                _lines.Remove(key);
            }
        }
    }
}
