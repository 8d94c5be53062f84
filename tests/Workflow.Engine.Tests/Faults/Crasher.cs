using System.Diagnostics;
using System.Globalization;

namespace Workflow.Engine.Tests.Faults;

/// <summary>What the process that is made to be killed said about one command before it died.</summary>
internal sealed record Answer(int Caller, int Number, string Code, int Version, bool IsRepeat);

/// <summary>Runs that process and kills it without warning.</summary>
internal static class Crasher
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Starts it, waits until it has answered so many commands, kills it, and returns all it answered.</summary>
    public static List<Answer> RunAndKill(string directory, IReadOnlyList<int> starts, int answers)
    {
        // SIGKILL on Unix. What it had written to the pipe before is still read.
        var (told, errors, _) = Run(directory, starts, answers, process => process.Kill());
        Assert.True(told.Count >= answers, $"The process ended by itself after {told.Count} answers: {errors}");
        return told;
    }

    /// <summary>Starts it, waits until it has answered so many commands, asks it to stop, and returns all it answered before it ended by itself.</summary>
    public static List<Answer> RunAndStop(string directory, IReadOnlyList<int> starts, int answers)
    {
        var (told, errors, status) = Run(directory, starts, answers, process => Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")]).Dispose());
        Assert.True(status == 0 && told.Count >= answers, $"The process ended with status {status} after {told.Count} answers: {errors}");
        return told;
    }

    private static (List<Answer> Told, string Errors, int Status) Run(string directory, IReadOnlyList<int> starts, int answers, Action<Process> stop)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Executable());
        start.ArgumentList.Add(directory);
        foreach (var first in starts)
        {
            start.ArgumentList.Add(first.ToString(CultureInfo.InvariantCulture));
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        using var overdue = patience.Token.Register(() => process.Kill());
        var told = new List<Answer>();
        var stopped = false;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            // A line that the kill cut short was never an answer.
            var words = line.Split(' ');
            if (words.Length == 5 && words[4] is "done" or "repeat")
            {
                told.Add(new Answer(Number(words[0]), Number(words[1]), words[2], Number(words[3]), words[4] == "repeat"));
            }

            if (told.Count >= answers && !stopped)
            {
                stopped = true;
                stop(process);
            }
        }

        process.WaitForExit();
        return (told, errors.GetAwaiter().GetResult(), process.ExitCode);
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    // Beside this test's own build: tests/NAME/bin/CONFIGURATION/FRAMEWORK.
    private static string Executable()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var tests = here.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(tests, "Workflow.Engine.Crasher", "bin", here.Parent.Name, here.Name, "Workflow.Engine.Crasher.dll");
    }
}
