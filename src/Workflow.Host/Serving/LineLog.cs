using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>Writes what the host logs to standard error, a line each.</summary>
/// <remarks>Of a fault it tells the kind and the place alone: a message may repeat what a caller sent.</remarks>
internal sealed class LineLog(TextWriter writer, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _turn = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, Exception? fault)
    {
        var name = category[(category.LastIndexOf('.') + 1)..];
        var line = $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Word(level)} {name}: {Faults.OneLine(message)}";
        if (fault is not null)
        {
            var place = fault.StackTrace?.Split('\n')[0].Trim();
            line += $" [{fault.GetType().Name}{(place is null ? string.Empty : $" {Faults.OneLine(place)}")}]";
        }

        lock (_turn)
        {
            writer.WriteLine(line);
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Warning => "warn",
        LogLevel.Error or LogLevel.Critical => "error",
        _ => "info",
    };

    private sealed class Logger(LineLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, category, formatter(state, null), exception);
    }
}
