using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests;
using Workflow.Engine.Tests.Faults;
using Workflow.Grains;

namespace Workflow.Silo.Tests.Faults;

/// <summary>Two silos in processes of their own over a database of their own, a client in this process, and its callers, who give commands without rest.</summary>
/// <remarks>
/// A caller gives the commands of one dossier after the other, now and then one to a dossier that all callers share, one that is refused, and the same command again.
/// Whatever it is told but an acceptance or a refusal by guards fails the test.
/// </remarks>
internal sealed class LoadedCluster : IAsyncDisposable
{
    private const int Callers = 32;
    private const int CommandsPerDossier = 8;
    private const int PlaceOfShared = 5;
    private const int PlaceOfRefused = 6;
    private const int RepeatedEach = 7;
    private const int SharedDossiers = 8;
    private const string SharedCaller = "shared";

    // The machine may be taken away for a while.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly OwnServer _server = OwnServer.Start();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("workflow-silos-");
    private readonly CancellationTokenSource _enough = new();
    private readonly TestClusterPortAllocator _ports = new();
    private readonly IHost _client;
    private DossierCode[] _shared = [];
    private Task _load = Task.CompletedTask;

    private LoadedCluster()
    {
        Silos = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var (silo, gateway) = _ports.AllocateConsecutivePortPairs(1);
            return new SiloProcess(_server.ConnectionString, silo, gateway);
        })];
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("crash", "crash"))
            .AddWorkflow(o =>
            {
                foreach (var silo in Silos)
                {
                    o.Gateways.Add(new IPEndPoint(IPAddress.Loopback, silo.GatewayPort));
                }
            }));
        _client = builder.Build();
    }

    public SiloProcess[] Silos { get; }

    public AnswerBook Book { get; } = new();

    public CallTimes Times { get; } = new(Callers);

    /// <summary>The engine as the client has it.</summary>
    public IDossierEngine Engine => _client.Services.GetRequiredService<IDossierEngine>();

    /// <summary>Told of each submission that was answered: at which moment it was given, and what was recorded.</summary>
    public Action<long, DossierSubmitted> Submitted { get; set; } = static (_, _) => { };

    /// <summary>Starts the silos at once, with one procedure, and the callers.</summary>
    public static async Task<LoadedCluster> StartAsync(Action<LoadedCluster>? configure = null)
    {
        var cluster = new LoadedCluster();
        try
        {
            configure?.Invoke(cluster);
            await Task.WhenAll(cluster.Silos.Select(s => s.StartAsync(cluster.File(Office.Procedure))));
            await cluster._client.StartAsync();
            cluster._shared = await Task.WhenAll(Enumerable.Range(0, SharedDossiers).Select(async n => Accepted(await cluster.GiveAsync(default, Office.Submission(), SharedCaller, $"submit-{n}"))));
            cluster._load = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => cluster.CallAsync(caller))));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The file of a procedure.</summary>
    public string File(Procedure procedure)
    {
        var path = Path.Combine(_files.FullName, $"{procedure.Version}.yaml");
        if (!System.IO.File.Exists(path))
        {
            using var writer = System.IO.File.CreateText(path);
            ProcedureYaml.Write(procedure, writer);
        }

        return path;
    }

    /// <summary>Waits until so many more commands were answered. Fails as soon as a caller was told a failure.</summary>
    public Task MoreAsync(int commands) => UntilAsync(Book.MoreAsync(commands), $"{commands} more answers");

    /// <summary>Waits until every caller has answers again to what it gave after a moment, and returns how long after it that was.</summary>
    public async Task<TimeSpan> FlowAgainAsync(long since)
    {
        var flowing = Times.FlowAgainAsync(since);
        await UntilAsync(flowing, "answers for every caller");
        return await flowing;
    }

    /// <summary>Waits for something while the callers go on. Fails as soon as a caller was told a failure.</summary>
    public async Task UntilAsync(Task done, string what)
    {
        if (await Task.WhenAny(done, _load, Task.Delay(s_patience)) == done)
        {
            await done;
            return;
        }

        if (_load.IsCompleted)
        {
            await _load;
        }

        Assert.Fail($"After {s_patience} still not: {what}. {Book.Count} answers before. {string.Join('\n', Silos.Select(s => s.Errors))}");
    }

    /// <summary>Ends the load and the silos, and checks what is stored against what was answered.</summary>
    /// <param name="what">What was done meanwhile.</param>
    public async Task CheckAsync(string what)
    {
        await _enough.CancelAsync();
        await _load.WaitAsync(s_patience);
        foreach (var silo in Silos)
        {
            await silo.StopAsync();
        }

        await _server.WaitUntilLeftAsync();
        await using var store = new PostgresJournalStore(_server.ConnectionString, TimeProvider.System);
        await store.OpenAsync(default);

        // Everything that was given was answered.
        (await AnswerCheck.RunAsync(store, Book, (_, _) => false)).AssertHolds($"{what}, {Book.Repeats} repeats, the longest wait for an answer {Times.LongestWait.TotalSeconds:F1} s");
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _client.StopAsync();
        await ((IAsyncDisposable)_client).DisposeAsync();
        foreach (var silo in Silos)
        {
            silo.Dispose();
        }

        _ports.Dispose();
        _server.Dispose();
        _files.Delete(recursive: true);
    }

    private static DossierCode Accepted(CommandResult result) => Office.Accepted(result).Code;

    private async Task CallAsync(int caller)
    {
        try
        {
            await GiveWithoutEndAsync(caller);
        }
        catch
        {
            // All end, so that who waits for them is told.
            await _enough.CancelAsync();
            throw;
        }
    }

    private async Task GiveWithoutEndAsync(int caller)
    {
        DossierCode own = default;
        var name = $"caller-{caller}";
        for (var number = 0; !_enough.IsCancellationRequested; number++)
        {
            var place = number % CommandsPerDossier;
            var id = $"command-{number}";
            var code = place == PlaceOfShared ? _shared[(caller + (number / CommandsPerDossier)) % SharedDossiers] : own;
            DossierCommand command = place switch
            {
                0 => Office.Submission(),
                1 => Office.Fire("accept"),
                PlaceOfShared => new AssignDossier { Officer = name },
                PlaceOfRefused => Office.Fire("back"),
                _ => new AssignDossier { Officer = $"officer{place}" },
            };
            var asked = CallTimes.Now;
            var result = await GiveAsync(code, command, name, id);
            Times.Take(caller, asked);
            if (place == PlaceOfRefused)
            {
                Assert.IsType<CommandResult.Rejected>(result);
                continue;
            }

            var accepted = Office.Accepted(result);
            if (place == 0)
            {
                own = accepted.Code;
                Submitted(asked, accepted.Events.OfType<DossierSubmitted>().Single());
            }

            if (number % RepeatedEach == 0)
            {
                Assert.True(Office.Accepted(await GiveAsync(code, command, name, id)).IsRepeat, $"{id} of {name} was done again.");
            }
        }
    }

    private async Task<CommandResult> GiveAsync(DossierCode code, DossierCommand command, string caller, string id)
    {
        var request = Office.Request(id, caller);
        var result = command is SubmitDossier submission ? await Engine.SubmitAsync(submission, request) : await Engine.ExecuteAsync(code, command, request);
        if (result is CommandResult.Accepted accepted)
        {
            Book.Take(new Answer(caller, id, accepted.Code.Value, accepted.Version, Outcome.Of(Office.Clerk.Unit, accepted.Events), accepted.IsRepeat));
        }

        return result;
    }
}
