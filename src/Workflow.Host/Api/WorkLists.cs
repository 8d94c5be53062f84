using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>A page of the dossiers that a unit has, those due first at its head. Without personal data.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Items">The page.</param>
/// <param name="Next">The cursor of the next page; null when this is the last.</param>
internal sealed record WorkListView(string Unit, IReadOnlyList<WorkItemView> Items, string? Next);

/// <summary>One dossier of a work list.</summary>
internal sealed record WorkItemView(string Code, int Version, string Procedure, string State, bool IsClosed)
{
    public LabelView? ProcedureName { get; init; }

    public LabelView? StateLabel { get; init; }

    public int? PortalStatus { get; init; }

    public string? Role { get; init; }

    public string? Officer { get; init; }

    public DateTimeOffset? Due { get; init; }

    public bool IsOverdue { get; init; }
}

/// <summary>Work lists: what a unit has to do.</summary>
internal static class WorkLists
{
    private const int Page = 50;
    private const int LargestPage = 200;
    private const int LongestName = 200;

    public static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var unit = Name(call, "unit") ?? Reach.OwnUnit(call.Caller) ?? throw new ProblemException(Problems.Malformed("this person acts for several units: name one of them with 'unit'"));
        if (!call.Reach.Covers(call.Caller, unit))
        {
            throw new ProblemException(Problems.Forbidden("the unit is not this person's, nor below it"));
        }

        var limit = call.Query("limit", Page, 1, LargestPage);
        var query = new WorkListQuery
        {
            Unit = unit,
            State = Name(call, "state"),
            Role = Name(call, "role"),
            Assignee = Name(call, "officer"),
            DueBefore = Time(call, "dueBefore"),
            OpenOnly = !Flag(call, "closed"),
            After = call.Query("cursor") is { } cursor ? ReadCursor(cursor) : null,

            // One more tells whether there is a next page.
            Limit = limit + 1,
        };
        var found = await call.Part<IJournalStore>().QueryWorkListAsync(query, call.Aborted).ConfigureAwait(false);
        var now = call.Part<TimeProvider>().GetUtcNow();
        var items = found.Take(limit).Select(i => ViewOf(i, call, now)).ToList();
        return ApiAnswer.Of(new WorkListView(unit, items, found.Count > limit ? WriteCursor(found[limit - 1].Key) : null), ApiJson.Context.WorkListView);
    }

    private static WorkItemView ViewOf(WorkItem item, ApiCall call, DateTimeOffset now)
    {
        var version = int.TryParse(item.ProcedureVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var procedure = call.Office.Procedures.Find(item.Procedure, version);
        return new(item.Code, item.Version, item.Procedure, item.State, item.Closed)
        {
            ProcedureName = LabelView.Of(procedure?.Content.Name),
            StateLabel = LabelView.Of(procedure?.Content.States.FirstOrDefault(s => s.Name == item.State)?.Label),
            PortalStatus = item.PortalStatus,
            Role = item.Role,
            Officer = item.Assignee,
            Due = item.Due,
            IsOverdue = !item.Closed && item.Due is { } due && now >= TimelinessRule.FirstLateMoment(due),
        };
    }

    private static string? Name(ApiCall call, string name) => call.Query(name) switch
    {
        null => null,
        { Length: > 0 and <= LongestName } text when !text.Any(c => char.IsControl(c) || char.IsSurrogate(c)) => text,
        _ => throw new ProblemException(Problems.Malformed($"the parameter '{name}' is not 1 to {LongestName} printable characters")),
    };

    private static bool Flag(ApiCall call, string name) => call.Query(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ProblemException(Problems.Malformed($"the parameter '{name}' is neither true nor false")),
    };

    private static DateTimeOffset? Time(ApiCall call, string name) => call.Query(name) is not { } text ? null
        : Rfc3339Converter.TryRead(text, out var time) ? time
        : throw new ProblemException(Problems.Malformed($"the parameter '{name}' is not a time such as 2020-11-06T08:30:00+07:00 (write %2B for + in a query)"));

    // Opaque to callers: the place of the last item, nothing that a filter does not check again.
    private static string WriteCursor(WorkListKey key) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key.Due?.ToUnixTimeMilliseconds()}|{key.Code}")));

    private static WorkListKey ReadCursor(string cursor)
    {
        if (cursor.Length <= 600 && Base64Url.IsValid(cursor))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            var split = text.IndexOf('|', StringComparison.Ordinal);
            if (split >= 0 && DossierCode.IsCode(text[(split + 1)..]))
            {
                if (split == 0)
                {
                    return new WorkListKey(null, text[1..]);
                }

                if (long.TryParse(text.AsSpan(0, split), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var due) && due is > -30_000_000_000_000 and < 100_000_000_000_000)
                {
                    return new WorkListKey(DateTimeOffset.FromUnixTimeMilliseconds(due), text[(split + 1)..]);
                }
            }
        }

        throw new ProblemException(Problems.Malformed("the parameter 'cursor' is none that a page told: leave it out for the first page"));
    }
}
