using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Verifies one dossier: its rows one after the other, then its head, its state and its anchor. For one dossier and one thread.</summary>
/// <param name="code">The dossier.</param>
/// <param name="head">What the store keeps of it; null when it keeps nothing.</param>
/// <param name="anchor">Its head as it was taken away earlier, or null.</param>
/// <param name="procedures">Finds a version of a procedure.</param>
internal sealed class ChainAudit(string code, ScannedDossier? head, ChainHead? anchor, Func<ProcedureVersion, Procedure?> procedures)
{
    // A dossier that was rewritten throughout need not be told row by row.
    private const int MostFaults = 20;

    private readonly List<ChainFault> _faults = [];
    private readonly MisplacedRows _misplaced = new();
    private readonly HashSet<(string Caller, string CommandId)> _commands = [];
    private readonly ClockPatterns _clock = new(code);
    private List<Pattern>? _patterns;

    // The hash of the row before; null when there is none that could be read.
    private byte[]? _previous = HashChain.Start.ToArray();
    private JournalRow? _before;
    private long _version;
    private byte[]? _hashAtHead;
    private bool _anchorMet;

    // Null before the first row, and for good once rows do not hold or lack a procedure.
    private Dossier? _replayed;
    private bool _isReplayable = true;
    private bool _isStateVerified;

    /// <summary>What does not hold so far, in the order of the versions.</summary>
    public IReadOnlyList<ChainFault> Faults => _faults;

    /// <summary>Whether some of it could not be read at all, which no later reading mends.</summary>
    public bool IsUnreadable { get; private set; }

    public IReadOnlyList<Pattern> Patterns => _patterns ?? (IReadOnlyList<Pattern>)[];

    /// <summary>How many rows it has.</summary>
    public long Rows { get; private set; }

    /// <summary>How many rows have lost their personal part.</summary>
    public long Erased { get; private set; }

    /// <summary>The version of a procedure that was not given, so that the state was not replayed.</summary>
    public ProcedureVersion? NotReplayed { get; private set; }

    /// <summary>The first row's command, when there is one.</summary>
    public (string Caller, string CommandId)? SubmittedBy { get; private set; }

    /// <summary>The submission with when and by whom, when it was replayed.</summary>
    public (DossierSubmitted Event, DateTimeOffset At, string Actor)? Submission { get; private set; }

    /// <summary>When the dossier ended without a result after its promise had passed, or null.</summary>
    public DateTimeOffset? EndedOverdueAt => _clock.EndedOverdueAt;

    /// <summary>Every account's new dates are counted over all dossiers.</summary>
    public List<(int Version, string Actor, DateTimeOffset At, IReadOnlyList<DossierEvent> Events)>? Extensions { get; private set; }

    /// <summary>Takes in the next row.</summary>
    public void Take(ScannedRow scanned)
    {
        Rows++;
        if (scanned.Row is not { } row)
        {
            IsUnreadable = true;
            Fault(scanned.Version, scanned.Unreadable!);
            (_previous, _before, _isReplayable) = (null, null, false);
            _version = Math.Max(_version, scanned.Version);
            return;
        }

        var place = _version;
        _version = Math.Max(_version, row.Version);
        if (row.Version <= place)
        {
            _isReplayable = false;
            Fault(row.Version, row.Version < 1 ? "a row was inserted: versions begin at 1" : "a second row of this version was inserted");
            return;
        }

        if (row.Version > place + 1)
        {
            _isReplayable = false;
            Fault(place + 1, row.Version == place + 2 ? "the row is missing" : $"the rows up to version {row.Version - 1} are missing");
            _previous = null;
        }

        var why = WhyNot(row);
        if (why is not null)
        {
            _isReplayable = false;
            Fault(row.Version, why);
        }

        if (anchor is not null && anchor.Version == row.Version)
        {
            _anchorMet = true;
            if (!anchor.Hash.AsSpan().SequenceEqual(row.Hash))
            {
                Fault(row.Version, "the chain was recomputed: at this version the anchor has another hash");
            }
        }

        if (row.Version == 1)
        {
            SubmittedBy = (row.Caller, row.CommandId);
        }

        (_previous, _before) = (row.Hash.Length == HashChain.Length ? row.Hash : null, row);
        Replay(row);
        if (head?.Dossier is { } stored && stored.Version == row.Version)
        {
            _hashAtHead = row.Hash;
            VerifyState(stored, row);
        }
    }

    /// <summary>Verifies what all rows come to.</summary>
    /// <param name="after">What the store keeps, read after the rows; what was committed meanwhile shows there.</param>
    /// <param name="isTwice">Whether the store keeps it in two places.</param>
    public void End(ScannedDossier? after, bool isTwice = false)
    {
        _misplaced.Name(_faults, code);
        if (isTwice)
        {
            Fault(Math.Max(1, _version), "the dossier stands twice, in the archive and outside of it");
        }

        if (head is null)
        {
            if (_version > 0 || _faults.Count > 0)
            {
                Fault(Math.Max(1, _version), "there are rows, and the dossier itself is missing");
            }
            else if (anchor is not null)
            {
                Fault(anchor.Version, $"the dossier is missing: it was anchored with version {anchor.Version}");
            }

            return;
        }

        if (head.Dossier is not { } stored)
        {
            IsUnreadable = true;
            Fault(Math.Max(1, _version), $"the dossier's own row: {head.Unreadable}");
            return;
        }

        if (_version < stored.Version)
        {
            Fault(_version + 1, $"the journal was cut: it ends at version {_version}, and the dossier has version {stored.Version}");
        }
        else if (_hashAtHead is not null && !_hashAtHead.AsSpan().SequenceEqual(stored.Hash))
        {
            Fault(stored.Version, "the head that the dossier keeps is not the hash of its last row");
        }

        if (_version > (after?.Dossier ?? stored).Version)
        {
            Fault((after?.Dossier ?? stored).Version + 1L, $"the journal goes on to version {_version}, and the dossier has version {(after?.Dossier ?? stored).Version}");
        }

        if (anchor is not null && !_anchorMet && _version < anchor.Version)
        {
            Fault(_version + 1, $"the journal was cut: it ends at version {_version}, and was anchored with version {anchor.Version}");
        }

        if (!_isStateVerified && NotReplayed is not null && _faults.Count == 0 && SnapshotAudit.WhyNot(stored.Snapshot, code, stored.Version) is { } why)
        {
            Fault(stored.Version, why);
        }
    }

    private string? WhyNot(JournalRow row)
    {
        var expectsPersonal = HashChain.Digest(row.Salt, row.Personal).AsSpan().SequenceEqual(row.PersonalDigest);
        if (!expectsPersonal && row.Personal is null)
        {
            Erased++;
        }
        else if (!expectsPersonal || row.Personal is [])
        {
            return "the personal part or its salt was changed";
        }

        if (_previous is not null)
        {
            var expected = HashChain.Next(
                _previous,
                new ChainedRow(row.Code, row.Version, row.OccurredAt, row.Actor, row.Caller, row.CommandId, row.CommandDigest, row.Data, row.PersonalDigest));
            if (!expected.AsSpan().SequenceEqual(row.Hash))
            {
                _misplaced.Add(row, _previous);
                return "the row was changed: its hash does not follow from it and the row before";
            }
        }

        return StoredTime.Floor(row.OccurredAt) != row.OccurredAt ? "the legal time was changed: it is finer than a millisecond"
            : !_commands.Add((row.Caller, row.CommandId)) ? "the command was done before: its id stands in an earlier row"
            : _before is not null && row.OccurredAt < _before.OccurredAt ? "the legal time goes back"
            : _before is not null && row.Cursor <= _before.Cursor ? "its place in the journal is before that of the row before"
            : null;
    }

    private void Replay(JournalRow row)
    {
        if (!_isReplayable)
        {
            _replayed = null;
            return;
        }

        try
        {
            var events = DossierJson.ReadRecorded(row.Data, row.Personal).Events;
            Fold(row, events);
            if (NotReplayed is null)
            {
                Replay(row, events);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whoever can compute a chain can put anything into it.
            _isReplayable = false;
            Fault(row.Version, "the row cannot be replayed on those before: it is of a newer release, or was written by something else");
        }

        _replayed = _isReplayable && NotReplayed is null ? _replayed : null;
    }

    private void Replay(JournalRow row, IReadOnlyList<DossierEvent> events)
    {
        if (row.Version == 1 && events[0] is DossierSubmitted submitted)
        {
            if (submitted.Code != code)
            {
                _isReplayable = false;
                Fault(1, $"the row is that of dossier {submitted.Code}");
                return;
            }

            Require(new ProcedureVersion(submitted.Procedure, submitted.ProcedureVersion), submitted.ContentHash, row.Version);
        }

        foreach (var happened in events)
        {
            if (happened is DossierMigrated moved)
            {
                Require(new ProcedureVersion(_replayed!.Procedure.Code, moved.ToVersion), moved.ContentHash, row.Version);
            }
        }

        if (!_isReplayable || NotReplayed is not null)
        {
            return;
        }

        if (row.Version == 1)
        {
            var first = (DossierSubmitted)events[0];
            _replayed = Dossier.Create(procedures(new ProcedureVersion(first.Procedure, first.ProcedureVersion))!, events, row.OccurredAt);
        }
        else if (events.Any(e => e is DossierSubmitted))
        {
            _isReplayable = false;
            Fault(row.Version, "the dossier is submitted a second time");
        }
        else
        {
            _replayed = _replayed!.Apply(events, row.OccurredAt, procedures);
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
            _isReplayable = false;
            Fault(at, $"the store's procedure {version} has other content than the dossier follows");
        }
    }

    private void Fold(JournalRow row, IReadOnlyList<DossierEvent> events)
    {
        if (row.Version == 1 && events[0] is DossierSubmitted submitted)
        {
            Submission = (submitted, row.OccurredAt, row.Actor);
        }

        if (_clock.Fold(row.Version, row.Actor, row.OccurredAt, events) is { Count: > 0 } found)
        {
            (_patterns ??= []).AddRange(found);
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DossierReappointed)
            {
                (Extensions ??= []).Add((row.Version, row.Actor, row.OccurredAt, events));
                break;
            }
        }
    }

    private void VerifyState(StoredDossier stored, JournalRow row)
    {
        if (_replayed is null || _faults.Count > 0)
        {
            return;
        }

        _isStateVerified = true;
        if (SnapshotAudit.WhyNot(stored.Snapshot, _replayed, Erased > 0) is { } why)
        {
            Fault(stored.Version, why);
        }
        else if (head!.ClosedAt != (_replayed.IsClosed ? row.OccurredAt : null))
        {
            Fault(stored.Version, "its column closed_at is not what its journal gives");
        }
    }

    private void Fault(long version, string why)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new ChainFault(code, (int)Math.Clamp(version, int.MinValue, int.MaxValue), why));
        }
    }
}
