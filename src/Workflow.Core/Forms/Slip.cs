using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Forms;

/// <summary>A slip as data: what every form says. What one form says besides is in the derived records.</summary>
/// <remarks>Immutable. Holds personal data, so it belongs in no log: its text says its kind and dossier alone.</remarks>
/// <param name="Kind">What it is for.</param>
/// <param name="Circular">The circular whose form it follows.</param>
/// <param name="At">When what it states happened.</param>
public abstract record Slip(SlipKind Kind, Circular Circular, DateTimeOffset At)
{
    /// <summary>The form's number in its circular, such as <c>01</c>.</summary>
    public string Number => SlipForms.NumberOf(Kind, Circular)!;

    /// <summary>The title.</summary>
    public LocalizedName Title => SlipForms.TitleOf(Kind, Circular);

    /// <summary>The provision that asks for it.</summary>
    public LocalizedName LegalBasis => SlipForms.LegalBasisOf(Kind, Circular);

    /// <summary>Whose dossier, of which procedure, given by whom.</summary>
    public required SlipHead Head { get; init; }

    /// <summary>Says that a slip stands here, and nothing personal of it, so that no log shows it.</summary>
    public sealed override string ToString() => $"slip {Number} ({Kind}) of {Head.Code}";
}

/// <summary>What every slip of a dossier says at its top and at its bottom.</summary>
/// <param name="Code">The dossier's code.</param>
/// <param name="Unit">The unit whose one-stop shop gives the slip.</param>
/// <param name="UnitName">The unit's name; its code when the units do not know it.</param>
/// <param name="Procedure">The procedure's code.</param>
/// <param name="ProcedureName">The procedure's name.</param>
/// <param name="Applicant">Who it is for; null when nobody was named or the personal data was erased. Personal data.</param>
/// <param name="Officer">The account of the officer who acted.</param>
public sealed record SlipHead(string Code, string Unit, LocalizedName UnitName, string Procedure, LocalizedName ProcedureName, Applicant? Applicant, string Officer)
{
    /// <summary>Says which dossier it is of, and nothing personal.</summary>
    public override string ToString() => Code;
}

/// <summary>Form 01.</summary>
public sealed record ReceiptSlip(Circular Circular, DateTimeOffset At) : Slip(SlipKind.Receipt, Circular, At)
{
    /// <summary>What had been handed in by then, in the order of the procedure's documents. May be empty.</summary>
    public required IReadOnlyList<SlipComponent> Components { get; init; }

    /// <summary>When the result was promised at acceptance; null where the law sets no limit.</summary>
    public required DateTimeOffset? ReturnAt { get; init; }

    /// <summary>How the dossier came in.</summary>
    public required Procedures.Channel Channel { get; init; }

    /// <summary>Whether the result was promised for the same day, so that paper is given only when asked for (Decree 61/2018 Art 17.4).</summary>
    public bool OnRequestOnly => ReturnAt is { } due && Calendars.WorkingCalendar.DayOf(due) == Calendars.WorkingCalendar.DayOf(At);
}

/// <summary>Form 02.</summary>
/// <param name="Circular">The circular.</param>
/// <param name="At">When.</param>
/// <param name="Items">What has to be supplemented, each by the name of the procedure's document when it is one. Not empty.</param>
/// <param name="Reason">Why; null when the personal data was erased. Personal data.</param>
public sealed record SupplementSlip(Circular Circular, DateTimeOffset At, IReadOnlyList<LocalizedName> Items, string? Reason) : Slip(SlipKind.SupplementRequest, Circular, At);

/// <summary>Form 03.</summary>
/// <param name="Circular">The circular.</param>
/// <param name="At">When.</param>
/// <param name="Ground">The legal ground.</param>
/// <param name="Reason">Why; null when the personal data was erased. Personal data.</param>
public sealed record RefusalSlip(Circular Circular, DateTimeOffset At, string Ground, string? Reason) : Slip(SlipKind.Refusal, Circular, At);

/// <summary>Form 04.</summary>
/// <param name="Circular">The circular.</param>
/// <param name="At">When.</param>
/// <param name="OldDue">The date promised before.</param>
/// <param name="NewDue">The date promised now.</param>
/// <param name="ApologyDocument">The number of the written apology.</param>
/// <param name="Reason">Why; null when the personal data was erased. Personal data.</param>
public sealed record ApologySlip(Circular Circular, DateTimeOffset At, DateTimeOffset OldDue, DateTimeOffset NewDue, string ApologyDocument, string? Reason) : Slip(SlipKind.Apology, Circular, At)
{
    /// <summary>When the dossier was accepted.</summary>
    public required DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The name of the unit that is late.</summary>
    public required LocalizedName LateUnitName { get; init; }
}

/// <summary>Form 05 of Circular 03/2025.</summary>
/// <param name="At">When.</param>
/// <param name="FeesPaid">What had been paid by then, in dong.</param>
/// <param name="Reason">Why; null when none was given or the personal data was erased. Personal data.</param>
public sealed record StopSlip(DateTimeOffset At, long FeesPaid, string? Reason) : Slip(SlipKind.Stop, Circular.Of2025, At);

/// <summary>Form 05 of Circular 01/2018 and form 06 of Circular 03/2025.</summary>
/// <param name="Circular">The circular.</param>
/// <param name="At">When the dossier was accepted.</param>
/// <param name="Rows">The hand-overs, oldest first. Not empty.</param>
public sealed record ControlSlip(Circular Circular, DateTimeOffset At, IReadOnlyList<ControlRow> Rows) : Slip(SlipKind.Control, Circular, At);

/// <summary>A hand-over from one hand to the next.</summary>
/// <param name="At">When.</param>
/// <param name="FromUnit">The name of the unit that handed over.</param>
/// <param name="FromOfficer">The account that handed over.</param>
/// <param name="ToUnit">The name of the unit that received.</param>
/// <param name="ToRole">The role that received, or null.</param>
/// <param name="Result">How the step before stood to its limit; null when it had none.</param>
/// <param name="Note">The trigger that was fired.</param>
public sealed record ControlRow(DateTimeOffset At, LocalizedName FromUnit, string FromOfficer, LocalizedName ToUnit, string? ToRole, Timeliness? Result, string Note);
