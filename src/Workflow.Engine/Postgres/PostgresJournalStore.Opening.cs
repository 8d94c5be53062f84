namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    /// <summary>How long <see cref="OpenAsync"/> and <see cref="LookAsync"/> go on trying to reach a server that is away or starting; zero to try once. Five seconds unless told.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Tells what the database holds. Changes nothing, and needs no opening.</summary>
    /// <exception cref="Journal.StorageException">The server cannot be reached or refuses.</exception>
    public ValueTask<PostgresContents> LookAsync(CancellationToken ct = default) =>
        _connections.UsePatientlyAsync(c => PostgresOpening.LookAsync(c, ct), Patience, ct);
}
