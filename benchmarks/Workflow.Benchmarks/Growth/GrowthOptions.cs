using System.Globalization;

namespace Workflow.Benchmarks.Growth;

/// <summary>What is filled and how long is measured.</summary>
internal sealed record GrowthOptions
{
    /// <summary>The database; null for a private server that ends with the run.</summary>
    public string? Postgres { get; private init; }

    /// <summary>How many stored dossiers stand beside the open ones that commands go to.</summary>
    public IReadOnlyList<int> Sizes { get; private init; } = [10_000, 100_000, 1_000_000];

    /// <summary>How many open dossiers commands go to; made by the engine.</summary>
    public int Open { get; private init; } = 20_000;

    public int Callers { get; private init; } = 64;

    /// <summary>How long commands are given, each of three times.</summary>
    public int Seconds { get; private init; } = 10;

    /// <summary>Whether closed dossiers stand in the archive; otherwise among the open ones, for comparison.</summary>
    public bool Archived { get; private init; } = true;

    /// <exception cref="ArgumentException">An option is unknown.</exception>
    public static GrowthOptions Read(string[] args)
    {
        var options = new GrowthOptions();
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--without-archive" => options with { Archived = false },
                "--postgres" => options with { Postgres = Value() },
                "--sizes" => options with { Sizes = [.. Value().Split(',').Select(Number)] },
                "--open" => options with { Open = Number(Value()) },
                "--callers" => options with { Callers = Number(Value()) },
                "--seconds" => options with { Seconds = Number(Value()) },
                _ => throw new ArgumentException($"'{args[i]}' is none of --postgres CONNECTION, --sizes N,N,N, --open N, --callers N, --seconds N, --without-archive."),
            };

            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} has no value.");
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
