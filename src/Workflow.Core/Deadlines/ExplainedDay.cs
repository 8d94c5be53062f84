using Workflow.Core.Definitions;

namespace Workflow.Core.Deadlines;

/// <summary>How much of a time limit falls on a day.</summary>
public enum DayCount
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Some time, in hours; a limit of hours has no whole days.</summary>
    Part,

    /// <summary>A whole day of the limit.</summary>
    Whole,
}

/// <summary>What a rule about a day is about.</summary>
public enum DayRuleKind
{
    /// <summary>The day of the receipt does not count (Civil Code 2015, Article 147.2).</summary>
    FirstDay,

    /// <summary>A limit of hours counts from the moment itself (Article 147.1).</summary>
    FromTheMoment,

    /// <summary>A receipt after the cut-off, or on a day off, counts as a later one.</summary>
    LateReceipt,

    /// <summary>Where a late receipt counts as received.</summary>
    CountedFrom,

    /// <summary>The day counts, in whole or in part.</summary>
    Counts,

    /// <summary>The day counts, though of a weekend: it is worked for another day.</summary>
    MakeUpDay,

    /// <summary>The weekly rest.</summary>
    Weekend,

    /// <summary>A public holiday (Labour Code 2019, Article 112).</summary>
    Holiday,

    /// <summary>A day in lieu of a holiday (Labour Code 2019, Article 111.3).</summary>
    CompensatoryDay,

    /// <summary>A day off that is worked on another day.</summary>
    SwappedDay,

    /// <summary>The clock stood still.</summary>
    Suspended,

    /// <summary>The whole limit counts again from this day (Decree 61/2018/ND-CP, Article 19.4).</summary>
    Restarted,

    /// <summary>The day was counted before the limit began again, and no longer is.</summary>
    CountedInVain,

    /// <summary>Nothing of the limit falls on the day for want of office hours.</summary>
    NothingLeft,

    /// <summary>The last day is a day off, so the limit ends with the next working day (Civil Code 2015, Article 148.5).</summary>
    RolledForward,

    /// <summary>A suspension moves no promised date to an earlier one.</summary>
    PromiseKept,

    /// <summary>The limit ends with the end of the day (Civil Code 2015, Article 148.6).</summary>
    EndOfDay,

    /// <summary>The limit ends at an hour of the day.</summary>
    EndOfHours,

    /// <summary>Nothing was left of the limit when it was suspended, so it ends with the day of the resumption, or the next working day.</summary>
    Granted,
}

/// <summary>A rule that decides about a day of a time limit.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">The rule in words.</param>
/// <param name="Article">The article of law, decision or other source behind it; null when there is none.</param>
public sealed record DayRule(DayRuleKind Kind, LocalizedName Text, string? Article = null)
{
    /// <summary>Returns the words and the article.</summary>
    public override string ToString() => Article is null ? Text.Display : $"{Text.Display} ({Article})";
}

/// <summary>A day between the receipt and the due moment, and why it counts or not. Immutable.</summary>
/// <param name="Date">The day, in Vietnam.</param>
/// <param name="Count">How much of the limit falls on it.</param>
/// <param name="Time">The time that counts when <paramref name="Count"/> is <see cref="DayCount.Part"/>: of work, or of the clock for a limit of hours; otherwise zero.</param>
/// <param name="Rules">The rules that decide, the first one first. Never empty.</param>
public sealed record ExplainedDay(DateOnly Date, DayCount Count, TimeSpan Time, IReadOnlyList<DayRule> Rules)
{
    /// <summary>Whether anything of the limit falls on it.</summary>
    public bool Counts => Count != DayCount.None;
}
