namespace Workflow.Core.Verification;

/// <summary>Which states are entered and which can still come to an end, once everything that is never taken is left out.</summary>
internal sealed class Endings
{
    public Endings(ProcedureView view)
    {
        Entered = view.Entered(e => e.CanBeTaken);
        var incoming = new List<int>[view.Count];
        for (var i = 0; i < view.Count; i++)
        {
            foreach (var edge in view.Leaving(i))
            {
                if (edge.CanBeTaken)
                {
                    (incoming[edge.To] ??= []).Add(i);
                }
            }
        }

        var ends = new bool[view.Count];
        var open = new Stack<int>();
        for (var i = 0; i < view.Count; i++)
        {
            if (view.States[i].IsFinal)
            {
                ends[i] = true;
                open.Push(i);
            }
        }

        while (open.TryPop(out var at))
        {
            foreach (var from in incoming[at] ?? [])
            {
                if (!ends[from])
                {
                    ends[from] = true;
                    open.Push(from);
                }
            }
        }

        Stuck = [.. Entered.Select((entered, i) => entered && !ends[i])];
    }

    /// <summary>By state: whether a dossier can enter it.</summary>
    public bool[] Entered { get; }

    /// <summary>By state: whether a dossier can enter it and can then never end.</summary>
    public bool[] Stuck { get; }
}
