using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Grains.Calls;

namespace Workflow.Grains.Tests.Calls;

/// <summary>A message of every form.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Time = new(2020, 11, 6, 8, 30, 0, 123, TimeSpan.FromHours(7));

    private static readonly DossierCode s_code = new("000.01.30.H28-201106-0001");

    private static readonly CommandRequest s_request = new(new CommandId("k-1"), Actor.Officer("clerk", "000.01.30.H28", "reception", "officer"))
    {
        Caller = "portal",
        ExpectedVersion = 2,
        OccurredAt = Time.AddTicks(4567),
    };

    private static readonly DossierEvent[] s_events =
    [
        new DossierMoved("accept", Act.Accept, "Filed", "Working", null, "officer") { StepDue = Time.AddDays(1) },
        new FieldsSet([new FieldValue("note", "ghi chú")]) { Personal = new PersonalData { Fields = [new FieldValue("name", "Nguyễn Văn A")] } },
    ];

    private static readonly UnmetGuard[] s_unmet = [new("permitted", "'finish' is not permitted in 'Filed'"), new("role", "needs role 'officer'", "Điều 17")];

    public static IReadOnlyList<(string Name, object Message)> All { get; } =
    [
        ("a call", new DossierCall(new FireTrigger("accept") { Fields = [new FieldValue("note", "ghi chú <&>")], Reason = "vì \"sai\"" }, s_request)),
        ("a call with the least", new DossierCall(new AssignDossier(), new CommandRequest(new CommandId("k"), new Actor("a", [], null)))),
        ("a submission", new SubmissionCall(
            new SubmitDossier("T.1", "000.01.30.H28") { Applicant = new Applicant("Bùi Thị Mai"), Fields = [new FieldValue("name", "Nguyễn Văn A")], Channel = Channel.Online },
            s_request)),
        ("a question for what is permitted", new PermittedCall(Actor.Applicant("citizen"))),
        ("a question for the history", new HistoryCall(3, 20)),
        ("accepted", new CommandAnswer(new CommandResult.Accepted(s_code, 2, s_events, IsRepeat: false))),
        ("repeated", new CommandAnswer(new CommandResult.Accepted(s_code, 2, s_events[..1], IsRepeat: true))),
        ("refused", new CommandAnswer(new CommandResult.Rejected(s_code, 2, s_unmet))),
        ("a refused submission", new CommandAnswer(new CommandResult.Rejected(null, 0, s_unmet[..1]))),
        ("not found", new CommandAnswer(new CommandResult.NotFound(s_code))),
        ("reused", new CommandAnswer(new CommandResult.IdReused(s_code, new CommandId("k-1")))),
        ("busy", new CommandAnswer(new CommandResult.Busy(TimeSpan.FromMilliseconds(250)))),
        ("a mistake", new CommandAnswer(null, new EngineFault(EngineFaultKind.Argument, "The caller is empty.") { Argument = "request" })),
        ("a missing procedure", new CommandAnswer(null, new EngineFault(EngineFaultKind.MissingProcedure, "Dossier D follows T.1@2, which this host lacks.")
        {
            Dossier = "D",
            Procedure = "T.1",
            ProcedureVersion = 2,
        })),
        ("a dossier", new DossierAnswer(Snapshot())),
        ("no dossier", new DossierAnswer(null)),
        ("what is permitted", new PermittedAnswer([new PermittedTrigger("accept", Act.Accept, ["officer"], []), new PermittedTrigger("finish", Act.Advance, [], s_unmet)])),
        ("nothing permitted, for there is none", new PermittedAnswer(null)),
        ("a history", new HistoryAnswer([new HistoryEntry(2, Time, Time.AddSeconds(1), "clerk", "000.01.30.H28", s_events)])),
        ("an empty history", new HistoryAnswer([])),
    ];

    private static DossierSnapshot Snapshot() => new()
    {
        Code = s_code.Value,
        Procedure = "T.1",
        ProcedureVersion = 1,
        Version = 2,
        State = "Working",
        Owner = "citizen",
        ReceivingUnit = "000.01.30.H28",
        CompetentUnit = "000.01.30.H28",
        Unit = "000.01.30.H28",
        SubmittedAt = Time,
        Fields = [new FieldValue("note", "ghi chú")],
        Personal = new PersonalData { Fields = [new FieldValue("name", "Nguyễn Văn A")] },
    };
}
