using System.Globalization;
using Workflow.Engine.Outbox;

namespace Workflow.Benchmarks.Subscribers;

/// <summary>What is filled and how long is measured.</summary>
internal sealed record SubscriberOptions
{
    public const string Usage =
        "usage: subscribers [--postgres CONNECTION] [--rows N] [--callers N] [--dossiers N] [--seconds N] [--pairs N] [--delay MILLISECONDS] [--format events|national-portal]; the database must be empty";

    /// <summary>The database; null for a private server that ends with the run.</summary>
    public string? Postgres { get; private init; }

    /// <summary>How many rows the journal has before anything is measured.</summary>
    public int Rows { get; private init; } = 100_000;

    public int Callers { get; private init; } = 64;

    public int Dossiers { get; private init; } = 20_000;

    public int Seconds { get; private init; } = 15;

    public int Pairs { get; private init; } = 3;

    /// <summary>How long the receiver takes for each delivery.</summary>
    public int Delay { get; private init; }

    public string Format { get; private init; } = PayloadFormats.Events;

    /// <summary>Returns the options; null when they cannot be used.</summary>
    public static SubscriberOptions? Read(string[] args)
    {
        var options = new SubscriberOptions();
        for (var i = 0; i < args.Length && options is not null; i += 2)
        {
            var text = i + 1 < args.Length ? args[i + 1] : null;
            var number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null;
            options = args[i] switch
            {
                "--postgres" when text is not null => options with { Postgres = text },
                "--rows" when number > 0 => options with { Rows = number.Value },
                "--callers" when number > 0 => options with { Callers = number.Value },
                "--dossiers" when number > 0 => options with { Dossiers = number.Value },
                "--seconds" when number > 0 => options with { Seconds = number.Value },
                "--pairs" when number > 0 => options with { Pairs = number.Value },
                "--delay" when number >= 0 => options with { Delay = number.Value },
                "--format" when PayloadFormats.All.Contains(text) => options with { Format = text! },
                _ => null,
            };
        }

        return options is { } read && read.Callers <= read.Dossiers ? read : null;
    }
}
