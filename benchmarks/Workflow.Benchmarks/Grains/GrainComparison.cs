using Workflow.Benchmarks.Postgres;
using Workflow.Testing;

namespace Workflow.Benchmarks.Grains;

/// <summary><c>orleans --pairs N --seconds S [--dossiers N]</c>: dossiers in grains beside the engine without them and beside the storage of Orleans, in turn on one private server, as markdown.</summary>
internal static class GrainComparison
{
    private const int Callers = 64;
    private const double MostBytes = 1.2 * 1024;

    private static readonly string[] s_names = ["dossiers in grains", "engine without grains", "grain storage of Orleans"];

    public static async Task<int> RunAsync(string[] args)
    {
        if (ComparisonOptions.Read("orleans", args) is not var (pairs, seconds, dossiers))
        {
            return 2;
        }

        if (PostgresTools.Find() is not { } tools)
        {
            await Console.Error.WriteLineAsync("orleans: PostgreSQL 15 or newer is not installed: install the package postgresql");
            return 2;
        }

        // Beside the settings of a new cluster room for two engines and for the provider, whose pool takes up to 100 by default.
        using var server = PrivatePostgres.Start(tools, "max_connections=200");
        await Report.ReadAsync(server, "CREATE SCHEMA silo");
        await Report.ReadAsync(server, "CREATE SCHEMA engine");
        await using var silo = await LoadedSilo.StartAsync(server.ConnectionString + ";Search Path=silo", dossiers);
        await using var engine = await LoadedEngine.OpenAsync(server.ConnectionString + ";Search Path=engine", dossiers);
        Func<Task<Measured>>[] measurements = [() => silo.RunAsync(Callers, seconds), () => engine.RunAsync(Callers, seconds), () => silo.RunStockAsync(Callers, seconds)];
        foreach (var measurement in measurements)
        {
            // Once without counting: code is compiled, statements are prepared, pages are in memory.
            await measurement();
        }

        var results = await Rounds.RunAsync(server, s_names, measurements, pairs);
        await Console.Error.WriteLineAsync("activations");
        var (cold, stocked, none) = await Activations.TimeAsync(silo);
        await Console.Error.WriteLineAsync("heap");
        var small = await silo.SubmitSmallAsync(dossiers);
        var empty = await Activations.WeighAsync(silo, silo.Codes, code => silo.Empty(code).TouchAsync().AsTask());
        var stock = await Activations.WeighAsync(silo, silo.Codes, code => silo.Stock(code).FindAsync().AsTask());
        var dossier = await Activations.WeighAsync(silo, silo.Codes, code => Activations.FindAsync(silo, code));
        var smallDossier = await Activations.WeighAsync(silo, small, code => Activations.FindAsync(silo, code));

        Report.Line($"{await Report.SettingsAsync(server)}; {Environment.ProcessorCount} cores shared by server and callers; .NET {Environment.Version}; Orleans {OrleansVersion()}; {pairs} interleaved rounds of {seconds} s each.");
        Report.Line($"{Callers} callers; one silo, client in process; {dossiers:N0} dossiers, snapshots of {await engine.SnapshotBytesAsync():N0} B, every index in place; as many grains with a state of 1 KB that write it per call through Orleans' ADO.NET provider with its defaults.");
        Report.Line($"");
        Report.Rates(s_names, results);
        Report.Line($"");
        Report.Line($"| first call, not in memory, 1 caller | p50 ms | p99 ms |");
        Report.Line($"| --- | --- | --- |");
        Report.Line($"| {s_names[0]}, read | {cold.Percentile(0.5):N2} | {cold.Percentile(0.99):N2} |");
        Report.Line($"| {s_names[2]}, read | {stocked.Percentile(0.5):N2} | {stocked.Percentile(0.99):N2} |");
        Report.Line($"| empty grain | {none.Percentile(0.5):N2} | {none.Percentile(0.99):N2} |");
        Report.Line($"");
        Report.Line($"| {dossiers:N0} idle activations | B each | above an empty one |");
        Report.Line($"| --- | --- | --- |");
        Report.Line($"| empty grain | {empty:N0} | |");
        Report.Line($"| {s_names[2]}, state of 1 KB | {stock:N0} | {stock - empty:N0} |");
        Report.Line($"| {s_names[0]}, as the bar of the engine has them: name, field, document, clock | {smallDossier:N0} | {smallDossier - empty:N0} |");
        Report.Line($"| {s_names[0]}, 1 KB as JSON | {dossier:N0} | {dossier - empty:N0} |");
        Report.Bars();
        var medians = results.Select(r => Measured.MedianOf(r).PerSecond).ToArray();
        var (grains, bare, written) = (medians[0], medians[1], medians[2]);
        Report.Bar("64 callers: at least 4 times the grain storage of Orleans", grains / written, " times", grains >= 4 * written);
        Report.Bar("64 callers: at least 0.7 of the engine without grains", grains / bare, " times", grains >= 0.7 * bare);
        Report.Bar("first read of a stored dossier: no slower than from the grain storage of Orleans (p50)", cold.Percentile(0.5) / stocked.Percentile(0.5), " times", cold.Percentile(0.5) <= stocked.Percentile(0.5));
        Report.Bar("heap per idle dossier grain: at most 1.2 KB above an empty activation", smallDossier - empty, " B", smallDossier - empty <= MostBytes);
        return 0;
    }

    private static string OrleansVersion() =>
        System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Grain).Assembly.Location).ProductVersion ?? "of an unknown version";
}
