using System.Text;
using Workflow.Host.Stores;

namespace Workflow.Host.Terminal;

/// <summary>Where a command finds its surroundings: the streams, whether people look at them, the clock.</summary>
/// <param name="Output">Standard output: results.</param>
/// <param name="Error">Standard error: one line for a mistake, and progress.</param>
internal sealed record HostEnvironment(TextWriter Output, TextWriter Error)
{
    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal, so that a bar can be drawn on it.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The directory of the catalogue: procedures, units, calendar. The one that travels with the host unless it is told another.</summary>
    public string Catalogue { get; init; } = Path.Combine(AppContext.BaseDirectory, "procedures");

    /// <summary>The database that is worked on where no option names a store; null for none.</summary>
    public string? Postgres { get; init; }

    /// <summary>The settings of <c>serve</c> that the environment gives, by their names (<c>Identity:Authority</c>).</summary>
    public IReadOnlyDictionary<string, string?> ServeSettings { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a command waits for a database server that is away or starting.</summary>
    public TimeSpan StorePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Those of this process.</summary>
    public static HostEnvironment OfProcess()
    {
        // Vietnamese text and block characters, whatever the terminal's locale says.
        if (!OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new HostEnvironment(Console.Out, Console.Error)
        {
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            ServeSettings = Serving.ServeSettings.OfVariables(Environment.GetEnvironmentVariables()),
            Postgres = Environment.GetEnvironmentVariable(StoreOptions.Variable),
            Catalogue = Environment.GetEnvironmentVariable("WORKFLOW_CATALOGUE") is { Length: > 0 } catalogue ? catalogue : Path.Combine(AppContext.BaseDirectory, "procedures"),
        };
    }
}
