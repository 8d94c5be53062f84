using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Benchmarks.Growth;

/// <summary>What a command, a page of a work list and the loading of a dossier cost as the store grows. Prints a table in markdown.</summary>
internal static class GrowthRun
{
    private const int Rounds = 3;
    private const int Pages = 400;
    private const int Loads = 2_000;

    /// <summary>Fills, measures and prints; the exit status.</summary>
    public static async Task<int> RunAsync(GrowthOptions options)
    {
        using var server = new GrowthServer(options.Postgres);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {options.Callers} callers over {options.Open:N0} open dossiers; closed dossiers {(options.Archived ? "in the archive" : "not archived")}. Commands: median of {Rounds} times {options.Seconds} s. Pages of 50.

            | stored dossiers beside | commands/s | p50 ms | p99 ms | page, open ms (p50/p99) | page, all, behind the first half ms (p50/p99) | load, open ms (p50/p99) | load, closed ms (p50/p99) |
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """));
        foreach (var size in options.Sizes)
        {
            Console.WriteLine(await MeasureAsync(server, options, size));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(GrowthServer server, GrowthOptions options, int size)
    {
        var schema = string.Create(CultureInfo.InvariantCulture, $"growth_{size}");
        var connection = server.CreateSchema(schema);
        await using (var office = await GrowthOffice.OpenAsync(connection))
        {
            Note($"{size:N0}: submitting {options.Open:N0} dossiers");
            var codes = new DossierCode[options.Open];
            await Parallel.ForAsync(0, codes.Length, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, _) => codes[n] = await office.SubmitAsync(n));
            var closed = await office.SubmitAsync(codes.Length);
            await office.FireAsync(closed, "forward");
            await office.FireAsync(closed, "finish");
            Note($"{size:N0}: filling");
            GrowthFilling.Fill(connection, codes[0], closed, size, options.Archived);

            Note($"{size:N0}: measuring");
            var moved = new bool[codes.Length];
            await CommandsAsync(office, codes, moved, options.Callers, seconds: 2);
            var commands = new List<(double PerSecond, double P50, double P99)>();
            for (var round = 0; round < Rounds; round++)
            {
                commands.Add(await CommandsAsync(office, codes, moved, options.Callers, options.Seconds));
            }

            var median = commands.OrderBy(c => c.PerSecond).ElementAt(Rounds / 2);
            var random = new Random(2020);
            var middle = DateTimeOffset.UtcNow;
            var open = await TimesAsync(Pages, () => office.Store.QueryWorkListAsync(new WorkListQuery { Unit = AnyUnit() }, default).AsTask());
            var all = await TimesAsync(
                Pages, () => office.Store.QueryWorkListAsync(new WorkListQuery { Unit = AnyUnit(), OpenOnly = false, After = new WorkListKey(middle, string.Empty) }, default).AsTask());
            var loadOpen = await TimesAsync(Loads, () => office.Store.LoadAsync(codes[random.Next(codes.Length)].Value, default).AsTask());
            var filled = Math.Max(1, size - (size / 20));
            var loadClosed = await TimesAsync(
                Loads, () => office.Store.LoadAsync(string.Create(CultureInfo.InvariantCulture, $"C-{1 + random.Next(filled):D8}"), default).AsTask());
            server.DropSchema(schema);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {size:N0} | {median.PerSecond:N0} | {median.P50:F2} | {median.P99:F2} | {open} | {all} | {loadOpen} | {loadClosed} |");

            string AnyUnit() => GrowthOffice.UnitOf(random.Next(GrowthOffice.Communes));
        }
    }

    // Each caller has dossiers of its own and gives the next command when it has the answer to the last.
    private static async Task<(double PerSecond, double P50, double P99)> CommandsAsync(GrowthOffice office, DossierCode[] codes, bool[] moved, int callers, int seconds)
    {
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            for (var at = caller; clock.Elapsed.TotalSeconds < seconds; at = at + callers < codes.Length ? at + callers : caller)
            {
                var began = clock.Elapsed;
                await office.FireAsync(codes[at], moved[at] ? "back" : "forward");
                moved[at] = !moved[at];
                own.Add((clock.Elapsed - began).TotalMilliseconds);
            }

            return own;
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        var sorted = times.SelectMany(t => t).Order().ToArray();
        return (sorted.Length / elapsed, At(sorted, 0.5), At(sorted, 0.99));
    }

    private static async Task<string> TimesAsync(int count, Func<Task> work)
    {
        for (var i = 0; i < 20; i++)
        {
            await work();
        }

        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"{At(times, 0.5):F2} / {At(times, 0.99):F2}");
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static void Note(FormattableString what) => Console.Error.WriteLine(FormattableString.Invariant($"{DateTime.Now:HH:mm:ss} {FormattableString.Invariant(what)}"));
}
