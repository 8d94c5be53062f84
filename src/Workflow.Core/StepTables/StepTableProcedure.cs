using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.StepTables;

/// <summary>Builds the procedure of a table: reception and the supplement as the law has them, then the steps one after the other, then the return.</summary>
internal sealed class StepTableProcedure(StepTable table, StepPlan plan, bool sharesCode, string file)
{
    private const int LongestLabel = 300;
    private const int LongestSlug = 40;
    private const string Received = "received";
    private const string ResultReady = "result-ready";
    private const string Withdrawn = "withdrawn";
    private const string Stopped = "stopped";

    private readonly List<StateDefinition> _states = [];
    private readonly List<TransitionDefinition> _transitions = [];
    private readonly List<TriggerDefinition> _triggers = [];
    private readonly List<string> _unverified = [];

    public ProcedureContent Build()
    {
        var unit = StepTableCheck.UnitOf(table);
        var limits = StepLimits.Of(plan, unit);
        var states = Steps(limits);
        var decision = Decision(states);
        Intake(states);
        for (var i = 0; i < states.Count; i++)
        {
            _states.Add(states[i].State);
            Leave(states, i, decision);
        }

        Supplement(states, decision);
        End();
        Unverified(states[decision].State);
        return new ProcedureContent
        {
            Version = new ProcedureVersion(Code(), 1),
            Name = new LocalizedName(Name()),
            Limit = table.Total.Count > 0 ? StepLimits.Of(table.Total, plan.Reading, unit) : null,
            Budgets = [.. Budgets(states).Select(b => new BudgetDefinition(b.Name, limits[b.Group]!.Value))],
            Sources = [Source(), "Decree 61/2018/ND-CP, Articles 15 and 17 to 20: intake, the one supplement, transfer, signing, return of the result"],
            Unverified = _unverified,
            Roles = [.. _states.Select(s => s.Role).OfType<string>().Prepend(ProcedureContent.OneStopRole).Append(ProcedureContent.ApplicantRole).Distinct(StringComparer.Ordinal)],
            Initial = "submitted",
            States = _states,
            Triggers = _triggers,
            Transitions = _transitions,
        };
    }

    private string Code() => table.Code is null ? $"table-{table.Name}" : sharesCode ? $"{table.Code}-{table.Name}" : table.Code;

    private string Name()
    {
        var stated = Label(table.Steps.Select(s => s.Row.Name).FirstOrDefault(n => n.Length > 0) ?? string.Empty);
        if (stated.Length > 0)
        {
            return stated;
        }

        _unverified.Add("name: no column states it");
        return table.Code is null ? $"Quy trình nội bộ, bảng {table.Name}" : $"Thủ tục {table.Code}, bảng {table.Name}";
    }

    private string Source()
    {
        var decision = VietnameseText.OneLine(table.Steps.Select(s => s.Row.Decision).FirstOrDefault(d => d.Length > 0) ?? string.Empty);
        return decision.Length > 0 ? $"{decision}, table {table.Name}" : $"{Path.GetFileName(file)}, table {table.Name}";
    }

    // The first step of the one-stop shop is the reception itself, a return without time at the end the collection.
    private List<Stop> Steps(IReadOnlyList<TimeLimit?> limits)
    {
        var planned = plan.Steps.ToList();
        if (planned.Count > 1 && planned[^1].Kind == StepTimeKind.Nothing && StepWords.IsReturn(planned[^1].Step.Row))
        {
            planned.RemoveAt(planned.Count - 1);
        }

        var shared = plan.Steps.Where(s => s.Group >= 0).GroupBy(s => s.Group).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        var states = new List<Stop>();
        if (!StepWords.IsOneStop(planned[0].Step.Row, isFirst: true))
        {
            states.Add(new Stop(new StateDefinition(Received) { Label = new LocalizedName("Được tiếp nhận", "Received"), Status = PortalStatus.Accepted, Role = ProcedureContent.OneStopRole }, null));
        }

        for (var i = 0; i < planned.Count; i++)
        {
            states.Add(new Stop(State(planned[i], i + 1, isReception: states.Count == 0, limits, shared), planned[i]));
        }

        return states;
    }

    private StateDefinition State(PlannedStep step, int position, bool isReception, IReadOnlyList<TimeLimit?> limits, HashSet<int> shared)
    {
        var row = step.Step.Row;
        var isShared = shared.Contains(step.Group) && limits[step.Group] is not null;
        var waits = StepWords.IsApplicant(row) && step.Kind == StepTimeKind.NotCounted;
        var slug = VietnameseText.Slug(row.Task, LongestSlug);
        return new StateDefinition(isReception ? Received : slug.Length > 0 ? $"step-{position}-{slug}" : $"step-{position}")
        {
            Label = new LocalizedName(Label(row.Task) is { Length: > 0 } label ? label : $"Bước {(row.Seq.Length > 0 ? row.Seq : position)}"),
            Status = isReception ? PortalStatus.Accepted : PortalStatus.Processing,
            Role = StepWords.RoleName(row, position == 1),
            Limit = step.Group >= 0 && !isShared ? limits[step.Group]
                : waits && step.Step.Time.Parts.Count > 0 ? StepLimits.Of(step.Step.Time.Parts, plan.Reading, StepTableCheck.UnitOf(table)) : null,
            Budget = isShared ? BudgetName(step.Group) : null,
            SuspendsClock = step.Kind == StepTimeKind.NotCounted && (waits || step.Step.Time.Parts.Count > 0),
        };
    }

    private string BudgetName(int group)
    {
        var members = plan.Steps.Index().Where(s => s.Item.Group == group).Select(s => s.Index + 1).ToList();
        return $"steps-{members[0]}-to-{members[^1]}";
    }

    private static IEnumerable<(string Name, int Group)> Budgets(List<Stop> states) =>
        states.Where(s => s.State.Budget is not null).Select(s => (s.State.Budget!, s.Step!.Group)).Distinct();

    // A head's signature after which nothing goes further up; without one the last step but those of clerks, the counter and the applicant.
    private static int Decision(List<Stop> states)
    {
        var deciding = Last(r => StepWords.IsDecision(r));
        if (deciding >= 0 && Last(r => StepWords.IsHandedUp(r)) < deciding)
        {
            return deciding;
        }

        var last = states.FindLastIndex(s => s.Step is { } planned && s.State.Role is not (ProcedureContent.ApplicantRole or ProcedureContent.OneStopRole) && !StepWords.IsClerk(planned.Step.Row));
        return last >= 0 ? last : states.FindLastIndex(s => s.State.Role != ProcedureContent.ApplicantRole);

        int Last(Func<StepTableRow, bool> holds) => states.FindLastIndex(s => s.Step is { } planned && holds(planned.Step.Row));
    }

    private void Intake(List<Stop> states)
    {
        var received = states[0].State.Name;
        Fixed("submitted", "Mới đăng ký", "Submitted", PortalStatus.Registered, ProcedureContent.OneStopRole);
        Fixed("awaiting-supplement-at-intake", "Chờ công dân bổ sung khi tiếp nhận", "Awaiting a supplement at intake", PortalStatus.SupplementRequested, ProcedureContent.ApplicantRole);
        Fixed("supplemented-at-intake", "Công dân đã bổ sung, chờ tiếp nhận", "Supplemented, awaiting reception", PortalStatus.SupplementRequested, ProcedureContent.OneStopRole);
        Permit("submitted", ("accept", received), ("request-supplement", "awaiting-supplement-at-intake"), ("refuse", "refused"), ("withdraw", Withdrawn));
        Permit("awaiting-supplement-at-intake", ("supplement", "supplemented-at-intake"), ("withdraw", Withdrawn));
        Permit("supplemented-at-intake", ("accept", received), ("refuse", "refused"), ("withdraw", Withdrawn));
    }

    private void Leave(List<Stop> states, int at, int decision)
    {
        var state = states[at].State.Name;
        var next = at + 1 < states.Count ? states[at + 1].State.Name : ResultReady;
        Permit(state, (at == decision ? "sign" : at == 0 ? "transfer" : "forward", next));
        if (at == decision && at > 0)
        {
            Permit(state, ("refuse", "refused-after-appraisal"));
        }

        if (at == Appraisal(states, decision))
        {
            Permit(state, ("return-for-supplement", "returned-for-supplement"));
        }
        else if (at == 0 && Appraisal(states, decision) < 0)
        {
            Permit(state, ("request-supplement", "awaiting-supplement"));
        }

        if (at <= decision)
        {
            Permit(state, ("withdraw", Withdrawn), ("stop", Stopped));
        }

        if (at > 0 && at != decision && !_triggers.Exists(t => t.Name == "forward"))
        {
            _triggers.Add(new TriggerDefinition("forward", Act.Advance) { Label = new LocalizedName("Chuyển bước tiếp theo", "Hand on to the next step") });
        }
    }

    // The first step behind the counter: it finds what is missing, and the one-stop shop asks for it (Decree 61/2018 Art 5.1).
    private static int Appraisal(List<Stop> states, int decision) =>
        states.FindIndex(1, s => s.State.Role is not (ProcedureContent.ApplicantRole or ProcedureContent.OneStopRole)) is var found && found <= decision ? found : -1;

    private void Supplement(List<Stop> states, int decision)
    {
        var appraisal = Appraisal(states, decision);
        var back = states[Math.Max(appraisal, 0)].State.Name;
        if (appraisal >= 0)
        {
            Fixed("returned-for-supplement", "Trả lại bộ phận một cửa để yêu cầu bổ sung", "Returned to the one-stop shop for a supplement", PortalStatus.Processing, ProcedureContent.OneStopRole);
            Permit("returned-for-supplement", ("request-supplement", "awaiting-supplement"), ("send-back", back), ("withdraw", Withdrawn));
        }

        Fixed("awaiting-supplement", "Chờ công dân bổ sung", "Awaiting a supplement", PortalStatus.SupplementRequested, ProcedureContent.ApplicantRole);
        Permit("awaiting-supplement", ("supplement", back), ("withdraw", Withdrawn));
    }

    private void End()
    {
        Fixed(ResultReady, "Đã có kết quả", "Result ready", PortalStatus.Processed, ProcedureContent.OneStopRole);
        Permit(ResultReady, ("return-result", "returned"));
        Final("returned", "Đã trả kết quả", "Result returned", PortalStatus.ResultReturned);
        Final("refused", "Không được tiếp nhận", "Not accepted", PortalStatus.NotAccepted);
        if (_transitions.Exists(t => t.To == "refused-after-appraisal"))
        {
            Final("refused-after-appraisal", "Từ chối giải quyết", "Refused after appraisal", PortalStatus.Stopped);
        }

        Final(Withdrawn, "Công dân rút hồ sơ", "Withdrawn by the applicant", PortalStatus.Withdrawn);
        Final(Stopped, "Dừng giải quyết theo yêu cầu", "Stopped on request", PortalStatus.Stopped);
    }

    private void Unverified(StateDefinition decision)
    {
        _unverified.AddRange(
        [
            "fields of the form, documents and fees: no column states them",
            "refusals, the supplement, withdrawal and stopping: as the law has them, no column states them",
            $"the decision: it was taken to be signed in '{decision.Name}'",
            "roles: named after the column 'role', which may list several offices",
        ]);
        if (sharesCode)
        {
            _unverified.Add($"code: several tables state {table.Code}, so the table's name follows it here");
        }
        else if (table.Code is null)
        {
            _unverified.Add("code: no column states it");
        }

        if (!table.HasTotal)
        {
            _unverified.Add("limit: no total is stated");
        }

        if (table.LacksUnit)
        {
            _unverified.Add("unit of the limits: none is stated, working days were taken");
        }
    }

    private void Fixed(string name, string vi, string en, PortalStatus status, string role) =>
        _states.Add(new StateDefinition(name) { Label = new LocalizedName(vi, en), Status = status, Role = role });

    private void Final(string name, string vi, string en, PortalStatus status) =>
        _states.Add(new StateDefinition(name) { Label = new LocalizedName(vi, en), Status = status, IsFinal = true });

    private void Permit(string from, params (string Trigger, string To)[] ways) =>
        _transitions.AddRange(ways.Select(w => new TransitionDefinition(from, w.Trigger, w.To)));

    private static string Label(string task)
    {
        var label = VietnameseText.OneLine(string.Concat(task.Select(c => char.IsControl(c) ? ' ' : c))).TrimStart('-', '+', '•', ' ');
        var cut = label.Length > LongestLabel && char.IsHighSurrogate(label[LongestLabel - 1]) ? LongestLabel - 1 : LongestLabel;
        return label.Length <= LongestLabel ? label : string.Concat(label.AsSpan(0, cut), "…");
    }

    // A state on the way, and the step that it is for; null for a reception that the table does not time.
    private sealed record Stop(StateDefinition State, PlannedStep? Step);
}
