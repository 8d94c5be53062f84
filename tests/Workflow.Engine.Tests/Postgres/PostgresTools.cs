using System.Diagnostics;

namespace Workflow.Engine.Tests.Postgres;

/// <summary>The machine's initdb and pg_ctl, run as a user that PostgreSQL accepts.</summary>
internal sealed class PostgresTools
{
    private const string DistributionFolders = "/usr/lib/postgresql";

    private readonly string _folder;
    private readonly string? _serverUser;

    private PostgresTools(string folder, string? serverUser) => (_folder, _serverUser) = (folder, serverUser);

    /// <summary>Finds the tools on the PATH or in the distribution's folders, the newest first; null when there are none.</summary>
    public static PostgresTools? Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var distributed = Directory.Exists(DistributionFolders)
            ? Directory.GetDirectories(DistributionFolders).OrderByDescending(d => d.Length).ThenByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        var folder = distributed.Concat(onPath).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "pg_ctl")));
        if (folder is null)
        {
            return null;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresTools(folder, null);
        }

        var user = new[] { "postgres", "nobody" }.FirstOrDefault(u => Exists(u));
        return user is null ? null : new PostgresTools(folder, user);
    }

    /// <summary>Lets the server's user have a folder.</summary>
    public void GiveToServerUser(string folder)
    {
        if (_serverUser is not null)
        {
            RunFile("chown", [_serverUser, folder]);
        }
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it printed.</exception>
    public void Run(string tool, params string[] arguments)
    {
        var path = Path.Combine(_folder, tool);
        if (_serverUser is null)
        {
            RunFile(path, arguments);
        }
        else
        {
            RunFile("setpriv", ["--reuid", _serverUser, "--regid", _serverUser == "nobody" ? "nogroup" : _serverUser, "--clear-groups", path, .. arguments]);
        }
    }

    private static bool Exists(string user) => File.ReadLines("/etc/passwd").Any(l => l.StartsWith(user + ":", StringComparison.Ordinal));

    // The server that pg_ctl starts keeps what it inherits open, so its output is not waited for.
    private static void RunFile(string file, IReadOnlyList<string> arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/tmp" };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add("exec \"$@\" >\"$0\" 2>&1 </dev/null");
            start.ArgumentList.Add(output);
            start.ArgumentList.Add(file);
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}: {File.ReadAllText(output)}");
            }
        }
        finally
        {
            File.Delete(output);
        }
    }
}
