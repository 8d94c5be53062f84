using Workflow.Core.Calendars;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Setup;

namespace Workflow.Host.Serving;

/// <summary>What the office has published, as it is known now: it may change while the host runs.</summary>
internal interface IOffice
{
    /// <summary>The units of all times.</summary>
    UnitTree Units { get; }

    /// <summary>Today in Vietnam.</summary>
    DateOnly Today { get; }

    /// <summary>Every version of every procedure.</summary>
    ProcedureSet Procedures { get; }
}

/// <summary>What the engine of this process knows.</summary>
internal sealed class LocalOffice(DossierEngine engine, TimeProvider clock) : IOffice
{
    public UnitTree Units => engine.Units;

    public DateOnly Today => WorkingCalendar.DayOf(clock.GetUtcNow());

    public ProcedureSet Procedures => engine.Procedures;
}
