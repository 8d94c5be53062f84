using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Units;

namespace Workflow.Engine.Admission;

/// <summary>Tells for whom a command counts: the class within which commands share places and turns.</summary>
internal static class CommandUnit
{
    /// <summary>Callers that begin so are the engine's own.</summary>
    public const string OwnCallers = "system:";

    /// <summary>
    /// The receiving unit of a submission; otherwise the unit that the actor acts for; otherwise the caller. The engine's own commands
    /// count for their caller.
    /// </summary>
    public static string Of(UnitTree units, DossierCommand command, CommandRequest request)
    {
        if (request.Caller.StartsWith(OwnCallers, StringComparison.Ordinal))
        {
            return request.Caller;
        }

        // Units that do not exist would be as many classes as somebody can invent.
        return command is SubmitDossier submission && units.Find(submission.ReceivingUnit) is not null
            ? submission.ReceivingUnit
            : request.Actor.Unit ?? request.Caller;
    }
}
