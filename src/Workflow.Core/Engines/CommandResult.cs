using Workflow.Core.Dossiers;

namespace Workflow.Core.Engines;

/// <summary>What became of a command. One of the nested types.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>It was done, now or, as <see cref="IsRepeat"/> says, the first time it came.</summary>
    /// <param name="Code">The dossier.</param>
    /// <param name="Version">The version that the command made.</param>
    /// <param name="Events">What happened then.</param>
    /// <param name="IsRepeat">Whether the command had been done before and nothing happened now.</param>
    public sealed record Accepted(DossierCode Code, int Version, IReadOnlyList<DossierEvent> Events, bool IsRepeat) : CommandResult;

    /// <summary>It was refused and changed nothing.</summary>
    /// <param name="Code">The dossier; null when a submission was refused.</param>
    /// <param name="Version">The dossier's version when it was decided; 0 for a submission.</param>
    /// <param name="Unmet">Every unmet guard. Never empty.</param>
    public sealed record Rejected(DossierCode? Code, int Version, IReadOnlyList<UnmetGuard> Unmet) : CommandResult;

    /// <summary>There is no such dossier.</summary>
    /// <param name="Code">The code that was asked for.</param>
    public sealed record NotFound(DossierCode Code) : CommandResult;

    /// <summary>The id was used before by this caller for other content. Nothing was done.</summary>
    /// <param name="Code">The dossier that the id stands for.</param>
    /// <param name="Id">The id.</param>
    public sealed record IdReused(DossierCode Code, CommandId Id) : CommandResult;

    /// <summary>The engine has more to do than it can take. Nothing was done; the same command may be given again.</summary>
    /// <param name="RetryAfter">When it is worth trying again.</param>
    public sealed record Busy(TimeSpan RetryAfter) : CommandResult;
}
