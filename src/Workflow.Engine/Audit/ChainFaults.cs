namespace Workflow.Engine.Audit;

/// <summary>What does not hold of one dossier, in the order of the versions. For one thread.</summary>
internal sealed class ChainFaults(string code)
{
    // A dossier that was rewritten throughout need not be told row by row.
    private const int Most = 20;

    private readonly List<ChainFault> _faults = [];

    public IReadOnlyList<ChainFault> All => _faults;

    public bool IsEmpty => _faults.Count == 0;

    public void Add(long version, string why)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new ChainFault(code, (int)Math.Clamp(version, int.MinValue, int.MaxValue), why));
        }
    }

    /// <summary>Says of rows that were swapped that they were.</summary>
    public void Name(MisplacedRows misplaced) => misplaced.Name(_faults, code);
}
