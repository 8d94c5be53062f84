using System.Globalization;
using Workflow.Core.Definitions;

namespace Workflow.Host.Pages;

/// <summary>The page's words, numbers and dates in one language.</summary>
internal sealed record PageWords
{
    private PageWords(string language, string groups, string point)
    {
        Language = language;
        Numbers = new NumberFormatInfo { NumberGroupSeparator = groups, NumberDecimalSeparator = point, PercentPositivePattern = 1, PercentGroupSeparator = groups, PercentDecimalSeparator = point };
    }

    public static PageWords Vi { get; } = new("vi", ".", ",")
    {
        Itself = "Tiếng Việt",
        Skip = "Đến bảng thống kê",
        Languages = "Ngôn ngữ",
        Period = "Kỳ báo cáo",
        Journal = "hồ sơ, {0} mục trong nhật ký",
        Summary = "Tổng quan",
        Received = "Tiếp nhận",
        Settled = "Đã giải quyết",
        InProcess = "Đang giải quyết",
        OnTimeRate = "Đúng hạn",
        OfSettled = "trong {0} hồ sơ đã giải quyết",
        Online = "Trực tuyến",
        DirectAndPost = "Trực tiếp, bưu chính",
        CarriedOver = "Kỳ trước chuyển qua",
        Total = "Tổng số",
        Early = "Trước hạn",
        OnTime = "Đúng hạn",
        Overdue = "Quá hạn",
        InTime = "Trong hạn",
        InProcessOverdue = "Đang giải quyết, quá hạn",
        Daily = "Tiếp nhận và giải quyết theo ngày",
        DailyNote = "Ngày cuối tuần được tô nền.",
        Day = "Ngày",
        AsTable = "Số liệu từng ngày",
        ByUnit = "Theo đơn vị",
        ByUnitNote = "Xếp theo số hồ sơ tiếp nhận (cột phải); mỗi thanh cho biết tỷ lệ trong toàn bộ hồ sơ của đơn vị.",
        ByProcedure = "Theo thủ tục",
        ByProcedureNote = "Mỗi thanh dài theo số hồ sơ tiếp nhận.",
        NotSettled = "Chưa giải quyết",
        SettledInTime = "Giải quyết, không quá hạn",
        Report = "Tình hình, kết quả giải quyết hồ sơ",
        ReportCaption = "Theo các cột của biểu II.06a/VPCP/KSTT. Số trong ngoặc là số cột.",
        Unit = "Đơn vị",
        Check = "Khớp",
        Holds = "Khớp",
        Fails = "Lệch",
        Identity = "Đẳng thức của biểu",
        IdentityHolds = "Đúng với tất cả {0} đơn vị và tổng số.",
        IdentityFails = "Không đúng: xem các dòng ghi “Lệch”.",
        Nothing = "Không có hồ sơ nào trong kỳ.",
        Scroll = "cuộn ngang bằng phím mũi tên",
    };

    public static PageWords En { get; } = new("en", ",", ".")
    {
        Itself = "English",
        Skip = "Skip to the report",
        Languages = "Language",
        Period = "Period",
        Journal = "dossiers, {0} entries in the journal",
        Summary = "At a glance",
        Received = "Received",
        Settled = "Settled",
        InProcess = "In process",
        OnTimeRate = "In time",
        OfSettled = "of {0} settled dossiers",
        Online = "Online",
        DirectAndPost = "Direct and post",
        CarriedOver = "Carried over",
        Total = "Total",
        Early = "Early",
        OnTime = "On time",
        Overdue = "Overdue",
        InTime = "In time",
        InProcessOverdue = "In process, overdue",
        Daily = "Received and settled, day by day",
        DailyNote = "Weekends are shaded.",
        Day = "Day",
        AsTable = "The figures of each day",
        ByUnit = "By unit",
        ByUnitNote = "Ordered by dossiers received, on the right; a bar shows the shares of all of a unit’s dossiers.",
        ByProcedure = "By procedure",
        ByProcedureNote = "A bar is as long as the dossiers received are many.",
        NotSettled = "Not settled yet",
        SettledInTime = "Settled, not overdue",
        Report = "Dossiers received, settled and in process",
        ReportCaption = "In the columns of the statutory report II.06a/VPCP/KSTT. Numbers in parentheses are the columns’.",
        Unit = "Unit",
        Check = "Check",
        Holds = "Holds",
        Fails = "Fails",
        Identity = "The report’s identities",
        IdentityHolds = "They hold for all {0} units and in total.",
        IdentityFails = "They do not hold: see the rows marked “Fails”.",
        Nothing = "There is no dossier in this period.",
        Scroll = "scrolls sideways with the arrow keys",
    };

    public string Language { get; }

    public NumberFormatInfo Numbers { get; }

    public required string Itself { get; init; }

    public required string Skip { get; init; }

    public required string Languages { get; init; }

    public required string Period { get; init; }

    public required string Journal { get; init; }

    public required string Summary { get; init; }

    public required string Received { get; init; }

    public required string Settled { get; init; }

    public required string InProcess { get; init; }

    public required string OnTimeRate { get; init; }

    public required string OfSettled { get; init; }

    public required string Online { get; init; }

    public required string DirectAndPost { get; init; }

    public required string CarriedOver { get; init; }

    public required string Total { get; init; }

    public required string Early { get; init; }

    public required string OnTime { get; init; }

    public required string Overdue { get; init; }

    public required string InTime { get; init; }

    public required string InProcessOverdue { get; init; }

    public required string Daily { get; init; }

    public required string DailyNote { get; init; }

    public required string Day { get; init; }

    public required string AsTable { get; init; }

    public required string ByUnit { get; init; }

    public required string ByUnitNote { get; init; }

    public required string ByProcedure { get; init; }

    public required string ByProcedureNote { get; init; }

    public required string NotSettled { get; init; }

    public required string SettledInTime { get; init; }

    public required string Report { get; init; }

    public required string ReportCaption { get; init; }

    public required string Unit { get; init; }

    public required string Check { get; init; }

    public required string Holds { get; init; }

    public required string Fails { get; init; }

    public required string Identity { get; init; }

    public required string IdentityHolds { get; init; }

    public required string IdentityFails { get; init; }

    public required string Nothing { get; init; }

    public required string Scroll { get; init; }

    /// <summary>The words of the other language, which stand beside these.</summary>
    public PageWords Other => Language == Vi.Language ? En : Vi;

    /// <summary>The words of a language; Vietnamese for any that the page does not speak.</summary>
    public static PageWords Of(string? language) => language == En.Language ? En : Vi;

    public string Number(long number) => number.ToString("N0", Numbers);

    /// <summary>A share in percent with one decimal; a dash where there is none.</summary>
    public string Share(double? share) => share is { } s ? s.ToString("P1", Numbers) : "–";

    public string Date(DateOnly day) => day.ToString(Language == Vi.Language ? "dd/MM/yyyy" : "d MMM yyyy", CultureInfo.InvariantCulture);

    public string ShortDate(DateOnly day) => day.ToString(Language == Vi.Language ? "d/M" : "d MMM", CultureInfo.InvariantCulture);

    public string Name(LocalizedName name) => Language == Vi.Language ? name.Vi : name.Display;

    public static string Filled(string pattern, string value) => pattern.Replace("{0}", value, StringComparison.Ordinal);
}
