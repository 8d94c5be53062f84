using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Verification;

/// <summary>What a procedure is verified against. A check that lacks what it needs is left out and says nothing.</summary>
/// <remarks>Immutable and safe to share between threads and verifications.</remarks>
public sealed class VerificationContext
{
    private readonly WorkingCalendar? _calendar;

    /// <summary>Nothing but the procedure itself.</summary>
    public static VerificationContext None { get; } = new();

    /// <summary>The units, for the roles that somebody must hold; null when they are not known.</summary>
    public UnitTree? Units { get; init; }

    /// <summary>The working days, for what depends on dates; null when they are not known.</summary>
    public WorkingCalendar? Calendar
    {
        get => _calendar;
        init
        {
            _calendar = value;
            DaysOff = value is null ? null : new DaysOff(value);
        }
    }

    /// <summary>The procedures that legs may follow; null when they are not known.</summary>
    public ProcedureCatalogue? Procedures { get; init; }

    // Where the calendar departs from its plain week; null exactly when there is no calendar.
    internal DaysOff? DaysOff { get; private init; }
}
