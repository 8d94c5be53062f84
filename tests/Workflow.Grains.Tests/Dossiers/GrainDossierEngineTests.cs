using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;

namespace Workflow.Grains.Tests.Dossiers;

/// <summary>What becomes of calls that grains do not answer, and of what they answer.</summary>
public sealed class GrainDossierEngineTests
{
    private static readonly DossierCode s_code = new("D-1");
    private static readonly CommandRequest s_request = new(new CommandId("k"), new Actor("clerk", [], null));

    private readonly Grains _grains = new();
    private readonly QuickTime _time = new();
    private readonly GrainDossierEngine _engine;

    public GrainDossierEngineTests() => _engine = new GrainDossierEngine(_grains.Factory(), new WorkflowClientOptions { RetryFor = TimeSpan.FromSeconds(10) }, _time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Unanswered => [.. s_unanswered.Keys];

    private static readonly Dictionary<string, Exception> s_unanswered = new(StringComparer.Ordinal)
    {
        ["response timeout"] = new TimeoutException("late"),
        ["fallen silo"] = new SiloUnavailableException("gone"),
        ["broken cluster"] = new OrleansException("no route"),
        ["broken connection"] = new IOException("cut"),
        ["ending silo"] = new OperationCanceledException("stopping"),
    };

    [Theory]
    [MemberData(nameof(Unanswered))]
    public async Task Command_Unanswered_IsGivenAgainUnderTheSameId(string why)
    {
        _grains.Answer = n => n < 4 ? throw s_unanswered[why] : new CommandAnswer(new CommandResult.NotFound(s_code));

        Assert.IsType<CommandResult.NotFound>(await _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct));

        Assert.Equal(4, _grains.Asked.Count);
        Assert.All(_grains.Asked, a => Assert.Equal(("dossier/D-1", _grains.Asked[0].Call), a));
        Assert.Equal(s_request, ((DossierCall)_grains.Asked[0].Call!).Request);
    }

    [Fact]
    public async Task Submission_Unanswered_IsGivenAgainToTheUnitsReception()
    {
        _grains.Answer = n => n < 3 ? throw new TimeoutException() : new CommandAnswer(new CommandResult.IdReused(s_code, s_request.Id));

        Assert.Equal(new CommandResult.IdReused(s_code, s_request.Id), await _engine.SubmitAsync(new SubmitDossier("P", "000.01.30.H28"), s_request, Ct));

        Assert.Equal(["reception/000.01.30.H28", "reception/000.01.30.H28", "reception/000.01.30.H28"], _grains.Asked.Select(a => a.Key));
    }

    [Fact]
    public async Task Result_IsNeverAskedForAgain()
    {
        foreach (var result in (CommandResult[])[new CommandResult.Busy(TimeSpan.FromSeconds(1)), new CommandResult.IdReused(s_code, s_request.Id), new CommandResult.Rejected(s_code, 1, [])])
        {
            _grains.Asked.Clear();
            _grains.Answer = _ => new CommandAnswer(result);

            Assert.Same(result, await _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct));
            Assert.Single(_grains.Asked);
        }
    }

    [Fact]
    public async Task Command_NeverAnswered_EndsWithinItsTimeAndItsFateIsSaidToBeUnknown()
    {
        var last = new SiloUnavailableException("gone");
        _grains.Answer = _ => throw last;

        var unanswered = await Assert.ThrowsAsync<TimeoutException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());

        Assert.Equal("The cluster did not answer within 00:00:10: what became of the command is not known, give it again under the same id.", unanswered.Message);
        Assert.Same(last, unanswered.InnerException);
        Assert.InRange(_time.Passed, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Question_NeverAnswered_EndsWithinItsTime()
    {
        _grains.Answer = _ => throw new TimeoutException();

        Assert.Equal("The cluster did not answer within 00:00:10: ask again.", (await Assert.ThrowsAsync<TimeoutException>(() => _engine.FindAsync(s_code, Ct).AsTask())).Message);
        await Assert.ThrowsAsync<TimeoutException>(() => _engine.PermittedAsync(s_code, s_request.Actor, Ct).AsTask());
        await Assert.ThrowsAsync<TimeoutException>(() => _engine.HistoryAsync(s_code, cancellationToken: Ct).AsTask());
    }

    [Theory]
    [InlineData(EngineFaultKind.Unknown)]
    [InlineData(EngineFaultKind.Ending)]
    public async Task FateThatTheSiloDoesNotKnow_IsAskedForAgain(string kind)
    {
        _grains.Answer = n => n < 3 ? new CommandAnswer(null, new EngineFault(kind, "m")) : new CommandAnswer(new CommandResult.NotFound(s_code));

        Assert.IsType<CommandResult.NotFound>(await _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct));
        Assert.Equal(3, _grains.Asked.Count);
    }

    [Fact]
    public async Task FateThatNoSiloKnows_StaysUnknown()
    {
        _grains.Answer = _ => new CommandAnswer(null, new EngineFault(EngineFaultKind.Unknown, "The engine ended before the store answered."));

        var unanswered = await Assert.ThrowsAsync<TimeoutException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());

        Assert.Equal((true, "The engine ended before the store answered."), (Assert.IsType<EngineFaultException>(unanswered.InnerException).IsFateUnknown, unanswered.InnerException.Message));
        Assert.InRange(_time.Passed, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task AnswerThatNothingWasDone_IsNotBelievedAfterACallThatMayHaveBeenDone()
    {
        CommandAnswer[] answers =
        [
            new(new CommandResult.Busy(TimeSpan.FromSeconds(1))),
            new(null, new EngineFault(EngineFaultKind.StorageFull, "full")),
            new(null, new EngineFault(EngineFaultKind.Contended, "contended")),
            new(new CommandResult.Accepted(s_code, 2, [], IsRepeat: true)),
        ];
        _grains.Answer = n => n == 1 ? throw new TimeoutException() : answers[n - 2];

        Assert.True(Assert.IsType<CommandResult.Accepted>(await _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct)).IsRepeat);

        _grains.Asked.Clear();
        _grains.Answer = n => n == 1 ? throw new TimeoutException() : answers[0];
        await Assert.ThrowsAsync<TimeoutException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());
    }

    [Fact]
    public async Task SilosThatAllEnd_AreSaidToEnd()
    {
        _grains.Answer = _ => new CommandAnswer(null, new EngineFault(EngineFaultKind.Ending, "The silo ends."));

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());

        Assert.Equal((EngineFaultKind.Ending, false), (fault.Kind, fault.IsFateUnknown));
    }

    [Fact]
    public async Task Fault_ArrivesAtOnceWithItsMessage()
    {
        foreach (var kind in (string[])[EngineFaultKind.Contended, EngineFaultKind.MissingProcedure, EngineFaultKind.StorageFull, EngineFaultKind.StorageReadOnly, EngineFaultKind.StorageCorrupt, "a later one"])
        {
            _grains.Asked.Clear();
            _grains.Answer = _ => new CommandAnswer(null, new EngineFault(kind, "free some space"));

            var fault = await Assert.ThrowsAsync<EngineFaultException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());
            Assert.Equal((kind, "free some space", false), (fault.Kind, fault.Message, fault.IsFateUnknown));
            await Assert.ThrowsAsync<EngineFaultException>(() => _engine.FindAsync(s_code, Ct).AsTask());
            Assert.Equal(2, _grains.Asked.Count);
        }
    }

    [Fact]
    public async Task CallersMistake_ArrivesAsSuch()
    {
        _grains.Answer = _ => new CommandAnswer(null, new EngineFault(EngineFaultKind.Argument, "The caller is empty.") { Argument = "request" });

        var mistake = await Assert.ThrowsAsync<ArgumentException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());
        Assert.Equal(("request", "The caller is empty. (Parameter 'request')"), (mistake.ParamName, mistake.Message));
    }

    [Fact]
    public async Task FaultOfTheProgram_IsNotHiddenByTryingAgain()
    {
        _grains.Answer = _ => throw new InvalidOperationException("wrong");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, Ct).AsTask());
        Assert.Single(_grains.Asked);
    }

    [Fact]
    public async Task CancelledCall_IsNotMadeAgain()
    {
        using var cancelling = new CancellationTokenSource();
        _grains.Answer = _ =>
        {
            cancelling.Cancel();
            throw new TimeoutException();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _engine.ExecuteAsync(s_code, new FireTrigger("t"), s_request, cancelling.Token).AsTask());
        Assert.Single(_grains.Asked);
    }

    [Fact]
    public async Task DefaultCode_IsNoGrain()
    {
        Assert.Equal(new CommandResult.NotFound(default), await _engine.ExecuteAsync(default, new FireTrigger("t"), s_request, Ct));
        Assert.Null(await _engine.FindAsync(default, Ct));
        Assert.Empty(_grains.Asked);
    }
}
