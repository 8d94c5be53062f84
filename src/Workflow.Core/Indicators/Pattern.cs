namespace Workflow.Core.Indicators;

/// <summary>What a pattern is made of. Each is a reason to ask, none is a proof.</summary>
public enum PatternKind
{
    /// <summary>Recorded long after its legal time, in a journal that had gone on meanwhile. A heuristic.</summary>
    BackDated,

    /// <summary>A dossier was overdue and, by a promise that moved, is not any more (Decree 61/2018/ND-CP Art 19.9: a new date is promised before the old one passes).</summary>
    OverdueReset,

    /// <summary>A new date was promised later than one day before the old one (Decree 61/2018/ND-CP Art 19.9).</summary>
    LateReappointment,

    /// <summary>A supplement was asked for on or after the last day of a limit of more than three days (Art 19.4 gives three working days from reception). A heuristic: some sectors have longer notices.</summary>
    SupplementOnLastDay,

    /// <summary>The clock of an overdue dossier was stopped on request. A heuristic.</summary>
    SuspendedWhenOverdue,

    /// <summary>An overdue dossier ended without a result, and the same unit took in another one of the same applicant and procedure soon after. A heuristic.</summary>
    SubmittedAgain,

    /// <summary>One account promised new dates for many dossiers within a month. A heuristic.</summary>
    ManyExtensions,

    /// <summary>Recorded at another time than the rows around it in the journal: it was moved there, or the clock was set back. A heuristic.</summary>
    RecordedOutOfOrder,
}

/// <summary>What an audit asks about, without personal data.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Dossier">The dossier's code.</param>
/// <param name="Version">The version that shows it.</param>
/// <param name="Actor">The account that made this version.</param>
/// <param name="Why">What was seen, in one line.</param>
public sealed record Pattern(PatternKind Kind, string Dossier, int Version, string Actor, string Why);
