using System.Globalization;

namespace Workflow.Benchmarks.Postgres;

/// <summary>How long a comparison measures.</summary>
/// <param name="Pairs">How many interleaved rounds.</param>
/// <param name="Seconds">How long each measurement takes.</param>
/// <param name="Dossiers">How many dossiers there are.</param>
internal sealed record ComparisonOptions(int Pairs, int Seconds, int Dossiers)
{
    private const int LeastDossiers = 256;

    /// <summary>Reads them; null, and a line on standard error, when they are none.</summary>
    /// <param name="mode">The comparison.</param>
    /// <param name="args">Its arguments.</param>
    public static ComparisonOptions? Read(string mode, string[] args)
    {
        var options = new ComparisonOptions(3, 10, 20_000);
        for (var i = 0; i < args.Length && options is not null; i += 2)
        {
            options = i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? options.With(args[i], number) : null;
        }

        if (options is { Pairs: >= 1, Seconds: >= 1, Dossiers: >= LeastDossiers })
        {
            return options;
        }

        Console.Error.WriteLine($"{mode}: give --pairs N, --seconds S and --dossiers N, each at least 1 ({LeastDossiers} dossiers), such as: {mode} --pairs 3 --seconds 10");
        return null;
    }

    private ComparisonOptions? With(string name, int number) => name switch
    {
        "--pairs" => this with { Pairs = number },
        "--seconds" => this with { Seconds = number },
        "--dossiers" => this with { Dossiers = number },
        _ => null,
    };
}
