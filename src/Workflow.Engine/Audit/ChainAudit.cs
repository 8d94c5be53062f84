using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Verifies one dossier: its rows one after the other, then its head, its state and its anchor. For one dossier and one thread.</summary>
internal sealed class ChainAudit
{
    private readonly string _code;
    private readonly ScannedDossier? _head;
    private readonly ChainHead? _anchor;
    private readonly ChainFaults _faults;
    private readonly ChainReplay _replay;
    private readonly ChainLinks _links = new();
    private long _version;
    private byte[]? _hashAtHead;
    private bool _anchorMet;

    // The digest of all places so far; null when no anchor wants it, and for good once a row is missing.
    private byte[]? _places;
    private bool _isStateVerified;

    /// <param name="code">The dossier.</param>
    /// <param name="head">What the store keeps of it; null when it keeps nothing.</param>
    /// <param name="anchor">Its head as it was taken away earlier, or null.</param>
    /// <param name="procedures">Finds a version of a procedure.</param>
    public ChainAudit(string code, ScannedDossier? head, ChainHead? anchor, Func<ProcedureVersion, Procedure?> procedures)
    {
        (_code, _head, _anchor) = (code, head, anchor);
        _faults = new ChainFaults(code);
        _replay = new ChainReplay(code, procedures, _faults);
        _places = anchor?.Places is null ? null : ChainPlaces.None;
    }

    /// <summary>What does not hold so far, in the order of the versions.</summary>
    public IReadOnlyList<ChainFault> Faults => _faults.All;

    /// <summary>Whether some of it could not be read at all, which no later reading mends.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>How many rows have lost their personal part.</summary>
    public long Erased => _links.Erased;

    /// <summary>The version of a procedure that was not given, so that the state was not replayed.</summary>
    public ProcedureVersion? NotReplayed => _replay.NotReplayed;

    /// <summary>What its events show.</summary>
    public ChainConduct Conduct => _replay.Conduct;

    /// <summary>The first row's command, when there is one.</summary>
    public (string Caller, string CommandId)? SubmittedBy { get; private set; }

    /// <summary>Takes in the next row.</summary>
    public void Take(ScannedRow scanned)
    {
        if (scanned.Row is not { } row)
        {
            IsUnreadable = true;
            Fault(scanned.Version, scanned.Unreadable!);
            _links.Lose();
            _places = null;
            _version = Math.Max(_version, scanned.Version);
            return;
        }

        var place = _version;
        _version = Math.Max(_version, row.Version);
        if (row.Version <= place)
        {
            Fault(row.Version, row.Version < 1 ? "a row was inserted: versions begin at 1" : "a second row of this version was inserted");
            return;
        }

        if (row.Version > place + 1)
        {
            Fault(place + 1, row.Version == place + 2 ? "the row is missing" : $"the rows up to version {row.Version - 1} are missing");
            _links.Skip();
            _places = null;
        }

        if (_links.Take(row) is { } why)
        {
            Fault(row.Version, why);
        }

        _places = _places is null ? null : ChainPlaces.Next(_places, row.Cursor);
        HoldAgainstAnchor(row);
        if (row.Version == 1)
        {
            SubmittedBy = (row.Caller, row.CommandId);
        }

        _replay.Take(row);
        if (_head?.Dossier is { } stored && stored.Version == row.Version)
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
        _links.NameMisplaced(_faults);
        if (isTwice)
        {
            Fault(Math.Max(1, _version), "the dossier stands twice, in the archive and outside of it");
        }

        if (_head is null)
        {
            if (_version > 0 || !_faults.IsEmpty)
            {
                Fault(Math.Max(1, _version), "there are rows, and the dossier itself is missing");
            }
            else if (_anchor is not null)
            {
                Fault(_anchor.Version, $"the dossier is missing: it was anchored with version {_anchor.Version}");
            }

            return;
        }

        if (_head.Dossier is not { } stored)
        {
            IsUnreadable = true;
            Fault(Math.Max(1, _version), $"the dossier's own row: {_head.Unreadable}");
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

        var last = (after?.Dossier ?? stored).Version;
        if (_version > last)
        {
            Fault(last + 1L, $"the journal goes on to version {_version}, and the dossier has version {last}");
        }

        if (_anchor is not null && !_anchorMet && _version < _anchor.Version)
        {
            Fault(_version + 1, $"the journal was cut: it ends at version {_version}, and was anchored with version {_anchor.Version}");
        }

        if (!_isStateVerified && NotReplayed is not null && _faults.IsEmpty && SnapshotAudit.WhyNot(stored.Snapshot, _code, stored.Version) is { } why)
        {
            Fault(stored.Version, why);
        }
    }

    private void HoldAgainstAnchor(JournalRow row)
    {
        if (_anchor is null || _anchor.Version != row.Version)
        {
            return;
        }

        _anchorMet = true;
        if (!_anchor.Hash.AsSpan().SequenceEqual(row.Hash))
        {
            _faults.Add(row.Version, "the chain was recomputed: at this version the anchor has another hash");
        }

        if (_places is not null && !_places.AsSpan().SequenceEqual(_anchor.Places))
        {
            _faults.Add(row.Version, "its rows were moved in the journal: up to this version the anchor has them at other places");
        }
    }

    private void VerifyState(StoredDossier stored, JournalRow row)
    {
        if (_replay.State is not { } replayed || !_faults.IsEmpty)
        {
            return;
        }

        _isStateVerified = true;
        if (SnapshotAudit.WhyNot(stored.Snapshot, replayed, Erased > 0) is { } why)
        {
            Fault(stored.Version, why);
        }
        else if (_head!.ClosedAt != (replayed.IsClosed ? row.OccurredAt : null))
        {
            Fault(stored.Version, "its column closed_at is not what its journal gives");
        }
    }

    // What does not hold is not replayed on.
    private void Fault(long version, string why)
    {
        _replay.Stop();
        _faults.Add(version, why);
    }
}
