using System.Diagnostics;
using System.Globalization;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Faults;

/// <summary>Hosts in this process over one database, and callers who give them commands without rest while a test breaks what they stand on.</summary>
/// <remarks>
/// A caller gives the commands of a dossier at alternating hosts, now and then one to a dossier that all callers share, and now and then the
/// same command again at another host.
/// </remarks>
internal sealed class LoadedHosts : IAsyncDisposable
{
    private const int Callers = 32;
    private const int CommandsPerDossier = 8;
    private const int PlaceOfShared = 5;
    private const int RepeatedEach = 7;
    private const int SharedDossiers = 8;
    private const string SharedCaller = "shared";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly List<DossierEngine> _engines = [];
    private readonly List<PostgresJournalStore> _stores = [];
    private readonly CancellationTokenSource _enough = new();
    private DossierCode[] _shared = [];
    private int _forgiven;
    private Task _load = Task.CompletedTask;

    private LoadedHosts()
    {
    }

    public AnswerBook Book { get; } = new();

    public IReadOnlyList<DossierEngine> Engines => _engines;

    /// <summary>What a caller may be told and then gives the command again; nothing unless told.</summary>
    public Func<StorageException, bool> Forgives { get; set; } = _ => false;

    /// <summary>How often a caller was told that.</summary>
    public int Forgiven => Volatile.Read(ref _forgiven);

    /// <summary>The commands that a dossier is given behind its submission and acceptance, by their place (from 2 on).</summary>
    public Func<int, DossierCommand> Command { get; set; } = place => new AssignDossier { Officer = string.Create(CultureInfo.InvariantCulture, $"officer{place}") };

    /// <summary>Opens hosts.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="clocks">A host for each.</param>
    /// <param name="configure">Sets the options of the host of this number.</param>
    public static async Task<LoadedHosts> OpenAsync(string connectionString, TimeProvider[]? clocks = null, Action<int, WorkflowEngineOptions>? configure = null)
    {
        var hosts = new LoadedHosts();
        foreach (var clock in clocks ?? [new VirtualClock(Office.Start), new VirtualClock(Office.Start)])
        {
            var store = new PostgresJournalStore(connectionString, clock);
            hosts._stores.Add(store);
            await store.OpenAsync(default);
            hosts._engines.Add(await Office.OpenAsync(store, clock, o =>
            {
                // As in an office: with the same salts two hosts would write the same bytes, and could not tell whose they are.
                o.Salts = new RandomSalts();
                configure?.Invoke(hosts._engines.Count, o);
            }));
        }

        return hosts;
    }

    /// <summary>Lets the callers begin.</summary>
    public async Task StartAsync()
    {
        _shared = await Task.WhenAll(Enumerable.Range(0, SharedDossiers).Select(async n => (await GiveAsync(n, default, Office.Submission(), SharedCaller, $"submit-{n}")).Code));
        _load = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
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
        })));
    }

    /// <summary>Waits until so many more commands were answered. Fails as soon as a caller was told a failure.</summary>
    public async Task MoreAsync(int commands = 300)
    {
        var more = Book.MoreAsync(commands);
        if (await Task.WhenAny(more, _load, Task.Delay(s_patience)) != more)
        {
            Assert.True(_load.IsCompleted, $"After {s_patience} the callers have no answers, {Book.Count} before.");
            await _load;
        }
    }

    /// <summary>Waits for a condition while the callers go on. Fails as soon as a caller was told a failure.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Yield())
        {
            Assert.True(waited.Elapsed < s_patience, $"After {s_patience} still not: {what}.");
            if (_load.IsCompleted)
            {
                await _load;
            }
        }
    }

    /// <summary>Ends the load: what was given is answered.</summary>
    public async Task StopAsync()
    {
        await _enough.CancelAsync();
        await _load.WaitAsync(s_patience);
    }

    /// <summary>Ends the load and the hosts, and checks what is stored.</summary>
    /// <param name="connectionString">The database, on a way that is not disturbed.</param>
    /// <param name="what">What was done meanwhile.</param>
    public async Task CheckAsync(string connectionString, string what)
    {
        await StopAsync();
        await DisposeAsync();
        await using var store = new PostgresJournalStore(connectionString, TimeProvider.System);
        await store.OpenAsync(default);
        (await AnswerCheck.RunAsync(store, Book, MayHaveGiven)).AssertHolds($"{what}, {Book.Repeats} repeats");
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _engines.Clear();
        _stores.Clear();
    }

    // Everything that was given was answered, but for what the engine gives itself.
    private static bool MayHaveGiven(string caller, string commandId) => caller.StartsWith("system:", StringComparison.Ordinal);

    private async Task GiveWithoutEndAsync(int caller)
    {
        DossierCode own = default;
        var name = $"caller-{caller}";
        for (var number = 0; !_enough.IsCancellationRequested; number++)
        {
            var place = number % CommandsPerDossier;
            var code = place == PlaceOfShared ? _shared[(caller + (number / CommandsPerDossier)) % SharedDossiers] : own;
            DossierCommand command = place switch
            {
                0 => Office.Submission(caller % 2 == 0 ? Office.Unit : Office.OtherUnit),
                1 => Office.Fire("accept"),
                PlaceOfShared => new AssignDossier { Officer = name },
                _ => Command(place),
            };
            var answer = await GiveAsync(caller + (number / 3), code, command, name, $"command-{number}");
            Assert.False(answer.IsRepeat, $"{name} was told a repeat of its new command {number}.");
            if (number % RepeatedEach == 0)
            {
                Assert.True((await GiveAsync(caller + (number / 3) + 1, code, command, name, $"command-{number}")).IsRepeat, $"Command {number} of {name} was done again.");
            }

            own = place == 0 ? answer.Code : own;
        }
    }

    private async Task<CommandResult.Accepted> GiveAsync(int host, DossierCode code, DossierCommand command, string caller, string id)
    {
        while (true)
        {
            try
            {
                var engine = _engines[host % _engines.Count];
                var request = Office.Request(id, caller);
                var result = command is SubmitDossier submission ? await engine.SubmitAsync(submission, request) : await engine.ExecuteAsync(code, command, request);
                Assert.True(result is CommandResult.Accepted, $"{id} of {caller} came to {result}.");
                var accepted = (CommandResult.Accepted)result;
                Book.Take(new Answer(caller, id, accepted.Code.Value, accepted.Version, Outcome.Of(Office.Clerk.Unit, accepted.Events), accepted.IsRepeat));
                return accepted;
            }
            catch (StorageException told) when (Forgives(told))
            {
                Interlocked.Increment(ref _forgiven);
            }
        }
    }
}
