using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary>Says what became of a command.</summary>
internal static class Outcome
{
    /// <summary>Prints the outcome and returns the exit status: 1 for a refusal.</summary>
    /// <exception cref="UnusableInputException">There is no such dossier.</exception>
    public static async Task<int> ReportAsync(Session session, CommandResult result, CommandRequest request)
    {
        switch (result)
        {
            case CommandResult.Accepted done:
                var state = done.Events.OfType<DossierMoved>().LastOrDefault()?.To ?? done.Events.OfType<DossierSubmitted>().LastOrDefault()?.State;
                await session.ResultAsync(
                    new { Accepted = true, Code = done.Code.Value, done.Version, Repeat = done.IsRepeat, State = state, CommandId = request.Id.Value, Events = done.Events.Select(e => e.GetType().Name) },
                    [
                        $"{done.Code} version {done.Version}{(state is null ? string.Empty : $": {state}")}{(done.IsRepeat ? " (done before under this id)" : string.Empty)}",
                        $"command id {request.Id}",
                    ]).ConfigureAwait(false);
                return ExitStatus.Done;
            case CommandResult.Rejected refused:
                await session.ResultAsync(
                    new { Accepted = false, Code = refused.Code?.Value, refused.Version, refused.Unmet },
                    [$"refused{(refused.Code is { } code ? $", {code} is unchanged" : string.Empty)}:", .. refused.Unmet.Select(u => $"  {Faults.OneLine(u.ToString())}")]).ConfigureAwait(false);
                return ExitStatus.Found;
            case CommandResult.IdReused reused:
                await session.ResultAsync(
                    new { Accepted = false, Code = reused.Code.Value, Unmet = new[] { new UnmetGuard("command-id", $"'{reused.Id}' stands for another command") } },
                    [$"refused: the command id '{reused.Id}' stands for another command of {reused.Code}; give this one an id of its own"]).ConfigureAwait(false);
                return ExitStatus.Found;
            case CommandResult.NotFound missing:
                throw NotFound(missing.Code);
            default:
                throw new UnusableInputException("the engine has more to do than it can take: give the command again in a moment");
        }
    }

    public static UnusableInputException NotFound(DossierCode code) => new($"there is no dossier {code} in this store: check the code, and --data or --postgres");
}
