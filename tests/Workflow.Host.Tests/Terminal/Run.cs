using System.Text.Json;
using Workflow.Host.Terminal;

namespace Workflow.Host.Tests.Terminal;

/// <summary>What one command said and returned.</summary>
internal sealed record Ran(int Status, string Output, string Error)
{
    /// <summary>The one JSON object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Demands a refusal of unusable input: status 2, nothing on standard output, one line that holds all the parts.</summary>
    public void IsUnusable(params string[] parts)
    {
        Assert.Equal(2, Status);
        Assert.Equal(string.Empty, Output);
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("workflow: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.All(parts, p => Assert.Contains(p, line, StringComparison.Ordinal));
    }
}

/// <summary>Runs the command line in this process.</summary>
internal static class Run
{
    public static Task<Ran> CommandAsync(params string[] args) => WithDatabaseAsync(null, args);

    /// <summary>Runs a command where the environment names a database.</summary>
    public static async Task<Ran> WithDatabaseAsync(string? database, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new HostEnvironment(TextWriter.Synchronized(output), TextWriter.Synchronized(error)) { Postgres = database, StorePatience = TimeSpan.FromMilliseconds(200) };
        var status = await CommandLine.RunAsync(args, environment);
        return new Ran(status, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed with one JSON object.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] args)
    {
        var ran = await CommandAsync([.. args, "--json"]);
        Assert.True(ran.Status == 0, ran.Output + ran.Error);
        return ran.Json;
    }
}

/// <summary>A directory for one test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("workflow-host-").FullName;

    public string File(string name, string? content = null)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (content is not null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, content);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
