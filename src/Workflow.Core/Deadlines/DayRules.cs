using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;

namespace Workflow.Core.Deadlines;

/// <summary>Says by which rules a day of a time limit counts or not. Belongs to one explanation.</summary>
internal sealed class DayRules(TimeLimit limit, DateTimeOffset received, DateTimeOffset countedFrom)
{
    private const string CivilCode = "Civil Code 2015 Art ";
    private const string LabourCode = "Labour Code 2019 Art ";
    private const string Restarts = "Decree 61/2018/ND-CP Art 19.4";
    private const string Pauses = "Decision 766/QD-TTg";

    // Those that have an effect on the count that runs, ascending.
    private readonly List<Suspension> _suspensions = [];
    private DateTimeOffset? _restart;
    private DateTimeOffset _countedFrom = countedFrom;
    private DateTimeOffset _end;
    private DateTimeOffset _due;
    private WorkingCalendar _calendar = null!;

    private bool IsRestarted => _restart is not null;

    // When the count that runs began.
    private DateTimeOffset Start => _restart ?? received;

    private bool CountsDays => limit.EndsWithDay || limit.HasFractionAfterDays;

    public void Suspend(Suspension suspension) => _suspensions.Add(suspension);

    public void Restart(Suspension suspension, DateTimeOffset countedFrom)
    {
        _suspensions.Add(suspension);
        (_restart, _countedFrom) = (suspension.To, countedFrom);
    }

    public void End(DateTimeOffset end, DateTimeOffset due, WorkingCalendar calendar) => (_end, _due, _calendar) = (end, due, calendar);

    public IReadOnlyList<DayRule> On(DateOnly day, DayCount count, TimeSpan time, int ordinal)
    {
        var rules = new List<DayRule>(2);
        AddStart(day, rules);
        if (count != DayCount.None)
        {
            rules.Add(Counted(day, count, time, ordinal));
            AddSuspension(day, rules, partly: true);
        }
        else if (rules.Count == 0)
        {
            rules.Add(NotCounted(day));
        }

        if (day == WorkingCalendar.DayOf(_due))
        {
            AddEnd(day, rules);
        }

        return rules;
    }

    private void AddStart(DateOnly day, List<DayRule> rules)
    {
        if (IsRestarted && day == WorkingCalendar.DayOf(Start))
        {
            rules.Add(new DayRule(DayRuleKind.Restarted, new("hồ sơ đầy đủ đã đến: thời hạn tính lại từ đầu", "the full dossier arrived: the whole limit counts again"), Restarts));
        }

        if (day == WorkingCalendar.DayOf(Start) && _countedFrom != Start.ToOffset(WorkingCalendar.Offset))
        {
            rules.Add(Late(day));
        }

        if (day != WorkingCalendar.DayOf(_countedFrom))
        {
            return;
        }

        if (_countedFrom.UtcTicks != Start.UtcTicks)
        {
            var at = Time(_countedFrom);
            rules.Add(new DayRule(DayRuleKind.CountedFrom, new($"coi như tiếp nhận lúc {at}", $"counts as received at {at}")));
        }

        rules.Add(CountsDays
            ? new DayRule(DayRuleKind.FirstDay, new("ngày tiếp nhận không tính, tính từ ngày tiếp theo", "the day of the receipt does not count: counting begins on the next day"), CivilCode + "147.2")
            : new DayRule(DayRuleKind.FromTheMoment, new("thời hạn tính bằng giờ bắt đầu từ thời điểm tiếp nhận", "hours count from the moment of the receipt"), CivilCode + "147.1"));
    }

    private DayRule Late(DateOnly day)
    {
        // Which law has the rule depends on the procedure; these are the ones that are known for the two forms.
        var article = limit.CutsOffLastHour ? "the decree on karaoke licences" : limit.Amount == 0 ? "Decision 663/QD-TTPVHCC" : "Decree 63/2024/ND-CP Art 7";
        if (!_calendar.IsWorkingDay(day))
        {
            var off = Off(day);
            return new DayRule(DayRuleKind.LateReceipt, new($"tiếp nhận vào ngày nghỉ ({off.Text.Vi})", $"received on a day off ({off.Text.En})"), article);
        }

        var cutOff = limit.CutsOffLastHour ? _calendar.OfficeHours.LastHour : limit.CutOff!.Value;
        var time = cutOff.ToString("HH:mm", CultureInfo.InvariantCulture);
        return new DayRule(
            DayRuleKind.LateReceipt, new($"tiếp nhận sau {time}: tính từ ngày làm việc tiếp theo", $"received after {time}: counts as the next working day's"), article);
    }

    private DayRule Counted(DateOnly day, DayCount count, TimeSpan time, int ordinal)
    {
        var (vi, en) = count == DayCount.Part ? Hours(time) : Ordinal(ordinal);
        if (limit.Unit is TimeLimitUnit.Days or TimeLimitUnit.Months or TimeLimitUnit.Hours || !_calendar.IsWeekend(day) || !_calendar.IsWorkingDay(day))
        {
            return new DayRule(DayRuleKind.Counts, new(vi, en), count == DayCount.Part && limit.Unit == TimeLimitUnit.Hours ? CivilCode + "147.1" : null);
        }

        var off = _calendar.MadeUpFor(day);
        var (forVi, forEn) = off is { } free ? ($" cho {Date(free)}", $" for {Date(free)}") : (string.Empty, string.Empty);
        return new DayRule(
            DayRuleKind.MakeUpDay, new($"ngày làm bù{forVi}: {vi}", $"worked{forEn}: {en}"), off is { } swapped ? _calendar.DayOffOn(swapped)?.Source : null);
    }

    private (string Vi, string En) Ordinal(int ordinal) => limit.Unit switch
    {
        TimeLimitUnit.WorkingDays => ($"ngày làm việc thứ {ordinal}", $"working day {ordinal}"),
        _ => ($"ngày thứ {ordinal}", $"day {ordinal}"),
    };

    private (string Vi, string En) Hours(TimeSpan time)
    {
        var hours = Math.Round(time.TotalHours, 2).ToString("0.##", CultureInfo.InvariantCulture);
        return limit.Unit == TimeLimitUnit.Hours ? ($"{hours} giờ", $"{hours} h") : ($"{hours} giờ làm việc", $"{hours} h of work");
    }

    private DayRule NotCounted(DateOnly day)
    {
        var rules = new List<DayRule>(1);
        AddSuspension(day, rules, partly: false);
        if (rules.Count > 0)
        {
            return rules[0];
        }

        if (!_calendar.IsWorkingDay(day))
        {
            return Off(day);
        }

        if (IsRestarted && day < WorkingCalendar.DayOf(Start))
        {
            return new DayRule(
                DayRuleKind.CountedInVain, new($"thời hạn tính lại từ {Date(WorkingCalendar.DayOf(Start))}", $"the limit began again on {Date(WorkingCalendar.DayOf(Start))}"), Restarts);
        }

        return new DayRule(DayRuleKind.NothingLeft, new("không còn giờ nào của thời hạn rơi vào ngày này", "nothing of the limit falls on this day"));
    }

    // A suspension that stands over a day, or on a day that counts in part begins or ends there.
    private void AddSuspension(DateOnly day, List<DayRule> rules, bool partly)
    {
        foreach (var suspension in _suspensions)
        {
            var (from, to) = (WorkingCalendar.DayOf(suspension.From), WorkingCalendar.DayOf(suspension.To));
            var touches = limit.EndsWithDay
                ? !partly && from < day && day <= to
                : from <= day && day <= to && suspension.From < suspension.To && (partly || from < day || CountsDays || day == to);
            if (touches)
            {
                var (since, until) = (Date(suspension.From), Date(suspension.To));
                rules.Add(new DayRule(
                    DayRuleKind.Suspended,
                    new($"tạm dừng từ {since} đến {until}", $"suspended from {since} to {until}"),
                    IsRestarted ? Restarts : Pauses));
                return;
            }
        }
    }

    private DayRule Off(DateOnly day) => _calendar.DayOffOn(day) switch
    {
        { Kind: DayOffKind.Swapped } off => new DayRule(DayRuleKind.SwappedDay, new($"nghỉ hoán đổi: {off.Name}", $"swapped day off: {off.Name}"), off.Source),
        { Kind: DayOffKind.Compensatory } off => new DayRule(DayRuleKind.CompensatoryDay, new($"nghỉ bù: {off.Name}", $"day off in lieu: {off.Name}"), LabourCode + "111.3"),
        { } off => new DayRule(DayRuleKind.Holiday, new($"nghỉ lễ: {off.Name}", $"holiday: {off.Name}"), LabourCode + "112"),
        null => new DayRule(DayRuleKind.Weekend, new("nghỉ hằng tuần", "weekly rest"), LabourCode + "111"),
    };

    private void AddEnd(DateOnly day, List<DayRule> rules)
    {
        if (_due.UtcTicks != WorkingCalendar.EndOf(day).UtcTicks)
        {
            rules.Add(new DayRule(DayRuleKind.EndOfHours, new($"thời hạn kết thúc lúc {Time(_due)}", $"the limit ends at {Time(_due)}")));
            return;
        }

        if (WorkingCalendar.DayOf(_end) < day)
        {
            // The rule stands for what would otherwise be said of a day on which nothing is left.
            rules.RemoveAll(r => r.Kind == DayRuleKind.NothingLeft);
            rules.Add(Moved(day, WorkingCalendar.DayOf(_end)));
        }

        rules.Add(new DayRule(DayRuleKind.EndOfDay, new("thời hạn kết thúc lúc 24:00 của ngày này", "the limit ends at the end of this day"), CivilCode + "148.6"));
    }

    // Why the limit is due after its last day.
    private DayRule Moved(DateOnly day, DateOnly last)
    {
        if (_calendar.RollForward(last) == day)
        {
            return new DayRule(
                DayRuleKind.RolledForward,
                new($"ngày cuối {Date(last)} là ngày nghỉ: kết thúc vào ngày làm việc tiếp theo", $"the last day, {Date(last)}, is a day off: the limit ends with the next working day"),
                CivilCode + "148.5");
        }

        if (_suspensions is [.., var (from, to)] && _calendar.RollForward(WorkingCalendar.DayOf(to)) == day)
        {
            return new DayRule(
                DayRuleKind.Granted,
                new(
                    $"khi tạm dừng {Date(from)} thời hạn đã hết: kết thúc vào ngày tiếp tục {Date(to)} hoặc ngày làm việc tiếp theo",
                    $"nothing was left when it was suspended on {Date(from)}: the limit ends with the day on which it resumed, {Date(to)}, or the next working day"));
        }

        return new DayRule(DayRuleKind.PromiseKept, new("ngày hẹn không chuyển sớm hơn", "the promised date is moved to no earlier one"));
    }

    private static string Date(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Date(DateTimeOffset moment) => moment.ToOffset(WorkingCalendar.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset moment) => moment.ToOffset(WorkingCalendar.Offset).ToString("HH:mm", CultureInfo.InvariantCulture);
}
