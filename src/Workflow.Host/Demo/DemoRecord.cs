using System.Text.Json;
using Workflow.Engine.Journal;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Demo;

/// <summary>What a store says of the demo that it holds: written last, so that a demo that was broken off has none.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Seconds">How long the replay took.</param>
/// <param name="Commands">The commands given, timers apart.</param>
/// <param name="Commits">The commits that they shared with the timers' firings; blocks of dossier numbers apart.</param>
/// <param name="JournalHash">The journal's hash when it was finished.</param>
internal sealed record DemoRecord(int Seed, double Seconds, int Commands, long Commits, string JournalHash)
{
    private const string Note = "demo";
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the record of a finished demo; null when the directory or database is empty or not there.</summary>
    /// <exception cref="UnusableInputException">It holds something else.</exception>
    public static async Task<DemoRecord?> ReadAsync(StoreChoice choice, CancellationToken cancellationToken)
    {
        if (await choice.ReadNoteAsync(Note, cancellationToken).ConfigureAwait(false) is { } text)
        {
            try
            {
                return JsonSerializer.Deserialize<DemoRecord>(text, s_json) ?? throw new JsonException("it is empty");
            }
            catch (JsonException e)
            {
                throw new UnusableInputException($"{choice.NoteName(Note)} cannot be read ({Faults.OneLine(e.Message)}): remove the {choice.Kind}, or choose another with {choice.Option}", e);
            }
        }

        return await choice.IsEmptyAsync(cancellationToken).ConfigureAwait(false)
            ? null
            : throw new UnusableInputException(
                $"{choice.Name} holds something else than a finished demo (other data, or a demo that was broken off): choose an empty {choice.Kind} with {choice.Option}, or remove this one");
    }

    /// <summary>Marks an open store as holding this demo, finished.</summary>
    public ValueTask WriteAsync(StoreChoice choice, IJournalStore store, CancellationToken cancellationToken) =>
        choice.WriteNoteAsync(store, Note, JsonSerializer.Serialize(this, s_json), cancellationToken);
}
