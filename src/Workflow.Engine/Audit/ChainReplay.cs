using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Makes one dossier's state again from its rows, by the procedures that it follows. Takes rows in their order; for one thread.</summary>
/// <param name="code">The dossier.</param>
/// <param name="procedures">Finds a version of a procedure.</param>
/// <param name="faults">Where to say what does not hold.</param>
internal sealed class ChainReplay(string code, Func<ProcedureVersion, Procedure?> procedures, ChainFaults faults)
{
    private bool _isPossible = true;

    /// <summary>What its events show.</summary>
    public ChainConduct Conduct { get; } = new(code);

    /// <summary>The state after the last row; null before the first, and for good once rows do not hold or lack a procedure.</summary>
    public Dossier? State { get; private set; }

    /// <summary>The version of a procedure that was not given, so that the state was not replayed.</summary>
    public ProcedureVersion? NotReplayed { get; private set; }

    /// <summary>The rows do not hold: nothing is replayed on them any more.</summary>
    public void Stop() => _isPossible = false;

    public void Take(JournalRow row)
    {
        if (_isPossible)
        {
            try
            {
                var events = DossierJson.ReadRecorded(row.Data, row.Personal).Events;
                Conduct.Take(row, events);
                if (NotReplayed is null)
                {
                    Apply(row, events);
                }
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Whoever can compute a chain can put anything into it.
                Refuse(row.Version, "the row cannot be replayed on those before: it is of a newer release, or was written by something else");
            }
        }

        State = _isPossible && NotReplayed is null ? State : null;
    }

    private void Apply(JournalRow row, IReadOnlyList<DossierEvent> events)
    {
        if (row.Version == 1 && events[0] is DossierSubmitted submitted)
        {
            if (submitted.Code != code)
            {
                Refuse(1, $"the row is that of dossier {submitted.Code}");
                return;
            }

            Require(new ProcedureVersion(submitted.Procedure, submitted.ProcedureVersion), submitted.ContentHash, row.Version);
        }

        foreach (var happened in events)
        {
            if (happened is DossierMigrated moved)
            {
                Require(new ProcedureVersion(State!.Procedure.Code, moved.ToVersion), moved.ContentHash, row.Version);
            }
        }

        if (!_isPossible || NotReplayed is not null)
        {
            return;
        }

        if (row.Version == 1)
        {
            var first = (DossierSubmitted)events[0];
            State = Dossier.Create(procedures(new ProcedureVersion(first.Procedure, first.ProcedureVersion))!, events, row.OccurredAt);
        }
        else if (events.Any(e => e is DossierSubmitted))
        {
            Refuse(row.Version, "the dossier is submitted a second time");
        }
        else
        {
            State = State!.Apply(events, row.OccurredAt, procedures);
        }
    }

    private void Require(ProcedureVersion version, string contentHash, int at)
    {
        if (procedures(version) is not { } procedure)
        {
            NotReplayed = version;
        }
        else if (procedure.ContentHash != contentHash)
        {
            Refuse(at, $"the store's procedure {version} has other content than the dossier follows");
        }
    }

    private void Refuse(long version, string why)
    {
        _isPossible = false;
        faults.Add(version, why);
    }
}
