using System.Text.Json;
using Workflow.Host.Terminal;

namespace Workflow.Host.Demo;

/// <summary>What a data directory says of the demo that it holds: written last, so that a demo that was broken off has none.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Seconds">How long the replay took.</param>
/// <param name="Commands">The commands given, timers apart.</param>
/// <param name="Commits">The commits that they shared with the timers' firings; blocks of dossier numbers apart.</param>
/// <param name="JournalHash">The journal's hash when it was finished.</param>
internal sealed record DemoRecord(int Seed, double Seconds, int Commands, long Commits, string JournalHash)
{
    private const string FileName = "demo.json";
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the record of a finished demo; null when the directory is empty or not there.</summary>
    /// <exception cref="UnusableInputException">The directory holds something else.</exception>
    public static DemoRecord? Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (File.Exists(path))
        {
            try
            {
                return JsonSerializer.Deserialize<DemoRecord>(File.ReadAllText(path), s_json) ?? throw new JsonException("it is empty");
            }
            catch (JsonException e)
            {
                throw new UnusableInputException($"{path} cannot be read ({Faults.OneLine(e.Message)}): remove the directory, or choose another with --data", e);
            }
        }

        return Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()
            ? throw new UnusableInputException($"{directory} holds something else than a finished demo (other data, or a demo that was broken off): choose an empty directory with --data, or remove this one")
            : null;
    }

    /// <summary>Marks the directory as holding this demo, finished.</summary>
    public void Write(string directory)
    {
        var path = Path.Combine(directory, FileName);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, s_json));
        File.Move(path + ".new", path, overwrite: true);
    }
}
