using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Workflow.Silo.Tests.Faults;

/// <summary>A silo as a process of its own, which can be killed without warning and started again at the same place.</summary>
/// <param name="connectionString">The database of its cluster.</param>
/// <param name="siloPort">Where other silos reach it.</param>
/// <param name="gatewayPort">Where clients reach it.</param>
internal sealed class SiloProcess(string connectionString, int siloPort, int gatewayPort) : IDisposable
{
    private const int MostErrors = 20_000;

    // The machine may be taken away for a while.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly StringBuilder _errors = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private TaskCompletionSource _ready = new();
    private bool _ended;

    public int GatewayPort => gatewayPort;

    /// <summary>Whether it was started and runs.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The last of what it logged, over all its lives.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it takes calls.</summary>
    /// <param name="procedures">The files of the procedures that it knows.</param>
    public async Task StartAsync(params string[] procedures)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words = [Executable(), connectionString, Text(siloPort), Text(gatewayPort), .. procedures];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        (_ready, _ended) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        var process = _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadErrorsAsync(process.StandardError));
        if (await Task.WhenAny(_ready.Task, _reading, Task.Delay(s_patience)) != _ready.Task)
        {
            Assert.Fail($"The silo at port {siloPort} {(IsRunning ? $"is not ready after {s_patience}" : "ended before it was ready")}: {Errors}");
        }
    }

    /// <summary>Kills it by SIGKILL and waits for its end.</summary>
    public async Task KillAsync()
    {
        Assert.True(IsRunning, $"The silo at port {siloPort} ended by itself: {Errors}");
        _process!.Kill();
        await EndAsync();
    }

    /// <summary>Asks it to stop by SIGTERM and waits until it has.</summary>
    public async Task StopAsync()
    {
        Assert.True(IsRunning, $"The silo at port {siloPort} ended by itself: {Errors}");
        using (Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process!.Id}")]))
        {
        }

        await EndAsync();
        Assert.True(_process.ExitCode == 0 && _ended, $"The silo at port {siloPort} stopped with status {_process.ExitCode}: {Errors}");
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            _process!.Kill();
        }

        _process?.Dispose();
    }

    private async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _process!.WaitForExitAsync(patience.Token);
        await _reading;
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                _ready.TrySetResult();
            }

            _ended |= line == "ended";
        }
    }

    private async Task ReadErrorsAsync(StreamReader errors)
    {
        while (await errors.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.AppendLine(line);
                _errors.Remove(0, Math.Max(0, _errors.Length - MostErrors));
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Beside this test's own build: tests/NAME/bin/CONFIGURATION/FRAMEWORK.
    private static string Executable()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var tests = here.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(tests, "Workflow.Silo.Crasher", "bin", here.Parent.Name, here.Name, "Workflow.Silo.Crasher.dll");
    }
}
