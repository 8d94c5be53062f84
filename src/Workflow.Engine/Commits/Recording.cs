using System.Globalization;
using System.Text.Json;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Commits;

/// <summary>Puts an accepted command into the form in which it is stored, with its digests and its place in the chain.</summary>
internal static class Recording
{
    /// <param name="given">The command.</param>
    /// <param name="events">What it comes to.</param>
    /// <param name="next">The dossier after it.</param>
    /// <param name="previousHash">The chain's head before it.</param>
    /// <param name="salt">The salt of its digests.</param>
    /// <param name="revision">The revision of the definitions under which it was decided.</param>
    public static JournalAppend Of(GivenCommand given, IReadOnlyList<DossierEvent> events, Dossier next, ReadOnlySpan<byte> previousHash, byte[] salt, long revision)
    {
        var request = given.Request;
        var recorded = new RecordedCommand(request.Actor.Unit, events);
        var data = DossierJson.Write(recorded);
        var personal = DossierJson.WritePersonal(recorded);
        var digest = given.Digest(salt);
        var personalDigest = HashChain.Digest(salt, personal);
        var row = new ChainedRow(
            next.Code.Value, next.Version, next.LastOccurredAt, request.Actor.Id, request.Caller, request.Id.Value, digest, data, personalDigest);
        return new JournalAppend
        {
            Code = row.Code,
            Version = row.Version,
            OccurredAt = row.OccurredAt,
            Actor = row.Actor,
            Caller = row.Caller,
            CommandId = row.CommandId,
            CommandDigest = digest,
            Salt = salt,
            Data = data,
            Personal = personal,
            PersonalDigest = personalDigest,
            Hash = HashChain.Next(previousHash, row),
            TraceContext = Traces.Current,
            Snapshot = SnapshotOf(next),
            Revision = revision,
        };
    }

    /// <summary>Reads back what a row recorded.</summary>
    /// <exception cref="StorageCorruptException">It cannot be read.</exception>
    public static RecordedCommand Read(JournalRow row)
    {
        try
        {
            return DossierJson.ReadRecorded(row.Data, row.Personal);
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            throw new StorageCorruptException($"Version {row.Version} of dossier {row.Code} cannot be read: use the release that wrote it, or restore the last backup.", fault);
        }
    }

    /// <summary>Whether an exception tells that stored bytes are not in the form in which they were written.</summary>
    public static bool IsUnreadable(Exception fault) =>
        fault is JsonException or FormatException or OverflowException or ArgumentException or NotSupportedException;

    /// <summary>The version as the store's columns keep it.</summary>
    public static string VersionText(ProcedureVersion version) => version.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The dossier as it is stored after a command.</summary>
    public static StoredSnapshot SnapshotOf(Dossier dossier)
    {
        var snapshot = dossier.ToSnapshot();
        return new StoredSnapshot
        {
            Data = DossierJson.Write(snapshot),
            Personal = DossierJson.WritePersonal(snapshot),
            Procedure = snapshot.Procedure,
            ProcedureVersion = VersionText(dossier.Procedure.Version),
            Unit = snapshot.Unit,
            State = snapshot.State,
            PortalStatus = (int?)dossier.Status,
            Role = snapshot.Role,
            Assignee = snapshot.Assignee,
            Due = dossier.Clock is { StoppedAt: null } clock ? clock.Due : null,
            WakeAt = dossier.NextWakeUp,
            Closed = dossier.IsClosed,
        };
    }
}
