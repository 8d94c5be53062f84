using System.Diagnostics;
using System.Text;

namespace Workflow.Samples.Tests;

/// <summary>A sample, run as its reader would run it: as a process of its own.</summary>
internal static class SampleRun
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The program that runs the tests.</summary>
    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a sample that stands beside the tests and returns the lines that it printed.</summary>
    public static Task<(int ExitCode, string[] Lines)> OfAsync(string sample) =>
        OfCommandAsync(DotNet, [Path.Combine(AppContext.BaseDirectory, sample + ".dll")], s_patience);

    /// <summary>Runs a program that may say nothing on standard error and returns the lines that it printed.</summary>
    public static async Task<(int ExitCode, string[] Lines)> OfCommandAsync(string program, string[] arguments, TimeSpan patience)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(string.Empty, await errors);
            return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
