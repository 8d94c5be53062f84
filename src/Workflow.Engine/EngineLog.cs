using Microsoft.Extensions.Logging;
using Workflow.Engine.Journal;

namespace Workflow.Engine;

/// <summary>What the engine logs. Codes and names, never personal data.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "A commit of {Count} commands failed; nothing of it was written.")]
    public static partial void CommitFailed(ILogger logger, int count, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "The store did not tell what became of {Count} commands (offer {Offer}): they are offered again.")]
    public static partial void StoreUnanswered(ILogger logger, int count, int offer, Exception fault);

    [LoggerMessage(32, LogLevel.Warning, "The store did not answer a command (try {Try}): it is asked again.")]
    public static partial void StoreAway(ILogger logger, int @try, Exception fault);

    [LoggerMessage(33, LogLevel.Warning, "The store refused a commit of {Count} commands, of which nothing was written: they are offered in parts.")]
    public static partial void CommitSplit(ILogger logger, int count, Exception fault);

    [LoggerMessage(34, LogLevel.Warning, "Somebody else's transaction has dossier {Code} locked: its command waits, and others go on.")]
    public static partial void DossierHeld(ILogger logger, string code);

    [LoggerMessage(35, LogLevel.Error, "Who waits for commits could not be told of one; the commit stands.")]
    public static partial void CommitNotTold(ILogger logger, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "The timers of dossier {Code} could not be fired; they are tried again later.")]
    public static partial void TimerFailed(ILogger logger, string code, Exception fault);

    [LoggerMessage(4, LogLevel.Error, "The timers could not be read; they are tried again later.")]
    public static partial void TimersFailed(ILogger logger, Exception fault);

    [LoggerMessage(7, LogLevel.Error, "Procedure {Procedure}, which another host published, cannot be used here: register its guards with this host's options.")]
    public static partial void ProcedureUnusable(ILogger logger, string procedure, Exception defects);

    [LoggerMessage(6, LogLevel.Error, "What became of a commit of {Count} commands is not known; their callers are told to give them again.")]
    public static partial void CommitUnknown(ILogger logger, int count, Exception fault);

    [LoggerMessage(8, LogLevel.Information, "Follower {Name} {What}.")]
    public static partial void FollowerLead(ILogger logger, string name, string what);

    [LoggerMessage(5, LogLevel.Error, "Follower {Name} failed behind {Cursor}; it is tried again later.")]
    public static partial void FollowerFailed(ILogger logger, string name, JournalCursor cursor, Exception fault);

    [LoggerMessage(10, LogLevel.Information, "The engine ends: {Count} commands are under way, no more are taken.")]
    public static partial void Ending(ILogger logger, int count);

    [LoggerMessage(11, LogLevel.Information, "The engine has ended.")]
    public static partial void Ended(ILogger logger);

    [LoggerMessage(13, LogLevel.Warning, "Commands are told to come again ({Reason}): {Taken} of {Places} places are taken. Told every ten seconds at most.")]
    public static partial void Refusing(ILogger logger, string reason, int taken, int places);

    [LoggerMessage(12, LogLevel.Warning, "The engine ends without waiting longer for {What}: what was not answered is unknown to its caller.")]
    public static partial void EndOverdue(ILogger logger, string what);

    [LoggerMessage(14, LogLevel.Error, "{What} did not end in order; the rest of the engine ends all the same.")]
    public static partial void EndFailed(ILogger logger, string what, Exception fault);

    [LoggerMessage(30, LogLevel.Information, "{Count} closed dossiers were moved to the archive.")]
    public static partial void Archived(ILogger logger, long count);

    [LoggerMessage(31, LogLevel.Error, "Closed dossiers could not be moved to the archive; it is tried again later.")]
    public static partial void ArchivingFailed(ILogger logger, Exception fault);
}
