namespace Workflow.Host.Terminal;

/// <summary>Shows on standard error how far long work is: a bar on a terminal, a plain line now and then elsewhere. Thread-safe.</summary>
/// <remarks>Work that ends within the first two seconds shows nothing where no terminal is.</remarks>
internal sealed class ProgressLine : IDisposable
{
    private const int Cells = 30;
    private static readonly TimeSpan s_terminalPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_plainPause = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HostEnvironment _environment;
    private readonly string _what;
    private long _shownAt;
    private int _width;

    internal ProgressLine(HostEnvironment environment, string what)
    {
        _environment = environment;
        _what = what;
        _shownAt = environment.Clock.GetTimestamp();
    }

    /// <summary>Reports progress; most reports are not shown.</summary>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much, or 0 when that is not known.</param>
    /// <param name="unit">What is counted, such as "cases"; null to show the share alone.</param>
    public void Report(long done, long total, string? unit)
    {
        var pause = _environment.ErrorIsTerminal ? s_terminalPause : s_plainPause;
        if (_environment.Clock.GetElapsedTime(Volatile.Read(ref _shownAt)) < pause)
        {
            return;
        }

        lock (_lock)
        {
            if (_environment.Clock.GetElapsedTime(_shownAt) < pause)
            {
                return;
            }

            _shownAt = _environment.Clock.GetTimestamp();
            Show(done, total, unit);
        }
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            _environment.Error.Write($"\r{new string(' ', _width)}\r");
            _environment.Error.Flush();
        }
    }

    private void Show(long done, long total, string? unit)
    {
        var share = total > 0 ? Math.Clamp((double)done / total, 0, 1) : 0;
        var counts = unit is null ? string.Empty : total > 0 ? $" {done:N0} of {total:N0} {unit}" : $" {done:N0} {unit}";
        var percent = total > 0 ? $" {share:P0}" : string.Empty;
        if (!_environment.ErrorIsTerminal)
        {
            _environment.Error.WriteLine($"{_what}:{counts}{percent}");
            return;
        }

        var filled = (int)(share * Cells);
        var bar = total > 0 ? $" [{new string('#', filled)}{new string('.', Cells - filled)}]" : string.Empty;
        var line = $"{_what}{bar}{percent}{counts}";
        _environment.Error.Write($"\r{line.PadRight(_width)}");
        _environment.Error.Flush();
        _width = Math.Max(_width, line.Length);
    }
}
