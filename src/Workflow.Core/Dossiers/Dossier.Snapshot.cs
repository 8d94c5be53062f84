using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

public sealed partial class Dossier
{
    /// <summary>Returns the stored form of this dossier.</summary>
    public DossierSnapshot ToSnapshot() => new()
    {
        Code = Code.Value,
        Procedure = Procedure.Code,
        ProcedureVersion = Procedure.Version.Number,
        Version = Version,
        State = StateName,
        Owner = Owner,
        ReceivingUnit = ReceivingUnit,
        CompetentUnit = CompetentUnit,
        Unit = Unit,
        Role = Role,
        Assignee = Assignee,
        Channel = Channel,
        OnlineLevel = OnlineLevel,
        SubmittedAt = SubmittedAt,
        AcceptedAt = AcceptedAt,
        LastOccurredAt = LastOccurredAt,
        EnteredAt = EnteredAt,
        ClosedAt = ClosedAt,
        Clock = ClockSnapshot(),
        Calendar = Calendar,
        Timeliness = Timeliness,
        SupplementCount = SupplementCount,
        SupplementedAt = SupplementedAt,
        ReappointmentCount = ReappointmentCount,
        HasDecision = HasDecision,
        Result = Result,
        FeesAssessed = FeesAssessed,
        FeesPaid = FeesPaid,
        Documents = Documents.Count > 0 ? Documents : null,
        Fields = Fields.Count > 0 ? Fields : null,
        StepDue = StepDue,
        TimeoutAt = TimeoutAt,
        NearDueAt = NearDueAt,
        DeadlineReported = DeadlineReported,
        Migration = Migration,
        Personal = Personal,
        Parent = Parent,
        LegNumber = LegNumber,
        AcknowledgementReported = _legs is { AcknowledgementReported: true },
        WasRefused = _legs is { WasRefused: true },
        Legs = Legs.Count > 0 ? Legs : null,
        LegRound = LegRound,
        LegsRetryAt = LegsRetryAt,
    };

    /// <summary>Returns the dossier of a stored form.</summary>
    /// <param name="procedure">The procedure in the version that the snapshot names.</param>
    /// <param name="snapshot">The stored form.</param>
    /// <exception cref="ArgumentException"><paramref name="procedure"/> is another than the snapshot names, or lacks its state.</exception>
    public static Dossier Restore(Procedure procedure, DossierSnapshot snapshot)
    {
        if (snapshot.Procedure != procedure.Code || snapshot.ProcedureVersion != procedure.Version.Number)
        {
            throw new ArgumentException($"Dossier {snapshot.Code} belongs to {snapshot.Procedure}@{snapshot.ProcedureVersion}, not to {procedure}.", nameof(procedure));
        }

        var state = procedure.Table.State(snapshot.State);
        return new Dossier(procedure, new DossierCode(snapshot.Code))
        {
            Version = snapshot.Version,
            State = state,
            Owner = snapshot.Owner,
            ReceivingUnit = snapshot.ReceivingUnit,
            CompetentUnit = Shared(snapshot.CompetentUnit, snapshot.ReceivingUnit),
            Unit = Shared(snapshot.Unit, snapshot.ReceivingUnit),
            Role = Shared(snapshot.Role, procedure.State(state).Role),
            Assignee = snapshot.Assignee,
            Channel = snapshot.Channel,
            OnlineLevel = snapshot.OnlineLevel,
            SubmittedAt = snapshot.SubmittedAt,
            AcceptedAt = snapshot.AcceptedAt,
            LastOccurredAt = snapshot.LastOccurredAt,
            EnteredAt = snapshot.EnteredAt,
            ClosedAt = snapshot.ClosedAt,
            Clock = ClockOf(snapshot.Clock),
            _count = snapshot.Clock is null ? null : CountRecord.Restore(snapshot.Clock),
            Calendar = snapshot.Calendar,
            Timeliness = snapshot.Timeliness,
            SupplementCount = snapshot.SupplementCount,
            SupplementedAt = snapshot.SupplementedAt,
            ReappointmentCount = snapshot.ReappointmentCount,
            HasDecision = snapshot.HasDecision,
            Result = snapshot.Result,
            FeesAssessed = snapshot.FeesAssessed,
            FeesPaid = snapshot.FeesPaid,
            Documents = [.. snapshot.Documents ?? []],
            Fields = [.. snapshot.Fields ?? []],
            StepDue = snapshot.StepDue,
            TimeoutAt = snapshot.TimeoutAt,
            NearDueAt = snapshot.NearDueAt,
            DeadlineReported = snapshot.DeadlineReported,
            Migration = snapshot.Migration,
            Personal = snapshot.Personal,
            _legs = LegBook.Restore(snapshot),
        };
    }

    // Active dossiers are many: one text is kept once.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Shared(string? text, string? known) => text == known ? known : text;
}
