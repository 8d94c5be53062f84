using Workflow.Core.Calendars;

namespace Workflow.Core.Forms;

/// <summary>The circular whose forms a slip follows.</summary>
public enum Circular
{
    /// <summary>Circular 01/2018/TT-VPCP, in force from 6 January 2019 to 14 September 2025, both included.</summary>
    Of2018,

    /// <summary>Circular 03/2025/TT-VPCP, in force from 15 September 2025, included.</summary>
    Of2025,
}

/// <summary>Which circular applies when.</summary>
public static class Circulars
{
    /// <summary>The first day of Circular 03/2025.</summary>
    public static DateOnly FirstDayOf2025 { get; } = new(2025, 9, 15);

    /// <summary>The circular in force at a moment, in Vietnam's legal time.</summary>
    /// <remarks>Before 6 January 2019 there were no forms of either; what is printed of such a dossier now follows the earlier one.</remarks>
    public static Circular At(DateTimeOffset moment) => WorkingCalendar.DayOf(moment) < FirstDayOf2025 ? Circular.Of2018 : Circular.Of2025;

    /// <summary>Its number, such as <c>01/2018</c>.</summary>
    public static string NumberOf(Circular circular) => circular == Circular.Of2018 ? "01/2018" : "03/2025";
}
