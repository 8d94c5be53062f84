using Workflow.Grains;

namespace Workflow.Silo;

/// <summary>How a silo holds dossiers. Read once, when it is set up; how its engine runs is told by <see cref="Engine.Setup.WorkflowEngineOptions"/>.</summary>
public sealed class WorkflowSiloOptions
{
    /// <summary>How long a dossier stays in memory after its last call, above one minute. Ten minutes unless told.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most connections of the silo to the database for membership, grain storage and reminders, 2 to 1000, beside the engine's own. Ten unless told.</summary>
    /// <remarks>All silos together stay below the server's <c>max_connections</c>: what is above it fails under load alone.</remarks>
    public int ProviderConnections { get; set; } = 10;

    /// <summary>
    /// Whether silos find each other through the database, and grain storage <c>workflow</c> and reminders stand there too. Otherwise the host sets up clustering,
    /// a grain storage of that name and reminders itself.
    /// </summary>
    public bool ProvidersInDatabase { get; set; } = true;

    /// <summary>How grains are called from within the silo.</summary>
    public WorkflowClientOptions Calls { get; } = new();

    /// <summary>Returns one line per mistake; empty when there is none.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>(Calls.Mistakes());
        if (CollectionAge <= TimeSpan.FromMinutes(1) || CollectionAge > TimeSpan.FromDays(365))
        {
            mistakes.Add($"CollectionAge is {CollectionAge}: give more than a minute and at most a year, such as 00:10:00.");
        }

        if (ProviderConnections is < 2 or > 1_000)
        {
            mistakes.Add($"ProviderConnections is {ProviderConnections}: give 2 to 1000.");
        }

        return mistakes;
    }
}
