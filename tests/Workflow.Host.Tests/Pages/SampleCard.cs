using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Indicators;
using Workflow.Core.Units;
using Workflow.Host.Pages;

namespace Workflow.Host.Tests.Pages;

/// <summary>A score card of made-up figures, always the same.</summary>
internal static class SampleCard
{
    public static ScoreCard Create(int communes = 24, string title = "Kết quả giải quyết hồ sơ một cửa – huyện Tân Lạc", string? name = null)
    {
        var random = new Random(7);
        var units = new List<Unit> { new("000.00.30.H28", new LocalizedName(name ?? "Huyện Tân Lạc", name ?? "Tan Lac District"), UnitLevel.District, null) };
        units.AddRange(Enumerable.Range(1, communes).Select(i => new Unit($"000.{i:00}.30.H28", new LocalizedName($"Xã {i:00}", $"Commune {i:00}"), UnitLevel.Commune, "000.00.30.H28")));
        var rows = units.Select(u => Row(u.Code, u.Level == UnitLevel.District ? 2400 : random.Next(60, 620), random)).OrderBy(r => r.Unit, StringComparer.Ordinal).ToList();
        var total = rows.Aggregate(new StatutoryRow(null, 0, 0, 0, 0, 0, 0, 0, 0), (a, b) => new StatutoryRow(
            null, a.Online + b.Online, a.DirectAndPost + b.DirectAndPost, a.CarriedOver + b.CarriedOver, a.Early + b.Early, a.OnTime + b.OnTime, a.Overdue + b.Overdue, a.InTime + b.InTime, a.InProcessOverdue + b.InProcessOverdue));
        var first = new DateOnly(2020, 11, 6);
        var daily = Enumerable.Range(0, 47).Select(i => first.AddDays(i)).Select(d =>
            d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? new DailyCount(d, random.Next(5, 40), 0) : new DailyCount(d, random.Next(180, 340), random.Next(150, 330))).ToList();
        (string, string, string)[] names =
        [
            ("1.001193", "Đăng ký khai sinh", "Birth registration"), ("2.000815", "Chứng thực bản sao từ bản chính", "Certified copies"),
            ("1.004873", "Cấp giấy xác nhận tình trạng hôn nhân", "Certificate of marital status"), ("1.000894", "Đăng ký kết hôn", "Marriage registration"),
            ("1.013978", "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu", "First certificate of land use rights"),
        ];
        return new ScoreCard(
            new StatutoryReport(At(first), At(first.AddDays(47)), rows, total),
            daily,
            [.. names.Select((n, i) => (n.Item1, new LocalizedName(n.Item2, n.Item3), 3900 - (i * 800), 3600 - (i * 780), 40 * i))],
            new UnitTree(units),
            title,
            total.Received,
            72_113);
    }

    private static StatutoryRow Row(string unit, int received, Random random)
    {
        var carried = received / 40;
        var direct = received / 8;
        var settled = received * random.Next(86, 98) / 100;
        var overdue = settled * random.Next(0, 6) / 100;
        var onTime = (settled - overdue) * random.Next(30, 60) / 100;
        var late = (received - settled) * random.Next(0, 20) / 100;
        return new StatutoryRow(unit, received - carried - direct, direct, carried, settled - overdue - onTime, onTime, overdue, received - settled - late, late);
    }

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, WorkingCalendar.Offset);
}
