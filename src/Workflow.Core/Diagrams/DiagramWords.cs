using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Diagrams;

/// <summary>The words of diagrams in one language. What a definition names itself is taken from there.</summary>
internal sealed class DiagramWords
{
    private static readonly Dictionary<string, LocalizedName> s_roles = new(StringComparer.Ordinal)
    {
        [ProcedureContent.OneStopRole] = new("một cửa", "reception"),
        [ProcedureContent.ApplicantRole] = new("người nộp", "applicant"),
        [ProcedureContent.SystemRole] = new("hệ thống", "system"),
        ["professional"] = new("chuyên môn", "professional"),
        ["head"] = new("lãnh đạo", "head"),
        ["coordinating-agency"] = new("cơ quan phối hợp", "coordinating agency"),
    };

    private static readonly Dictionary<string, LocalizedName> s_triggers = new(StringComparer.Ordinal)
    {
        ["accept"] = new("tiếp nhận", "accept"),
        ["refuse"] = new("từ chối", "refuse"),
        ["request-supplement"] = new("yêu cầu bổ sung", "request supplement"),
        ["supplement"] = new("bổ sung", "supplement"),
        ["request-payment"] = new("yêu cầu nộp phí", "request payment"),
        ["pay"] = new("nộp phí", "pay"),
        ["withdraw"] = new("rút hồ sơ", "withdraw"),
        ["stop"] = new("dừng", "stop"),
        ["transfer"] = new("chuyển", "transfer"),
        ["sign"] = new("ký", "sign"),
        ["return-result"] = new("trả kết quả", "return result"),
    };

    private DiagramWords(bool vietnamese) => IsVietnamese = vietnamese;

    public static DiagramWords Vi { get; } = new(vietnamese: true);

    public static DiagramWords En { get; } = new(vietnamese: false);

    public bool IsVietnamese { get; }

    public string Code => IsVietnamese ? "vi" : "en";

    public string Initial => IsVietnamese ? "bắt đầu" : "start";

    public string Final => IsVietnamese ? "kết thúc (khung đôi)" : "final state (double border)";

    public string Back => IsVietnamese ? "quay lại" : "going back";

    public string StatusNumber => IsVietnamese ? "số ở góc: trạng thái trên Cổng dịch vụ công" : "number in the corner: portal status";

    public string Timer => IsVietnamese ? "⏱ hệ thống tự thực hiện khi hết thời gian" : "⏱ fired by the system after that time";

    public string Taken => IsVietnamese ? "hồ sơ đã đi qua" : "taken by the dossier";

    public string Current => IsVietnamese ? "trạng thái hiện tại" : "the dossier is here";

    public string Dossier => IsVietnamese ? "Hồ sơ" : "Dossier";

    public string NoLimit => IsVietnamese ? "không quy định thời hạn" : "no time limit";

    public string Limit => IsVietnamese ? "thời hạn" : "time limit";

    public string ByCase => IsVietnamese ? "theo trường hợp:" : "by case:";

    public static DiagramWords Of(DiagramLanguage language) => language == DiagramLanguage.Vi ? Vi : En;

    public string Name(LocalizedName name) => DiagramText.Clean(IsVietnamese ? name.Vi : name.Display);

    public string Role(string role) => s_roles.TryGetValue(role, out var known) ? Name(known) : DiagramText.Clean(role);

    public string Trigger(TriggerDefinition trigger) =>
        trigger.Label is { } label ? Name(label) : s_triggers.TryGetValue(trigger.Name, out var known) ? Name(known) : DiagramText.Clean(trigger.Name);

    public string Phase(DiagramPhase phase) => phase switch
    {
        DiagramPhase.Intake => IsVietnamese ? "tiếp nhận" : "intake",
        DiagramPhase.InProcess => IsVietnamese ? "đang giải quyết" : "in process",
        DiagramPhase.Waiting => IsVietnamese ? "chờ bổ sung, nghĩa vụ tài chính" : "waiting for the applicant",
        DiagramPhase.Done => IsVietnamese ? "đã có kết quả" : "done",
        _ => IsVietnamese ? "không giải quyết" : "ended without a result",
    };

    /// <summary>The letter of a badge.</summary>
    public string Badge(Act act) => act switch
    {
        Act.Withdraw => IsVietnamese ? "R" : "W",
        Act.Stop => IsVietnamese ? "D" : "S",
        _ => IsVietnamese ? "T" : "R",
    };

    public string Time(DateTimeOffset time) => time.ToOffset(WorkingCalendar.Offset).ToString(IsVietnamese ? "dd/MM/yyyy HH:mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    public string Duration(TimeLimit limit)
    {
        if (!IsVietnamese)
        {
            return limit.ToString();
        }

        if (limit is { Unit: TimeLimitUnit.WorkingDays, Amount: 0, CutOff: not null })
        {
            return "trong ngày";
        }

        var unit = limit.Unit switch
        {
            TimeLimitUnit.WorkingDays => "ngày làm việc",
            TimeLimitUnit.Days => "ngày",
            TimeLimitUnit.WorkingHours => "giờ làm việc",
            TimeLimitUnit.Hours => "giờ",
            _ => "tháng",
        };
        return $"{limit.Amount.ToString("0.####", CultureInfo.InvariantCulture).Replace('.', ',')} {unit}";
    }
}
