using System.Text.Json;
using Workflow.Core.Dossiers;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Holds what the store keeps of a dossier's state against what its journal gives.</summary>
internal static class SnapshotAudit
{
    // Members that a release added to the snapshot and that events of earlier ones give, too. A row of then lacks them.
    private static readonly HashSet<string> s_added = new(["supplementedAt", "count"], StringComparer.Ordinal);

    /// <summary>Returns why the stored state is not the replayed one, or null when it is.</summary>
    /// <param name="stored">As stored.</param>
    /// <param name="replayed">Made from the events.</param>
    /// <param name="erased">Whether rows have lost their personal part, so that the personal part of the state cannot be told.</param>
    public static string? WhyNot(StoredSnapshot stored, Dossier replayed, bool erased)
    {
        var given = Recording.SnapshotOf(replayed);
        if (!stored.Data.AsSpan().SequenceEqual(given.Data) && !IsEarlierForm(stored.Data, given.Data))
        {
            return "the state that the dossier keeps is not what its journal gives";
        }

        if (!erased && stored.Personal is not null && !stored.Personal.AsSpan().SequenceEqual(given.Personal))
        {
            return "the personal part that the dossier keeps is not what its journal gives";
        }

        return stored.Procedure != given.Procedure ? Column("procedure")
            : stored.ProcedureVersion != given.ProcedureVersion ? Column("procedure_version")
            : stored.Unit != given.Unit ? Column("unit")
            : stored.State != given.State ? Column("state")
            : stored.PortalStatus != given.PortalStatus ? Column("portal_status")
            : stored.Role != given.Role ? Column("role")
            : stored.Assignee != given.Assignee ? Column("assignee")
            : stored.Due != (given.Due is { } due ? StoredTime.Floor(due) : null) ? Column("due")
            : stored.WakeAt != (given.WakeAt is { } wakeAt ? StoredTime.Ceiling(wakeAt) : null) ? Column("wake_at")
            : stored.Closed != given.Closed ? Column("closed")
            : null;
    }

    /// <summary>As above, where the journal cannot be replayed: whether the columns are those of the stored state itself.</summary>
    public static string? WhyNot(StoredSnapshot stored, string code, int version)
    {
        DossierSnapshot state;
        try
        {
            state = DossierJson.ReadSnapshot(stored.Data, default);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return "the state that the dossier keeps cannot be read";
        }

        return state.Code != code || state.Version != version ? "the state that the dossier keeps is of another dossier or version"
            : stored.Procedure != state.Procedure ? Column("procedure")
            : stored.ProcedureVersion != state.ProcedureVersion.ToString(System.Globalization.CultureInfo.InvariantCulture) ? Column("procedure_version")
            : stored.Unit != state.Unit ? Column("unit")
            : stored.State != state.State ? Column("state")
            : stored.Role != state.Role ? Column("role")
            : stored.Assignee != state.Assignee ? Column("assignee")
            : stored.Closed != state.ClosedAt is not null ? Column("closed")
            : null;
    }

    private static string Column(string name) => $"its column {name} is not what its journal gives";

    private static bool IsEarlierForm(byte[] stored, byte[] given)
    {
        try
        {
            using var before = JsonDocument.Parse(stored);
            using var now = JsonDocument.Parse(given);
            return IsEarlierForm(before.RootElement, now.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is none.
            return false;
        }
    }

    // Member by member and in one order, so that no other difference passes.
    private static bool IsEarlierForm(JsonElement stored, JsonElement given)
    {
        if (stored.ValueKind != JsonValueKind.Object || given.ValueKind != JsonValueKind.Object)
        {
            return stored.GetRawText() == given.GetRawText();
        }

        using var before = stored.EnumerateObject();
        var more = before.MoveNext();
        foreach (var member in given.EnumerateObject())
        {
            if (more && before.Current.Name == member.Name)
            {
                if (!IsEarlierForm(before.Current.Value, member.Value))
                {
                    return false;
                }

                more = before.MoveNext();
            }
            else if (!s_added.Contains(member.Name))
            {
                return false;
            }
        }

        return !more;
    }
}
