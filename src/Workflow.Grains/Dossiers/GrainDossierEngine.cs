using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Grains.Calls;
using Workflow.Grains.Reception;

namespace Workflow.Grains.Dossiers;

/// <summary>The engine of a cluster, by its grains: what is built on <see cref="IDossierEngine"/> runs on it unchanged.</summary>
/// <remarks>
/// <para>
/// Safe to share between threads. A result is handed on as it is, <see cref="CommandResult.Busy"/> too, unless an earlier call of the same command may have been done: then it is
/// given again until that is told.
/// </para>
/// <para>
/// A call that stays unanswered (a silo fell, a connection broke, the response timeout passed) is made again under the same command id, for at most
/// <see cref="WorkflowClientOptions.RetryFor"/>. What was done the first time is then told as a repeat. After that a <see cref="TimeoutException"/> says that it is not known what
/// became of a command: the same id tells.
/// </para>
/// <para>
/// What the engine of a silo throws arrives as <see cref="ArgumentException"/> where it is the caller's mistake. The rest arrives as itself in a silo, whose process
/// knows the engine, and as <see cref="EngineFaultException"/> with the same message elsewhere.
/// </para>
/// </remarks>
public sealed class GrainDossierEngine : IDossierEngine
{
    private const int LongestHistory = 1_000;
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private readonly GrainsByKey<IDossierGrain> _dossiers;
    private readonly GrainsByKey<IReceptionGrain> _receptions;
    private readonly TimeSpan _retryFor;
    private readonly TimeProvider _time;
    private readonly Func<EngineFault, Exception> _translate;

    /// <summary>An engine over the grains of a cluster.</summary>
    /// <param name="grains">The client of the cluster, or a silo's own grain factory.</param>
    /// <param name="options">How it calls; the defaults when null.</param>
    /// <param name="time">The clock of the retries, in real time; the system's when null.</param>
    public GrainDossierEngine(IGrainFactory grains, WorkflowClientOptions? options = null, TimeProvider? time = null)
        : this(grains, options, time, ToException)
    {
    }

    internal GrainDossierEngine(IGrainFactory grains, WorkflowClientOptions? options, TimeProvider? time, Func<EngineFault, Exception> translate)
    {
        ArgumentNullException.ThrowIfNull(grains);
        (_dossiers, _receptions) = (new GrainsByKey<IDossierGrain>(grains), new GrainsByKey<IReceptionGrain>(grains));
        (_time, _translate) = (time ?? TimeProvider.System, translate);
        _retryFor = (options ?? new WorkflowClientOptions()).RetryFor;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The caller or the command id cannot be stored, or the caller begins with <c>system:</c>.</exception>
    /// <exception cref="EngineFaultException">The engine failed; see the remarks.</exception>
    /// <exception cref="TimeoutException">The cluster did not answer; what became of the command is not known.</exception>
    public ValueTask<CommandResult> SubmitAsync(SubmitDossier command, CommandRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(request);
        var reception = _receptions.Of(ReceptionGrainKey.Of(command.ReceivingUnit));
        var call = new SubmissionCall(command, request);
        return CommandAsync(() => reception.SubmitAsync(call), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="command"/> is a submission, the caller or the command id cannot be stored, or the caller begins with <c>system:</c>.</exception>
    /// <exception cref="EngineFaultException">The engine failed; see the remarks.</exception>
    /// <exception cref="TimeoutException">The cluster did not answer; what became of the command is not known.</exception>
    public ValueTask<CommandResult> ExecuteAsync(DossierCode code, DossierCommand command, CommandRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(request);
        if (command is SubmitDossier)
        {
            throw new ArgumentException("A dossier that exists cannot be submitted: use SubmitAsync.", nameof(command));
        }

        if (IsNone(code))
        {
            return ValueTask.FromResult<CommandResult>(new CommandResult.NotFound(code));
        }

        var grain = GrainOf(code);
        var call = new DossierCall(command, request);
        return CommandAsync(() => grain.ExecuteAsync(call), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="EngineFaultException">The engine failed; see the remarks.</exception>
    /// <exception cref="TimeoutException">The cluster did not answer.</exception>
    public async ValueTask<DossierSnapshot?> FindAsync(DossierCode code, CancellationToken cancellationToken = default)
    {
        if (IsNone(code))
        {
            return null;
        }

        var grain = GrainOf(code);
        return (await QueryAsync(Ask, a => a.Fault, cancellationToken).ConfigureAwait(false)).Dossier;

        // Each attempt bears a mark of its own.
        ValueTask<DossierAnswer> Ask()
        {
            ReadMark.Begin();
            return grain.FindAsync();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="EngineFaultException">The engine failed; see the remarks.</exception>
    /// <exception cref="TimeoutException">The cluster did not answer.</exception>
    public async ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(DossierCode code, Actor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (IsNone(code))
        {
            return null;
        }

        var grain = GrainOf(code);
        var call = new PermittedCall(actor);
        return (await QueryAsync(() => grain.PermittedAsync(call), a => a.Fault, cancellationToken).ConfigureAwait(false)).Triggers;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fromVersion"/> is below 1, or <paramref name="limit"/> not 1 to 1000.</exception>
    /// <exception cref="EngineFaultException">The engine failed; see the remarks.</exception>
    /// <exception cref="TimeoutException">The cluster did not answer.</exception>
    public async ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(
        DossierCode code, int fromVersion = 1, int limit = LongestHistory, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LongestHistory);
        if (IsNone(code))
        {
            return [];
        }

        var grain = GrainOf(code);
        var call = new HistoryCall(fromVersion, limit);
        return (await QueryAsync(() => grain.HistoryAsync(call), a => a.Fault, cancellationToken).ConfigureAwait(false)).Entries;
    }

    private static bool IsNone(DossierCode code) => code.Value.Length == 0;

    private IDossierGrain GrainOf(DossierCode code) => _dossiers.Of(DossierGrainKey.Of(code));

    private async ValueTask<CommandResult> CommandAsync(Func<ValueTask<CommandAnswer>> call, CancellationToken ct) =>
        (await AskAsync(call, a => a.Fault, a => a.Result is CommandResult.Busy, "what became of the command is not known, give it again under the same id", ct)
            .ConfigureAwait(false)).Result!;

    private ValueTask<T> QueryAsync<T>(Func<ValueTask<T>> call, Func<T, EngineFault?> faultOf, CancellationToken ct) => AskAsync(call, faultOf, _ => false, "ask again", ct);

    private async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> call, Func<T, EngineFault?> faultOf, Func<T, bool> isBusy, string mend, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();

        // Whether an earlier call may have been done: then neither a fault nor "busy" tells that nothing was.
        var open = false;
        for (var rest = FirstRest; ; rest = rest * 2 < LongestRest ? rest * 2 : LongestRest)
        {
            Exception? unanswered = null;
            var isLast = _time.GetElapsedTime(started) + rest >= _retryFor;
            try
            {
                var answering = call();
                var answer = await (ct.CanBeCanceled && !answering.IsCompleted ? new ValueTask<T>(answering.AsTask().WaitAsync(ct)) : answering).ConfigureAwait(false);
                if (faultOf(answer) is { } fault)
                {
                    unanswered = _translate(fault);
                    if (IsMistake(fault) || (!open && (isLast || !IsForAnotherSilo(fault))))
                    {
                        throw unanswered;
                    }

                    open |= fault.Kind == EngineFaultKind.Unknown;
                }
                else if (!open || !isBusy(answer))
                {
                    return answer;
                }
            }
            catch (Exception e) when (IsUnanswered(e))
            {
                ct.ThrowIfCancellationRequested();
                (unanswered, open) = (e, true);
            }

            if (isLast)
            {
                throw new TimeoutException($"The cluster did not answer within {_retryFor}: {mend}.", unanswered);
            }

            await Task.Delay(rest, _time, ct).ConfigureAwait(false);
        }
    }

    private static bool IsForAnotherSilo(EngineFault fault) => fault.Kind is EngineFaultKind.Unknown or EngineFaultKind.Ending;

    private static bool IsMistake(EngineFault fault) => fault.Kind is EngineFaultKind.Argument or EngineFaultKind.Range;

    // What says nothing of the command: the message was lost, refused on its way, or its silo fell.
    private static bool IsUnanswered(Exception e) =>
        e is TimeoutException or IOException or OperationCanceledException || (e is OrleansException and not (WrappedException or GrainExtensionNotInstalledException));

    private static Exception ToException(EngineFault fault) => (Exception?)MistakeOf(fault) ?? new EngineFaultException(fault);

    /// <summary>The caller's mistake as an exception; null when the fault is none.</summary>
    internal static ArgumentException? MistakeOf(EngineFault fault) => fault.Kind switch
    {
        EngineFaultKind.Argument => new ArgumentException(fault.Message, fault.Argument),
        EngineFaultKind.Range => new ArgumentOutOfRangeException(fault.Argument, fault.Message),
        _ => null,
    };
}
