using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Units;

namespace Workflow.Engine.Admission;

/// <summary>Tells for whom a command counts: the class within which commands share places and turns.</summary>
internal static class CommandUnit
{
    /// <summary>Callers that begin so are the engine's own.</summary>
    public const string OwnCallers = "system:";

    /// <summary>For whom all commands count that belong to no known unit. No unit has this code.</summary>
    public const string Unknown = "";

    /// <summary>
    /// The receiving unit of a submission; otherwise the unit that has the dossier, or where that is not in memory the one whose number it
    /// bears; otherwise <see cref="Unknown"/>. What a caller says of itself does not matter: classes would be as many as somebody can invent.
    /// The engine's own commands count for their caller.
    /// </summary>
    /// <param name="units">The units of all times.</param>
    /// <param name="code">The dossier; the default value for a submission.</param>
    /// <param name="dossier">The dossier where it is in memory, or null.</param>
    /// <param name="command">The command.</param>
    /// <param name="request">Whose it is.</param>
    public static string Of(UnitTree units, DossierCode code, Dossier? dossier, DossierCommand command, CommandRequest request) =>
        request.Caller.StartsWith(OwnCallers, StringComparison.Ordinal) ? request.Caller
        : command is SubmitDossier submission ? Known(units, submission.ReceivingUnit)
        : dossier is not null ? Known(units, dossier.Unit)
        : Known(units, NumberedBy(code.Value));

    private static string Known(UnitTree units, string unit) => units.Find(unit)?.Code ?? Unknown;

    private static string NumberedBy(string? code) => code is not null && code.IndexOf('-', StringComparison.Ordinal) is > 0 and var end ? code[..end] : Unknown;
}
