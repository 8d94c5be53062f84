using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Host.Logs;

/// <summary>Gives the events of a log to an engine: a dossier per case, a command per event, at the times of the log.</summary>
/// <remarks>
/// <para>Cases begin in the order of the file, so that they get the same codes each time, and then go on side by side; within a case each event
/// waits for the one before. A command's id is made of its case's name and its place, so a log that is replayed again is repeated, not doubled.</para>
/// <para>Not thread-safe itself: run it once.</para>
/// </remarks>
internal sealed class Replay(IDossierEngine engine, Procedure procedure)
{
    /// <summary>The most cases that are under way at once.</summary>
    public const int MostCases = 1_024;

    private const string UnitCode = "000.00.01.X00";
    private const int LongestReadableId = 90;
    private const int LongestActor = 200;

    private readonly HashSet<string> _ending = Ending(procedure.Content);
    private readonly Dictionary<UInt128, int> _names = [];
    private long _accepted;
    private long _repeated;
    private long _rejected;
    private long _lost;
    private int _cases;
    private int _fitting;
    private string? _firstRejection;

    public int Cases => _cases;

    public int Fitting => _fitting;

    /// <summary>How many events were given or, after a refused submission, would have been.</summary>
    public long Events => Interlocked.Read(ref _accepted) + Interlocked.Read(ref _rejected);

    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>How many of the accepted were done by an earlier replay and were not done again.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>How many attributes of cases have no field in the procedure, or a value that the field cannot hold.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Why an event was refused, for one of them; null when none was.</summary>
    public string? FirstRejection => _firstRejection;

    /// <summary>The unit of replayed dossiers, on a level that may settle the procedure.</summary>
    public static UnitTree Units(ProcedureContent content) => new(
        [new Unit(UnitCode, new LocalizedName("Đơn vị của nhật ký", "The log’s unit"), content.Levels.Count > 0 ? content.Levels[0] : UnitLevel.Commune, null)]);

    public async Task RunAsync(IEnumerable<LogTrace> traces, Action? progress, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(MostCases);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            foreach (var trace in traces)
            {
                await room.WaitAsync(stop.Token).ConfigureAwait(false);
                _ = RunCaseAsync(trace, NameOf(trace));
                progress?.Invoke();
            }
        }
        catch (OperationCanceledException) when (failure.Task.IsFaulted)
        {
            // What failed says more than that the others were stopped.
        }
        finally
        {
            for (var i = 0; i < MostCases; i++)
            {
                await room.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                progress?.Invoke();
            }
        }

        failure.TrySetResult();
        await failure.Task.ConfigureAwait(false);

        async Task RunCaseAsync(LogTrace trace, string name)
        {
            try
            {
                await ReplayAsync(trace, name, stop.Token).ConfigureAwait(false);
            }
            // Given on to the caller by the task.
            catch (Exception e)
            {
                failure.TrySetException(e);
                await stop.CancelAsync().ConfigureAwait(false);
            }
            finally
            {
                room.Release();
            }
        }
    }

    // Runs up to the first submission in the caller's turn, which is what gives cases their numbers in the order of the file.
    private async Task ReplayAsync(LogTrace trace, string name, CancellationToken ct)
    {
        Interlocked.Increment(ref _cases);
        var (fields, lost) = TraceFields.Values(procedure, name, trace);
        Interlocked.Add(ref _lost, lost);
        var events = trace.Events;
        var submission = new SubmitDossier(procedure.Code, UnitCode)
        {
            ProcedureVersion = procedure.Version.Number,
            Trigger = events[0].Activity,
            Fields = fields,
            Applicant = procedure.Content.States.Any(s => s.Status is not null) ? new Applicant(name) : null,
        };
        var result = await UntilRoomAsync(() => engine.SubmitAsync(submission, Request(events[0], name, 0), ct), ct).ConfigureAwait(false);
        if (result is not CommandResult.Accepted { Code: var code })
        {
            Count(result, events.Count);
            return;
        }

        Count(result, 1);
        var (fits, state) = (true, StateAfter(result, null));
        for (var i = 1; i < events.Count; i++)
        {
            var (fire, request) = (new FireTrigger(events[i].Activity), Request(events[i], name, i));
            result = await UntilRoomAsync(() => engine.ExecuteAsync(code, fire, request, ct), ct).ConfigureAwait(false);
            Count(result, 1);
            fits &= result is CommandResult.Accepted;
            state = StateAfter(result, state);
        }

        if (fits && state is not null && _ending.Contains(state))
        {
            Interlocked.Increment(ref _fitting);
        }
    }

    private static async ValueTask<CommandResult> UntilRoomAsync(Func<ValueTask<CommandResult>> give, CancellationToken ct)
    {
        while (true)
        {
            var result = await give().ConfigureAwait(false);
            if (result is not CommandResult.Busy busy)
            {
                return result;
            }

            await Task.Delay(busy.RetryAfter, ct).ConfigureAwait(false);
        }
    }

    private void Count(CommandResult result, int events)
    {
        if (result is CommandResult.Accepted accepted)
        {
            Interlocked.Add(ref _accepted, events);
            Interlocked.Add(ref _repeated, accepted.IsRepeat ? events : 0);
            return;
        }

        Interlocked.Add(ref _rejected, events);
        var why = result switch
        {
            CommandResult.Rejected rejected => string.Join("; ", rejected.Unmet),
            CommandResult.IdReused reused => $"the command id '{reused.Id}' stands for another event of dossier {reused.Code}: replay this log into a store of its own",
            _ => $"dossier {(result as CommandResult.NotFound)?.Code} is gone",
        };
        Interlocked.CompareExchange(ref _firstRejection, why, null);
    }

    private CommandRequest Request(LogEvent happened, string name, int index)
    {
        var person = happened.Attributes.FindText(XesKeys.Resource);
        var group = happened.Attributes.FindText(XesKeys.Group);

        // Where the procedure has roles, its steps are its unit's; otherwise the log's own groups are kept.
        var unit = procedure.Content.Roles.Count > 0 || !IsKey(group) ? UnitCode : group;
        var actor = new Actor(IsKey(person) ? person! : "unknown", procedure.Content.Roles, unit);
        return new CommandRequest(new CommandId($"{IdOf(name)}#{index}"), actor) { Caller = $"replay {procedure.Code}", OccurredAt = happened.Time };
    }

    private static bool IsKey(string? text) => text is { Length: > 0 and <= LongestActor } && !text.Any(char.IsControl);

    private static string IdOf(string name) =>
        name.Length <= LongestReadableId && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? name
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    // Cases without a name are numbered, and those that share one are told apart, in the order of the file. Names are kept as digests: 24 bytes a case.
    private string NameOf(LogTrace trace)
    {
        var name = string.IsNullOrEmpty(trace.Name) ? $"(case {_cases + 1})" : trace.Name;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var key = BitConverter.ToUInt128(digest);
        var times = _names[key] = _names.GetValueOrDefault(key) + 1;
        return times == 1 ? name : $"{name} ({times})";
    }

    private static string? StateAfter(CommandResult result, string? before) =>
        (result as CommandResult.Accepted)?.Events.OfType<DossierMoved>().LastOrDefault()?.To ?? before;

    // Final states, and those from which one transition leads to a final state.
    private static HashSet<string> Ending(ProcedureContent content)
    {
        var parents = content.States.ToDictionary(s => s.Name, s => s.Parent, StringComparer.Ordinal);
        var final = content.States.Where(s => s.IsFinal).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var leading = content.Transitions.Where(t => final.Contains(t.To)).Select(t => t.From).ToHashSet(StringComparer.Ordinal);
        var ending = new HashSet<string>(final, StringComparer.Ordinal);
        foreach (var state in content.States)
        {
            for (var at = state.Name; at is not null; at = parents[at])
            {
                if (leading.Contains(at))
                {
                    ending.Add(state.Name);
                    break;
                }
            }
        }

        return ending;
    }
}
