using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Dossiers;

/// <summary>What a decision may know beside the dossier and the command: the time, the person, the calendar, the units.</summary>
/// <remarks>Immutable; the same context with the same dossier and command gives the same decision, on any machine, for ever.</remarks>
public sealed class DecisionContext
{
    /// <summary>Creates a context.</summary>
    /// <param name="time">The legal time of the command; kept to the millisecond, in Vietnam's offset.</param>
    /// <param name="actor">Who gives it.</param>
    /// <param name="calendar">The calendar as known at that time.</param>
    /// <param name="units">The units.</param>
    public DecisionContext(DateTimeOffset time, Actor actor, WorkingCalendar calendar, UnitTree units)
    {
        Time = LegalTime.Of(time);
        Actor = actor;
        Calendar = calendar;
        Units = units;
    }

    /// <summary>The legal time, to the millisecond, in Vietnam's offset.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The acting person.</summary>
    public Actor Actor { get; }

    /// <summary>The calendar as known at <see cref="Time"/>.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>The units of all times.</summary>
    public UnitTree Units { get; }

    /// <summary>The units that exist on the day of <see cref="Time"/>.</summary>
    public UnitTree UnitsInForce => Units.At(Day);

    /// <summary>The day of <see cref="Time"/> in Vietnam.</summary>
    internal DateOnly Day => WorkingCalendar.DayOf(Time);

    /// <summary>Finds a version of a procedure, null when it is not known; knows none unless told. Pure: a version never changes.</summary>
    public Func<ProcedureVersion, Procedure?> Procedures { get; init; } = static _ => null;
}

/// <summary>The form in which legal times are kept.</summary>
public static class LegalTime
{
    /// <summary>The smallest difference between two legal times: one millisecond.</summary>
    public static TimeSpan Resolution { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns the same moment in Vietnam's offset, cut to the millisecond.</summary>
    public static DateTimeOffset Of(DateTimeOffset time)
    {
        var local = time.ToOffset(WorkingCalendar.Offset);
        return new DateTimeOffset(local.Ticks - (local.Ticks % TimeSpan.TicksPerMillisecond), WorkingCalendar.Offset);
    }
}
