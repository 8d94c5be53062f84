using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>A case from submission to closing: the state that its events come to. Immutable and safe to share between threads.</summary>
/// <remarks>A dossier changes by <see cref="Apply(IReadOnlyList{DossierEvent}, DateTimeOffset)"/> alone, which returns another one; what decides is <see cref="DossierDecider"/>.</remarks>
public sealed partial class Dossier
{
    // UTC ticks, as in DeadlineClock: a nullable DateTimeOffset has three times the size, and a million dossiers are kept.
    private long _submittedAt;
    private long _lastOccurredAt;
    private long _enteredAt;

    // These plus one, so that zero is none.
    private long _acceptedAt;
    private long _closedAt;
    private long _stepDue;
    private long _timeoutAt;
    private long _nearDueAt;

    // The level, zero for none, and how it ended plus one: nullable numbers have four times the size.
    private byte _onlineLevel;
    private byte _timeliness;

    private Dossier(Procedure procedure, DossierCode code)
    {
        Procedure = procedure;
        Code = code;
        ReceivingUnit = Unit = CompetentUnit = Owner = string.Empty;
    }

    /// <summary>The code.</summary>
    public DossierCode Code { get; }

    /// <summary>The version of the procedure under which it was received and which it keeps, unless a migration moves it.</summary>
    public Procedure Procedure { get; private set; }

    /// <summary>The number of accepted commands, from 1.</summary>
    public int Version { get; private set; }

    /// <summary>The state of the machine.</summary>
    public StateId State { get; private set; }

    /// <summary>The name of the state.</summary>
    public string StateName => Procedure.Table.NameOf(State);

    /// <summary>The portal status, or null for procedures that no portal shows.</summary>
    public PortalStatus? Status => Procedure.State(State).Status;

    /// <summary>The account that submitted it.</summary>
    public string Owner { get; private set; }

    /// <summary>The unit whose one-stop shop received it.</summary>
    public string ReceivingUnit { get; private set; }

    /// <summary>The unit that settles it.</summary>
    public string CompetentUnit { get; private set; }

    /// <summary>The unit that has it now.</summary>
    public string Unit { get; private set; }

    /// <summary>The role that has it now, or null.</summary>
    public string? Role { get; private set; }

    /// <summary>The officer that has it now, or null.</summary>
    public string? Assignee { get; private set; }

    /// <summary>How it came in.</summary>
    public Channel Channel { get; private set; }

    /// <summary>The level of the online service when it came in, or null.</summary>
    public int? OnlineLevel { get => _onlineLevel == 0 ? null : _onlineLevel; private set => _onlineLevel = (byte)(value ?? 0); }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset SubmittedAt { get => Moment(_submittedAt); private set => _submittedAt = value.UtcTicks; }

    /// <summary>When it was accepted, or null.</summary>
    public DateTimeOffset? AcceptedAt { get => MomentOrNull(_acceptedAt); private set => _acceptedAt = Kept(value); }

    /// <summary>When its last command occurred. Never decreases.</summary>
    public DateTimeOffset LastOccurredAt { get => Moment(_lastOccurredAt); private set => _lastOccurredAt = value.UtcTicks; }

    /// <summary>When it entered its state.</summary>
    public DateTimeOffset EnteredAt { get => Moment(_enteredAt); private set => _enteredAt = value.UtcTicks; }

    /// <summary>When it ended, or null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get => MomentOrNull(_closedAt); private set => _closedAt = Kept(value); }

    /// <summary>Whether it ended.</summary>
    public bool IsClosed => _closedAt != 0;

    /// <summary>The legal clock, or null before acceptance and where the law sets no limit.</summary>
    public DeadlineClock? Clock { get; private set; }

    /// <summary>The version of the calendar behind the current promise, or null.</summary>
    public string? Calendar { get; private set; }

    /// <summary>How the end stands to the promise; null before the clock stopped.</summary>
    public Timeliness? Timeliness { get => _timeliness == 0 ? null : (Timeliness)(_timeliness - 1); private set => _timeliness = (byte)(value is { } known ? (int)known + 1 : 0); }

    /// <summary>How many supplements were asked for.</summary>
    public int SupplementCount { get; private set; }

    /// <summary>When the last supplement came in, or null.</summary>
    public DateTimeOffset? SupplementedAt { get; private set; }

    /// <summary>How many new dates were promised.</summary>
    public int ReappointmentCount { get; private set; }

    /// <summary>Whether a decision was signed.</summary>
    public bool HasDecision { get; private set; }

    /// <summary>The number or code of the result, or null.</summary>
    public string? Result { get; private set; }

    /// <summary>What was assessed, in dong.</summary>
    public long FeesAssessed { get; private set; }

    /// <summary>What was paid, in dong.</summary>
    public long FeesPaid { get; private set; }

    /// <summary>What is still to be paid, in dong; 0 when nothing is.</summary>
    public long FeesOutstanding => Math.Max(0, FeesAssessed - FeesPaid);

    /// <summary>The documents handed in, the latest of each code.</summary>
    public IReadOnlyList<SubmittedDocument> Documents { get; private set; } = [];

    /// <summary>The values of fields that are not personal.</summary>
    public IReadOnlyList<FieldValue> Fields { get; private set; } = [];

    /// <summary>Who it is for and the personal fields; null when there is none or it was erased.</summary>
    public PersonalData? Personal { get; private set; }

    // Timers still to be given, each null once given or void. See Dossier.Timers.cs.
    internal DateTimeOffset? StepDue { get => MomentOrNull(_stepDue); private set => _stepDue = Kept(value); }

    internal DateTimeOffset? TimeoutAt { get => MomentOrNull(_timeoutAt); private set => _timeoutAt = Kept(value); }

    internal DateTimeOffset? NearDueAt { get => MomentOrNull(_nearDueAt); private set => _nearDueAt = Kept(value); }

    internal bool DeadlineReported { get; private set; }

    /// <summary>The value of a field, personal or not; null when it has none.</summary>
    public string? Field(string name) => Find(Fields, name) ?? (Personal is null ? null : Find(Personal.Fields, name));

    /// <summary>Whether a document of this code was handed in.</summary>
    public bool HasDocument(string code)
    {
        for (var i = 0; i < Documents.Count; i++)
        {
            if (Documents[i].Code == code)
            {
                return true;
            }
        }

        return false;
    }

    private static DateTimeOffset Moment(long utcTicks) => new(utcTicks + WorkingCalendar.Offset.Ticks, WorkingCalendar.Offset);

    private static DateTimeOffset? MomentOrNull(long kept) => kept == 0 ? null : Moment(kept - 1);

    private static long Kept(DateTimeOffset? time) => time is { } moment ? moment.UtcTicks + 1 : 0;

    private static string? Find(IReadOnlyList<FieldValue> fields, string name)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name)
            {
                return fields[i].Value;
            }
        }

        return null;
    }
}
