namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    /// <summary>How long <see cref="OpenAsync"/> and <see cref="LookAsync"/> go on trying to reach a server that is away or starting; zero to try once. Five seconds unless told.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async ValueTask OpenAsync(CancellationToken ct)
    {
        await _opening.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_appends is not null)
            {
                throw new InvalidOperationException("The store is open already.");
            }

            await _connections.UsePatientlyAsync(c => PostgresOpening.OpenAsync(c, _connections, ct), Patience, ct).ConfigureAwait(false);
            _appends = new PostgresAppends(_connections, _time);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Tells what the database holds. Changes nothing, and needs no opening.</summary>
    /// <exception cref="Journal.StorageException">The server cannot be reached or refuses.</exception>
    public ValueTask<PostgresContents> LookAsync(CancellationToken ct = default) =>
        _connections.UsePatientlyAsync(c => PostgresOpening.LookAsync(c, ct), Patience, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                await _connections.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _opening.Release();
        }
    }
}
