using System.Diagnostics;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Activation;
using Workflow.Engine.Admission;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine;

public sealed partial class DossierEngine : IEngineFigures
{
    private static readonly TimeSpan RefusalsToldEvery = TimeSpan.FromSeconds(10);

    private long _refusalsToldAt = long.MinValue;

    int IEngineFigures.UnderWay => _gate.Taken;

    int IEngineFigures.Places => _options.QueueLength;

    IEnumerable<(string Name, TimeSpan Lag)> IEngineFigures.FollowerLags => _followers.Prepend(_legs).Select(f => (f.Name, f.Lag(_parts.Now)));

    /// <summary>Whether the engine takes commands.</summary>
    internal bool IsTaking => !_gate.IsClosed;

    /// <summary>Whether the shared commits go on: not the case only after a fault of the program.</summary>
    internal bool IsWriting => _parts.Writer.IsRunning || Volatile.Read(ref _ending) != 0;

    /// <summary>How long the commit under way has been waiting for the store.</summary>
    internal TimeSpan OldestAppend => _parts.Writer.OldestAppend;

    /// <summary>Deliveries that wait for somebody to look at them.</summary>
    internal int ParkedDeliveries => _parts.Instruments.ParkedDeliveries;

    /// <summary>Asks the store how late the earliest timer is; zero when none is, or when the host fires timers itself.</summary>
    internal async ValueTask<TimeSpan> TimerLatenessAsync(CancellationToken ct)
    {
        var earliest = await _parts.Store.NextWakeUpAsync(ct).ConfigureAwait(false);
        return _options.BackgroundTimers && earliest is { } wakeAt && wakeAt < _parts.Now ? _parts.Now - wakeAt : TimeSpan.Zero;
    }

    // Up to the first await within the caller's call, like what it watches.
    private async ValueTask<CommandResult> WatchAsync(ActiveDossier? held, DossierCode code, DossierCommand command, CommandRequest request, UnitPlaces places)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = Spans.Command(command, code);
        var (outcome, fault) = ("failed", default(Exception));
        try
        {
            var result = command is SubmitDossier submission
                ? await SubmitAdmittedAsync(submission, request, places).ConfigureAwait(false)
                : await ExecuteAdmittedAsync(held, code, command, request, places).ConfigureAwait(false);
            outcome = CommandWords.OutcomeOf(result);
            if (result is CommandResult.Accepted accepted)
            {
                span?.SetTag(Tags.DossierCode, accepted.Code.Value).SetTag(Tags.DossierVersion, accepted.Version);
            }

            return result;
        }
        catch (Exception failed)
        {
            outcome = failed is StorageUnavailableException ? "unknown" : outcome;
            fault = failed;
            span.Fail(failed);
            throw;
        }
        finally
        {
            span?.SetTag(Tags.CommandOutcome, outcome);
            _parts.Instruments.Command(command, outcome, Stopwatch.GetElapsedTime(started), fault);
        }
    }

    private void TellRefusal(in Refusal refusal)
    {
        _parts.Instruments.Busy(refusal.Reason);
        var (now, told) = (Stopwatch.GetTimestamp(), Volatile.Read(ref _refusalsToldAt));
        if ((told == long.MinValue || Stopwatch.GetElapsedTime(told, now) >= RefusalsToldEvery) && Interlocked.CompareExchange(ref _refusalsToldAt, now, told) == told)
        {
            EngineLog.Refusing(_logger, CommandWords.ReasonOf(refusal.Reason), _gate.Taken, _options.QueueLength);
        }
    }
}
