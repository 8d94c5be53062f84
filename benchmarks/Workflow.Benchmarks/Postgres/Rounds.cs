using System.Globalization;
using Workflow.Testing;

namespace Workflow.Benchmarks.Postgres;

/// <summary>Measurements in turn on one server.</summary>
internal static class Rounds
{
    /// <summary>Takes each measurement so many times.</summary>
    public static async Task<IReadOnlyList<Measured>[]> RunAsync(PrivatePostgres server, string[] names, Func<Task<Measured>>[] measurements, int rounds)
    {
        var results = measurements.Select(_ => new List<Measured>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            // Every other time backwards, so that nothing always follows the same thing.
            foreach (var i in round % 2 == 0 ? Enumerable.Range(0, measurements.Length) : Enumerable.Range(0, measurements.Length).Reverse())
            {
                await Report.ReadAsync(server, "CHECKPOINT");
                results[i].Add(await measurements[i]());
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}: {names[i]} {results[i][^1].PerSecond:N0}/s"));
            }
        }

        return results;
    }
}
