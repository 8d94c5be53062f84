using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Forms;

/// <summary>Form 01, the slip for reception and the promised return (Giấy tiếp nhận hồ sơ và hẹn trả kết quả), as data.</summary>
/// <remarks>
/// Circular 03/2025/TT-VPCP Annex I, before that Circular 01/2018/TT-VPCP. Made purely from a dossier. A result on the same day needs
/// no slip on paper unless the applicant asks for one, but its data is recorded all the same (Decree 61/2018 Art 17.4): see
/// <see cref="OnRequestOnly"/>. Immutable; holds personal data, so it belongs in no log.
/// </remarks>
/// <param name="Unit">The code of the unit that received the dossier.</param>
/// <param name="Code">The dossier's code.</param>
/// <param name="Procedure">The procedure's code.</param>
/// <param name="ProcedureName">The procedure's name.</param>
/// <param name="Components">What was handed in, in the order of the procedure's documents. May be empty.</param>
/// <param name="ReceivedAt">When it was accepted, to the minute.</param>
/// <param name="ReturnAt">When the result was promised at acceptance or since, to the minute; null where the law sets no limit ("không quy định") or a suspension holds the limit.</param>
/// <param name="HasLimit">Whether the law sets a limit at all; when not, the slip says so in place of a date.</param>
/// <param name="Channel">How the dossier came in.</param>
public sealed record ReceptionSlip(
    string Unit,
    string Code,
    string Procedure,
    LocalizedName ProcedureName,
    IReadOnlyList<SlipComponent> Components,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? ReturnAt,
    bool HasLimit,
    Channel Channel)
{
    /// <summary>Who it is for; null when the personal data was erased or the procedure names nobody. Personal data.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>The account of the officer who accepted the dossier; null when it is not known.</summary>
    public string? Officer { get; init; }

    /// <summary>Whether the result is promised for the day of reception, so that paper is given only when asked for (Decree 61/2018 Art 17.4).</summary>
    public bool OnRequestOnly { get; init; }

    /// <summary>Makes the slip of a dossier.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="officer">The account of the officer who accepted it, which the journal knows; null when it is not known.</param>
    /// <returns>The slip; null before acceptance, since a receipt is given for a valid dossier alone (Decree 61/2018 Art 17).</returns>
    public static ReceptionSlip? Of(Dossier dossier, string? officer = null)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        if (dossier.AcceptedAt is not { } accepted)
        {
            return null;
        }

        var due = dossier.Clock?.Due;
        return new ReceptionSlip(
            dossier.ReceivingUnit,
            dossier.Code.Value,
            dossier.Procedure.Code,
            dossier.Procedure.Content.Name,
            Received(dossier),
            ToMinute(accepted),
            due is null ? null : ToMinute(due.Value),
            dossier.Clock is not null,
            dossier.Channel)
        {
            Applicant = dossier.Personal?.Applicant,
            Officer = officer,
            OnRequestOnly = due?.Date == accepted.Date,
        };
    }

    /// <summary>Says that a slip stands here, and nothing personal of it, so that no log shows it.</summary>
    public override string ToString() => $"reception slip of {Code}";

    private static IReadOnlyList<SlipComponent> Received(Dossier dossier) =>
    [
        .. from definition in dossier.Procedure.Content.Documents
           join document in dossier.Documents on definition.Code equals document.Code
           select new SlipComponent(definition.Code, definition.Name, document.Originals, document.Copies),
    ];

    private static DateTimeOffset ToMinute(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), time.Offset);
}

/// <summary>A component of a dossier (thành phần hồ sơ) as a slip lists it.</summary>
/// <param name="Code">The code of the document.</param>
/// <param name="Name">Its name.</param>
/// <param name="Originals">How many originals were handed in; 0 when the data came from a national database.</param>
/// <param name="Copies">How many copies.</param>
public sealed record SlipComponent(string Code, LocalizedName Name, int Originals, int Copies);
