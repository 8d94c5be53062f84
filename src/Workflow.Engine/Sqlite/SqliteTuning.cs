namespace Workflow.Engine.Sqlite;

/// <summary>What tests and measurements vary in the embedded store.</summary>
internal sealed record SqliteTuning
{
    /// <summary>The schema's migrations.</summary>
    public IReadOnlyList<string> Migrations { get; init; } = SqliteSchema.Migrations;

    /// <summary>The most pages the database may have, or 0 for no such bound: a small disk for tests.</summary>
    public int MaxPages { get; init; }

    /// <summary>How long a lock of another program is waited for.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how many pages of 4 KiB the WAL is copied into the database.</summary>
    public int CheckpointPages { get; init; } = 8_000;

    /// <summary>The size of the WAL, in bytes, at which the writer waits for readers to be able to empty it.</summary>
    public long MaxWalBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>How many reads may run at once.</summary>
    public int Readers { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 8);
}
