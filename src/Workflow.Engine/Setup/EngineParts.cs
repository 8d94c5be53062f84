using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Units;
using Workflow.Engine.Commits;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Salts;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Setup;

/// <summary>What every active dossier of a host shares. Safe to share between threads.</summary>
internal sealed record EngineParts(
    IJournalStore Store, JournalWriter Writer, Confirmations Confirmations, HostDefinitions Definitions, TimeProvider Time, ISaltSource Salts)
{
    /// <summary>The procedures that are known now.</summary>
    public KnownProcedures Procedures => Definitions.Procedures;

    /// <summary>What is measured.</summary>
    public required EngineInstruments Instruments { get; init; }

    /// <summary>The calendar that decisions are made with from now on; it is another one after a publication.</summary>
    public CalendarBook Calendar => Definitions.Calendar;

    /// <summary>This engine's name among the hosts on a store, new each time one opens.</summary>
    public string Host { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The units of all times, as they are known now.</summary>
    public UnitTree Units => Definitions.Units;

    /// <summary>The engine's clock, in the form of legal times.</summary>
    public DateTimeOffset Now => LegalTime.Of(Time.GetUtcNow());

    /// <summary>A time that a caller told, in the form of legal times; what no legal time can be becomes the nearest that can.</summary>
    public static DateTimeOffset Told(DateTimeOffset time) => LegalTime.Of(StoredTime.Clamp(time));

    /// <summary>What a decision at this time may know.</summary>
    public DecisionContext Context(DateTimeOffset occurredAt, Actor actor) => new(occurredAt, actor, Calendar.KnownAt(occurredAt), Units) { Procedures = Procedures.Finder };
}
