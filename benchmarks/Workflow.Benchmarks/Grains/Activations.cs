using System.Diagnostics;
using Workflow.Core.Dossiers;
using Workflow.Host.Loading;

namespace Workflow.Benchmarks.Grains;

/// <summary>What it takes to have a grain in memory: time, and room.</summary>
internal static class Activations
{
    private const int Rounds = 3;
    private const int AtOnce = 64;
    private const int MostTimed = 5_000;

    /// <summary>How long the first call takes of grains that are not in memory, in turn by one caller: a dossier that is read, a state in the storage of Orleans that is read, and nothing.</summary>
    public static async Task<(Latencies Dossier, Latencies Stock, Latencies Empty)> TimeAsync(LoadedSilo silo)
    {
        var calls = new (Latencies Times, Func<DossierCode, Task> Call)[]
        {
            (new(), code => FindAsync(silo, code)), (new(), code => silo.Stock(code).FindAsync().AsTask()), (new(), code => silo.Empty(code).TouchAsync().AsTask()),
        };
        await silo.DeactivateAsync();

        // The first ones are not counted: code is compiled.
        var warm = silo.Codes.Length / 10;
        for (var i = 0; i < Math.Min(silo.Codes.Length, MostTimed + warm); i++)
        {
            for (var k = 0; k < calls.Length; k++)
            {
                // Each comes first as often as the others.
                var (times, call) = calls[(i + k) % calls.Length];
                var before = Stopwatch.GetTimestamp();
                await call(silo.Codes[i]);
                if (i >= warm)
                {
                    times.Add(Stopwatch.GetElapsedTime(before));
                }
            }
        }

        return (calls[0].Times, calls[1].Times, calls[2].Times);
    }

    /// <summary>The bytes that stay per idle activation of a kind: the median of some rounds with full collections before and after.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="codes">Which are activated, all at once.</param>
    /// <param name="call">Activates one.</param>
    public static async Task<double> WeighAsync(LoadedSilo silo, DossierCode[] codes, Func<DossierCode, Task> call)
    {
        var bytes = new List<double>();

        // The first round fills tables that grow by doubling and do not shrink, and is not counted.
        for (var round = 0; round <= Rounds; round++)
        {
            await silo.DeactivateAsync();
            var before = Settled();
            await Parallel.ForEachAsync(codes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (code, _) => await call(code));
            if (round > 0)
            {
                bytes.Add((Settled() - before) / (double)codes.Length);
            }
        }

        return bytes.Order().ElementAt(bytes.Count / 2);
    }

    /// <summary>Reads a dossier through its grain.</summary>
    public static async Task FindAsync(LoadedSilo silo, DossierCode code)
    {
        if (await silo.Engine.FindAsync(code) is null)
        {
            throw new InvalidOperationException($"Dossier {code} is not found: the figures would not count.");
        }
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
