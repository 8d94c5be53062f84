using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Forms;

/// <summary>The register of dossiers (sổ theo dõi hồ sơ) of one unit and year: numbered from 1 without a blank, closed with the year.</summary>
/// <remarks>Form 06 of Circular 01/2018 (Art 10), form 07 of Circular 03/2025. Immutable; holds personal data, so it belongs in no log.</remarks>
/// <param name="Unit">The unit's code.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="Year">The year of reception.</param>
/// <param name="Circular">The circular in force at the year's end.</param>
/// <param name="Lines">The lines, numbered from 1.</param>
public sealed record DossierRegister(string Unit, LocalizedName UnitName, int Year, Circular Circular, IReadOnlyList<RegisterLine> Lines)
{
    /// <summary>The form's number.</summary>
    public string Number => SlipForms.NumberOf(SlipKind.Register, Circular)!;

    /// <summary>Makes the register from dossiers, in whatever order they come; those of other units and years, and those never accepted, are left out.</summary>
    /// <param name="unit">The unit whose one-stop shop received them.</param>
    /// <param name="unitName">Its name.</param>
    /// <param name="year">The year of reception, in Vietnam's legal time.</param>
    /// <param name="dossiers">The dossiers, each with its procedure's name.</param>
    public static DossierRegister Of(string unit, LocalizedName unitName, int year, IEnumerable<(DossierSnapshot Dossier, LocalizedName ProcedureName)> dossiers)
    {
        ArgumentNullException.ThrowIfNull(dossiers);
        var received = dossiers
            .Where(d => d.Dossier.ReceivingUnit == unit && d.Dossier.AcceptedAt is { } at && WorkingCalendar.DayOf(at).Year == year)
            .OrderBy(d => d.Dossier.AcceptedAt).ThenBy(d => d.Dossier.Code, StringComparer.Ordinal);
        return new DossierRegister(
            unit,
            unitName,
            year,
            new DateOnly(year, 12, 31) < Circulars.FirstDayOf2025 ? Circular.Of2018 : Circular.Of2025,
            [
                .. received.Select((d, i) => new RegisterLine(
                    i + 1,
                    d.Dossier.Code,
                    d.ProcedureName,
                    d.Dossier.Personal?.Applicant,
                    d.Dossier.AcceptedAt!.Value,
                    d.Dossier.Clock?.Due,
                    d.Dossier.ClosedAt,
                    d.Dossier.Timeliness)),
            ]);
    }

    /// <summary>Says that a register stands here, and nothing personal of it, so that no log shows it.</summary>
    public override string ToString() => $"register {Year} of {Unit}";
}

/// <summary>A line of the register.</summary>
/// <param name="Number">From 1, without a gap.</param>
/// <param name="Code">The dossier's code.</param>
/// <param name="ProcedureName">The procedure's name.</param>
/// <param name="Applicant">Who it is for; null when nobody was named or the personal data was erased. Personal data.</param>
/// <param name="ReceivedAt">When it was accepted.</param>
/// <param name="Due">The moment promised last; null where the law sets no limit.</param>
/// <param name="ClosedAt">When it ended; null while it is open.</param>
/// <param name="Result">How the end stands to the promise; null before that.</param>
public sealed record RegisterLine(
    int Number, string Code, LocalizedName ProcedureName, Applicant? Applicant, DateTimeOffset ReceivedAt, DateTimeOffset? Due, DateTimeOffset? ClosedAt, Timeliness? Result)
{
    /// <summary>Says which dossier it is of, and nothing personal.</summary>
    public override string ToString() => $"line {Number}: {Code}";
}
