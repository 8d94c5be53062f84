using Microsoft.Extensions.Logging;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Outbox;

/// <summary>What all subscribers of a host share. Safe to share between threads.</summary>
/// <param name="Store">The store.</param>
/// <param name="Host">This host's name among those on the store.</param>
/// <param name="Feed">Reads what dossiers have to tell.</param>
/// <param name="UnitName">The name of a unit by its code; null when there is none.</param>
/// <param name="Options">How deliveries are made.</param>
/// <param name="Logger">Where it logs.</param>
internal sealed record OutboxParts(IJournalStore Store, string Host, DossierFeed Feed, Func<string, string?> UnitName, DeliveryOptions Options, ILogger Logger)
{
    /// <summary>What is measured; null for nothing.</summary>
    public EngineInstruments? Instruments { get; init; }

    /// <summary>How many commands of callers are under way.</summary>
    public Func<int> Callers { get; init; } = () => 0;
}

/// <summary>What the outbox logs. Names, codes and statuses; never bodies, secrets or addresses.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(40, LogLevel.Error, "Subscriber {Name} could not be served; it is tried again in a moment.")]
    public static partial void Failed(ILogger logger, string name, Exception fault);

    [LoggerMessage(41, LogLevel.Warning, "Subscriber {Name} is down ({Why}) and rests until {Until}.")]
    public static partial void Rests(ILogger logger, string name, string why, DateTimeOffset until);

    [LoggerMessage(42, LogLevel.Information, "Subscriber {Name} is up again.")]
    public static partial void Well(ILogger logger, string name);

    [LoggerMessage(43, LogLevel.Error, "Subscriber {Name} is gone ({Why}) and paused until it is retried by command.")]
    public static partial void Paused(ILogger logger, string name, string why);

    [LoggerMessage(44, LogLevel.Error, "The delivery of dossier {Code}, version {Version}, to subscriber {Name} is parked after {Attempts} attempts ({Why}).")]
    public static partial void Parked(ILogger logger, string name, string code, int version, int attempts, string why);

    [LoggerMessage(45, LogLevel.Error, "The delivery of dossier {Code}, version {Version}, to subscriber {Name} could not be made; it is tried again later.")]
    public static partial void NotMade(ILogger logger, string name, string code, int version, Exception fault);

    [LoggerMessage(46, LogLevel.Error, "The subscribers could not be read; they are read again in a moment.")]
    public static partial void NotRead(ILogger logger, Exception fault);

    [LoggerMessage(47, LogLevel.Error, "Subscriber {Name} has {Owed} dossiers with trouble, and nothing new is delivered until some are retried by command.")]
    public static partial void TooManyOwed(ILogger logger, string name, int owed);
}
