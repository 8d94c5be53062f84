using System.Threading.Channels;

namespace Workflow.Engine.Followers;

/// <summary>Wakes one who waits for more to do; many signals before it looks are one. Safe to share between threads.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be more.</summary>
    public void Set() => _more.Writer.TryWrite(true);

    /// <summary>Waits for a signal, without end.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> has ended.</exception>
    public async Task WaitAsync(CancellationToken ct) => await _more.Reader.ReadAsync(ct).ConfigureAwait(false);

    /// <summary>Waits for a signal; false when none came in time.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> has ended.</exception>
    public async Task<bool> WaitAsync(TimeSpan wait, TimeProvider time, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var signal = _more.Reader.ReadAsync(over.Token).AsTask();
        var pause = Task.Delay(wait, time, over.Token);
        await Task.WhenAny(signal, pause).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        try
        {
            return await signal.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }
}
