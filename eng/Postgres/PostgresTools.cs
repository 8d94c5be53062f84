using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflow.Testing;

/// <summary>The machine's PostgreSQL programs, 15 or newer, run as a user that PostgreSQL accepts.</summary>
internal sealed partial class PostgresTools
{
    private const string DistributionFolders = "/usr/lib/postgresql";
    private const int OldestVersion = 15;

    private static readonly string[] s_serverUsers = ["postgres", "nobody"];

    private readonly string _folder;
    private readonly string? _serverUser;

    private PostgresTools(string folder, string? serverUser) => (_folder, _serverUser) = (folder, serverUser);

    /// <summary>Finds initdb and pg_ctl in the distribution's folders, the newest first, or on the PATH; null when there are none.</summary>
    public static PostgresTools? Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var distributed = Directory.Exists(DistributionFolders)
            ? Directory.GetDirectories(DistributionFolders).OrderByDescending(d => d.Length).ThenByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        var folder = distributed.Concat(onPath).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "pg_ctl")) && VersionOf(f) >= OldestVersion);
        if (folder is null)
        {
            return null;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return new PostgresTools(folder, null);
        }

        var user = s_serverUsers.FirstOrDefault(Exists);
        return user is null ? null : new PostgresTools(folder, user);
    }

    /// <summary>Lets the server's user have a folder.</summary>
    public void GiveToServerUser(string folder)
    {
        if (_serverUser is not null)
        {
            Run(["chown", _serverUser, folder]);
        }
    }

    /// <summary>The command line that runs a tool as the server's user.</summary>
    public string[] CommandLine(string tool, params string[] arguments)
    {
        // A tool that the distribution's folder lacks may still be on the PATH.
        var path = Path.Combine(_folder, tool);
        string[] command = [File.Exists(path) ? path : tool, .. arguments];
        return _serverUser is null ? command
            : ["setpriv", "--reuid", _serverUser, "--regid", _serverUser == "nobody" ? "nogroup" : _serverUser, "--clear-groups", .. command];
    }

    /// <summary>Runs a tool to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it printed.</exception>
    public string Run(string tool, params string[] arguments) => Run(CommandLine(tool, arguments));

    private static bool Exists(string user) => File.ReadLines("/etc/passwd").Any(l => l.StartsWith(user + ":", StringComparison.Ordinal));

    private static int VersionOf(string folder) =>
        Version().Match(Run([Path.Combine(folder, "pg_ctl"), "--version"])) is { Success: true } found ? int.Parse(found.Groups["major"].Value, CultureInfo.InvariantCulture) : 0;

    // The server that pg_ctl starts keeps what it inherits open, so its output goes to a file and is not waited for.
    private static string Run(string[] command)
    {
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/tmp" };
            string[] words = ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output, .. command];
            foreach (var word in words)
            {
                start.ArgumentList.Add(word);
            }

            using var process = Process.Start(start)!;
            process.WaitForExit();
            var said = File.ReadAllText(output);
            return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {said}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    [GeneratedRegex(@"\s(?<major>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
