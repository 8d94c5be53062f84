using Workflow.Core.Dossiers;
using Workflow.Engine.Telemetry;
using Workflow.Engine.Timers;

namespace Workflow.Engine;

/// <content>Timers.</content>
public sealed partial class DossierEngine
{
    /// <summary>How late timers fire on this host.</summary>
    public TimerLateness TimerLateness => _timers.Lateness;

    /// <summary>Wakes every dossier whose timer is due at the clock's time, and waits until that is done.</summary>
    /// <returns>How many had something to do.</returns>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public ValueTask<int> FireDueTimersAsync(CancellationToken cancellationToken = default) => FireDueTimersAsync(_parts.Now, cancellationToken);

    /// <summary>As above, for timers that are due at or before <paramref name="upTo"/>; never those after the clock's time.</summary>
    public ValueTask<int> FireDueTimersAsync(DateTimeOffset upTo, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _timers.FireAsync(upTo < _parts.Now ? upTo : _parts.Now, cancellationToken);
    }

    private async ValueTask<bool> WakeAsync(DossierCode code)
    {
        Admit();
        using var span = Spans.Timer(code);
        try
        {
            var entry = await _directory.EnterAsync(code).ConfigureAwait(false);
            try
            {
                return await entry.Active.WakeInTurnAsync().ConfigureAwait(false);
            }
            finally
            {
                _directory.Leave(entry);
            }
        }
        finally
        {
            Discharge();
        }
    }

    private int CallersUnderWay() => _gate.Taken;
}
