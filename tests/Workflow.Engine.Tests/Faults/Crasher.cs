using System.Diagnostics;
using System.Globalization;

namespace Workflow.Engine.Tests.Faults;

/// <summary>A host as a process of its own, which can be killed without warning.</summary>
/// <param name="store">What it opens: <c>sqlite</c> and a directory, or <c>postgres</c> and a connection string.</param>
/// <param name="host">Its name.</param>
/// <param name="callers">How many callers it has.</param>
/// <param name="shared">How many dossiers it shares with other hosts.</param>
internal sealed class Crasher((string Kind, string Place) store, string host, int callers, int shared = 0)
{
    private const string SharedCaller = "shared";

    // In a long run the machine may be taken away for a while.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(LongRun.IsOn ? 10 : 1);

    // The number of each caller's next command.
    private readonly int[] _starts = new int[callers];

    /// <summary>Starts it, waits until it has answered so many commands, kills it, and hands on all it answered.</summary>
    public void RunAndKill(int answers, Action<Answer> told)
    {
        // SIGKILL on Unix. What it had written to the pipe before is still read.
        var (count, errors, _) = Run(answers, told, process => process.Kill());
        Assert.True(count >= answers, $"The process ended by itself after {count} answers: {errors}");
    }

    /// <summary>Starts it, waits until it has answered so many commands, asks it to stop, and hands on all it answered before it ended by itself.</summary>
    public void RunAndStop(int answers, Action<Answer> told)
    {
        var (count, errors, status) = Run(answers, told, process => Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")]).Dispose());
        Assert.True(status == 0 && count >= answers, $"The process ended with status {status} after {count} answers: {errors}");
    }

    /// <summary>Whether it may have given a command: one beyond those that were answered, per caller.</summary>
    public bool MayHaveGiven(string caller, string commandId)
    {
        var number = Number(commandId[(commandId.LastIndexOf('-') + 1)..]);
        return caller == SharedCaller ? number < shared : CallerOf(caller) is { } index && number <= _starts[index];
    }

    private (int Count, string Errors, int Status) Run(int answers, Action<Answer> told, Action<Process> stop)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words = [Executable(), store.Kind, store.Place, host, shared.ToString(CultureInfo.InvariantCulture), .. _starts.Select(s => s.ToString(CultureInfo.InvariantCulture))];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        using var overdue = patience.Token.Register(() => process.Kill());
        var count = 0;
        var stopped = false;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            // A line that the kill cut short was never an answer.
            var parts = line.Split(' ');
            if (parts.Length == 6 && parts[5] is "done" or "repeat")
            {
                count++;
                told(Read(parts));
            }

            if (count >= answers && !stopped)
            {
                stopped = true;
                stop(process);
            }
        }

        process.WaitForExit();
        Assert.False(patience.IsCancellationRequested, $"{host} stood still: {count} of {answers} answers in {s_patience}.");
        return (count, errors.GetAwaiter().GetResult(), process.ExitCode);
    }

    private Answer Read(string[] parts)
    {
        if (CallerOf(parts[0]) is { } caller)
        {
            _starts[caller] = Math.Max(_starts[caller], Number(parts[1][(parts[1].LastIndexOf('-') + 1)..]) + 1);
        }

        return new Answer(parts[0], parts[1], parts[2], Number(parts[3]), parts[4], parts[5] == "repeat");
    }

    private int? CallerOf(string name) => name.StartsWith(host + "-", StringComparison.Ordinal) ? Number(name[(host.Length + 1)..]) : null;

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    // Beside this test's own build: tests/NAME/bin/CONFIGURATION/FRAMEWORK.
    private static string Executable()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var tests = here.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(tests, "Workflow.Engine.Crasher", "bin", here.Parent.Name, here.Name, "Workflow.Engine.Crasher.dll");
    }
}
