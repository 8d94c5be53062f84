using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

/// <summary>What callers are told when the engine cannot take a command, or fails at it.</summary>
public sealed class FaultApiTests
{
    private const string Secret = "Nguyễn Văn Kín";

    [Fact]
    public async Task Engine_ThatIsBusy_SaysWhenToComeAgain_AndTheCommandIsDoneOnce()
    {
        var engine = new FaultyEngine();
        await using var office = await ServedOffice.StartAsync(before: engine.Over);
        var citizen = await office.TokenAsync("citizen-1");
        engine.Next = () => new CommandResult.Busy(TimeSpan.FromMilliseconds(2_300));

        var told = await office.SubmitAsync(citizen, "one");

        told.IsProblem(503, "busy", "the same Idempotency-Key");
        Assert.Equal(TimeSpan.FromSeconds(3), told.Headers.RetryAfter!.Delta);
        Assert.Equal("000.01.30.H28-201106-0001", await office.SubmittedAsync(citizen, "one"));
    }

    [Fact]
    public async Task Faults_AreToldWithoutWhatTheyRepeat_AndLoggedByKindAndPlace()
    {
        var engine = new FaultyEngine();
        await using var office = await ServedOffice.StartAsync(before: engine.Over);
        var citizen = await office.TokenAsync("citizen-1");
        (Exception Fault, int Status, string Kind)[] faults =
        [
            (new StorageUnavailableException($"no answer about {Secret}"), 503, "store-away"),
            (new StorageCorruptException($"unreadable: {Secret}"), 503, "store-away"),
            (new ObjectDisposedException(Secret), 503, "busy"),
            (new ContendedDossierException(new DossierCode("D-1")), 503, "busy"),
            (new InvalidOperationException($"a defect at {Secret}"), 500, "defect"),
        ];

        foreach (var (fault, status, kind) in faults)
        {
            engine.Next = () => throw fault;
            var told = await office.SubmitAsync(citizen, "one");

            told.IsProblem(status, kind);
            Assert.Equal(status == 503, told.Headers.RetryAfter is not null);
            Assert.DoesNotContain(Secret, told.Body, StringComparison.Ordinal);
            Assert.Contains($"failed: {kind} [{fault.GetType().Name} at ", office.Log, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Secret, office.Log, StringComparison.Ordinal);
        Assert.Equal(201, (await office.SubmitAsync(citizen, "one")).Status);
    }

    /// <summary>Does once what it is told in place of the next command.</summary>
    private sealed class FaultyEngine : IDossierEngine
    {
        private IDossierEngine _inner = null!;
        private Func<CommandResult>? _next;

        public Func<CommandResult>? Next { set => _next = value; }

        public FaultyEngine Over(IDossierEngine inner)
        {
            _inner = inner;
            return this;
        }

        public ValueTask<CommandResult> SubmitAsync(SubmitDossier command, CommandRequest request, CancellationToken cancellationToken = default) =>
            Interlocked.Exchange(ref _next, null) is { } next ? new ValueTask<CommandResult>(next()) : _inner.SubmitAsync(command, request, cancellationToken);

        public ValueTask<CommandResult> ExecuteAsync(DossierCode code, DossierCommand command, CommandRequest request, CancellationToken cancellationToken = default) =>
            _inner.ExecuteAsync(code, command, request, cancellationToken);

        public ValueTask<DossierSnapshot?> FindAsync(DossierCode code, CancellationToken cancellationToken = default) => _inner.FindAsync(code, cancellationToken);

        public ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(DossierCode code, Actor actor, CancellationToken cancellationToken = default) => _inner.PermittedAsync(code, actor, cancellationToken);

        public ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(DossierCode code, int fromVersion = 1, int limit = 1000, CancellationToken cancellationToken = default) =>
            _inner.HistoryAsync(code, fromVersion, limit, cancellationToken);
    }
}
