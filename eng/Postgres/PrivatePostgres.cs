using System.Diagnostics;
using System.Globalization;

namespace Workflow.Testing;

/// <summary>A PostgreSQL server of this process, with the durable settings that a new cluster has, in a folder that goes with it.</summary>
/// <remarks>
/// It listens on a socket in that folder alone. A guard process waits for the end of this one, however that comes about, then ends the server and removes the
/// folder. Members of the role <c>with_password</c> have to give theirs; everybody else is trusted.
/// </remarks>
internal sealed class PrivatePostgres : IDisposable
{
    private const string User = "workflow";
    private const int LongestEnd = 30_000;

    private const string Guard = """
        trap '' INT TERM HUP
        folder=$1
        shift
        cat >/dev/null
        "$@" >/dev/null 2>&1
        rm -rf "$folder"
        """;

    private readonly PostgresTools _tools;
    private readonly string _folder;
    private readonly Process _guard;
    private readonly string _options;

    private PrivatePostgres(PostgresTools tools, string folder, string options)
    {
        (_tools, _folder, _options) = (tools, folder, options);
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/tmp", RedirectStandardInput = true, UseShellExecute = false };
        string[] words = ["-c", Guard, "guard", folder, .. tools.CommandLine("pg_ctl", "stop", "-m", "immediate", "-D", Data)];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        _guard = Process.Start(start)!;
    }

    /// <summary>The connection of the server's owner to the database <c>postgres</c>.</summary>
    public string ConnectionString => $"Host={_folder};Username={User};Database=postgres";

    /// <summary>The folder of the socket, for programs that connect by themselves.</summary>
    public string SocketFolder => _folder;

    private string Data => _folder + "/data";

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="tools">The machine's PostgreSQL.</param>
    /// <param name="settings">Settings beside those of a new cluster, such as <c>max_connections=200</c>; without spaces.</param>
    public static PrivatePostgres Start(PostgresTools tools, params string[] settings) =>
        StartIn(Directory.CreateTempSubdirectory("workflow-pg-").FullName, tools, settings);

    /// <summary>As <see cref="Start(PostgresTools, string[])"/>, in a folder that is empty; it goes with the server.</summary>
    public static PrivatePostgres StartIn(string folder, PostgresTools tools, params string[] settings) => StartIn(folder, null, tools, settings);

    /// <summary>As above, with the write-ahead log in an empty folder of its own, which stays.</summary>
    public static PrivatePostgres StartIn(string folder, string? logFolder, PostgresTools tools, params string[] settings)
    {
        tools.GiveToServerUser(folder);
        string[] apart = [];
        if (logFolder is not null)
        {
            tools.GiveToServerUser(logFolder);
            apart = ["--waldir", logFolder];
        }

        var options = string.Concat(settings.Prepend("listen_addresses=''").Append($"unix_socket_directories='{folder}'").Select(s => string.Create(CultureInfo.InvariantCulture, $"-c {s} ")));
        var server = new PrivatePostgres(tools, folder, options);
        try
        {
            tools.Run("initdb", ["-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", .. apart]);
            var rules = server.Data + "/pg_hba.conf";
            File.WriteAllText(rules, "local all +with_password scram-sha-256\n" + File.ReadAllText(rules));
            server.Start();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>What the server has logged.</summary>
    public string Log => File.ReadAllText(_folder + "/log");

    /// <summary>Whether the server runs.</summary>
    public bool IsRunning
    {
        get
        {
            try
            {
                _tools.Run("pg_ctl", "status", "-D", Data);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>Starts the server again.</summary>
    public void Start() => _tools.Run("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", _folder + "/log", "-o", _options);

    /// <summary>Stops the server.</summary>
    /// <param name="mode"><c>fast</c>, or <c>immediate</c> for an end as in a crash.</param>
    public void Stop(string mode = "fast") => _tools.Run("pg_ctl", "stop", "-w", "-t", "60", "-m", mode, "-D", Data);

    /// <summary>Lets it come up as a standby of nobody, and takes it for the new primary: it goes on along a new timeline.</summary>
    public void Promote()
    {
        Stop();
        File.WriteAllText(Data + "/standby.signal", "");
        Start();
        _tools.Run("pg_ctl", "promote", "-w", "-D", Data);
    }

    /// <summary>Ends the server and removes its folder.</summary>
    public void Dispose()
    {
        _guard.StandardInput.Close();
        _guard.WaitForExit(LongestEnd);
        _guard.Dispose();
    }
}
