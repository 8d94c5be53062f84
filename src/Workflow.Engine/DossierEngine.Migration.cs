using System.Runtime.CompilerServices;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Migrations;
using Workflow.Core.Procedures;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine;

// New versions while dossiers run, and the move of those dossiers to them.
public sealed partial class DossierEngine
{
    /// <summary>The longest id of a batch, in characters.</summary>
    public const int LongestBatch = 100;

    private const string MigrationCaller = "system:migrations";

    // As many dossiers share commits; more would wait for one another rather than for the disk.
    private const int MovedAtOnce = 128;

    // A dossier that goes on each time it is looked at is busy, not stuck: it is reported and can be moved later.
    private const int MostLooks = 5;

    /// <summary>The procedures that the engine knows now. A published version is added; none is ever replaced.</summary>
    public ProcedureSet Procedures => _parts.Procedures.Current;

    /// <summary>Keeps new versions in the store and uses them for later submissions; running dossiers keep theirs. Known versions change nothing.</summary>
    /// <exception cref="DefinitionConflictException">A version is published with other content; then nothing was published.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public async ValueTask PublishAsync(IReadOnlyCollection<Procedure> procedures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(procedures);
        ThrowIfDisposed();
        await PublishedProcedures.PublishAsync(_parts.Store, procedures, _parts.Now, cancellationToken).ConfigureAwait(false);
        await _parts.Definitions.AdoptAsync(procedures).ConfigureAwait(false);
    }

    /// <summary>Says of every open dossier of the plan's version, in code order, whether it could move now and what would become of its deadlines. Changes nothing.</summary>
    /// <exception cref="ArgumentException">The engine does not know the plan's versions.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async IAsyncEnumerable<MigrationPreview> PreviewMigrationAsync(MigrationPlan plan, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Require(plan, actor);
        await foreach (var code in OpenOfAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            if (await ReadAsync(code, cancellationToken).ConfigureAwait(false) is { } dossier)
            {
                yield return plan.Preview(dossier, ContextOf(dossier, actor));
            }
        }
    }

    /// <summary>Returns the first batch of a plan under which no dossier that is open in its version was taken back.</summary>
    /// <remarks>A migration that was broken off goes on under its batch; one that was taken back gets a new one.</remarks>
    /// <exception cref="ArgumentException">The engine does not know the plan's versions.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async ValueTask<string> NextBatchAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        Require(plan, Actor.System);
        var ordinal = 1;
        await foreach (var code in OpenOfAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            while (await FindOwnAsync(code, TakeBackId(plan.BatchId(ordinal)), cancellationToken).ConfigureAwait(false) is not null)
            {
                ordinal++;
            }
        }

        return plan.BatchId(ordinal);
    }

    /// <summary>Moves every open dossier of the plan's version that can move, in code order, and says of each what became of it.</summary>
    /// <remarks>
    /// Each move is a command of its own under an id that follows from the batch, and takes its turn among the dossier's other commands.
    /// Broken off and called again with the same batch, it moves what is left and nothing twice. What is submitted meanwhile may or may not be met.
    /// </remarks>
    /// <param name="plan">The plan. Its mapping names a legal ground.</param>
    /// <param name="batch">The batch, 1 to 100 printable characters, under which all can be taken back; see <see cref="NextBatchAsync"/>.</param>
    /// <param name="actor">Who approved it.</param>
    /// <param name="cancellationToken">Stops after the dossiers under way.</param>
    /// <exception cref="ArgumentException">The engine does not know the plan's versions, the plan lacks its ground, or the batch cannot be one.</exception>
    /// <exception cref="StorageException">The store failed; some dossiers may have moved.</exception>
    public async IAsyncEnumerable<MigrationPreview> MigrateAsync(
        MigrationPlan plan, string batch, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Require(plan, actor);
        RequireBatch(batch);
        if (string.IsNullOrWhiteSpace(plan.Mapping.Ground))
        {
            throw new ArgumentException("The mapping names no legal ground.", nameof(plan));
        }

        await foreach (var codes in OpenOfAsync(plan, cancellationToken).Chunk(MovedAtOnce).ConfigureAwait(false))
        {
            foreach (var moved in await Task.WhenAll(codes.Select(code => MoveAsync(plan, batch, actor, code))).ConfigureAwait(false))
            {
                if (moved is not null)
                {
                    yield return moved;
                }
            }
        }
    }

    /// <summary>Takes a batch back: every dossier of it that has not gone on since stands where it stood before. Says of each, in code order, what became of it.</summary>
    /// <remarks>
    /// Called again it changes nothing more. The cost grows with the number of dossiers in the store, closed ones included: a dossier of the
    /// batch may have ended since, and is told.
    /// </remarks>
    /// <param name="batch">The batch.</param>
    /// <param name="actor">Who approved it.</param>
    /// <param name="fromVersion">The version that the batch moved dossiers from; null not to check. Dossiers that it moved from another stay.</param>
    /// <param name="toVersion">The version that the batch moved dossiers to; null not to check.</param>
    /// <param name="cancellationToken">Stops after the dossiers under way.</param>
    /// <exception cref="ArgumentException">The batch cannot be one.</exception>
    /// <exception cref="StorageException">The store failed; some dossiers may have moved back.</exception>
    public async IAsyncEnumerable<MigrationPreview> TakeBackAsync(
        string batch, Actor actor, int? fromVersion = null, int? toVersion = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ThrowIfDisposed();
        RequireBatch(batch);
        await foreach (var codes in CodesAsync(cancellationToken).Chunk(MovedAtOnce).ConfigureAwait(false))
        {
            foreach (var moved in await Task.WhenAll(codes.Select(code => MoveBackAsync(batch, actor, fromVersion, toVersion, code))).ConfigureAwait(false))
            {
                if (moved is not null)
                {
                    yield return moved;
                }
            }
        }
    }

    private static string MigrateId(string batch) => $"migrate-{batch}";

    private static string TakeBackId(string batch) => $"take-back-{batch}";

    private static void RequireBatch(string batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Length is 0 or > LongestBatch || batch.Any(char.IsControl))
        {
            throw new ArgumentException($"A batch is named by 1 to {LongestBatch} printable characters.", nameof(batch));
        }
    }

    private void Require(MigrationPlan plan, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(actor);
        ThrowIfDisposed();
        foreach (var procedure in (Procedure[])[plan.From, plan.To])
        {
            if (_parts.Procedures.Find(procedure.Code, procedure.Version.Number)?.ContentHash != procedure.ContentHash)
            {
                throw new ArgumentException($"The engine does not know {procedure} with this content: publish it first.", nameof(plan));
            }
        }
    }

    // A dossier that moves leaves the filter behind the page, so none is met twice.
    private async IAsyncEnumerable<DossierCode> OpenOfAsync(MigrationPlan plan, [EnumeratorCancellation] CancellationToken ct)
    {
        var which = new OpenDossiers { Procedure = plan.From.Code, ProcedureVersion = Recording.VersionText(plan.From.Version) };
        await foreach (var code in _parts.Store.ReadAllOpenAsync(which, ct).ConfigureAwait(false))
        {
            yield return new DossierCode(code);
        }
    }

    private async IAsyncEnumerable<DossierCode> CodesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var head in _parts.Store.ReadChainHeadsAsync(ct).ConfigureAwait(false))
        {
            yield return new DossierCode(head.Code);
        }
    }

    private DecisionContext ContextOf(Dossier dossier, Actor actor)
    {
        var now = _parts.Now;
        return _parts.Context(now < dossier.LastOccurredAt ? dossier.LastOccurredAt : now, actor);
    }

    private async Task<MigrationPreview?> MoveAsync(MigrationPlan plan, string batch, Actor actor, DossierCode code)
    {
        MigrationPreview? preview = null;
        for (var look = 0; look < MostLooks; look++)
        {
            if (await ReadAsync(code, CancellationToken.None).ConfigureAwait(false) is not { } dossier || dossier.Procedure.Version != plan.From.Version)
            {
                return null;
            }

            preview = plan.Preview(dossier, ContextOf(dossier, actor));
            if (!preview.IsMovable)
            {
                return preview;
            }

            switch (await GiveAsync(code, plan.CommandFor(dossier, batch), MigrateId(batch), actor).ConfigureAwait(false))
            {
                // A repeat may be this very move, whose first answer was lost, or one that was taken back.
                case CommandResult.Accepted done when !done.IsRepeat || await IsInAsync(code, batch).ConfigureAwait(false):
                    return preview with { After = MigrationStanding.Of(done.Events.OfType<DossierMigrated>().Single().After) };
                case CommandResult.Rejected refused when refused.Unmet.All(u => u.Name != "from-state"):
                    return preview with { After = null, Unmet = refused.Unmet };
                case CommandResult.Rejected:
                    break;
                default:
                    return preview with { After = null, Unmet = [new UnmetGuard("batch", $"the dossier was moved under '{batch}' before and taken back; give the migration a batch of its own")] };
            }
        }

        return preview! with { After = null, Unmet = [new UnmetGuard("from-state", "the dossier went on each time it was to be moved; try again")] };
    }

    private async Task<MigrationPreview?> MoveBackAsync(string batch, Actor actor, int? from, int? to, DossierCode code)
    {
        if (await FindOwnAsync(code, MigrateId(batch), CancellationToken.None).ConfigureAwait(false) is not { } row)
        {
            return null;
        }

        var moved = Recording.Read(row).Events.OfType<DossierMigrated>().Single();
        if ((from ?? moved.FromVersion) != moved.FromVersion || (to ?? moved.ToVersion) != moved.ToVersion)
        {
            return new MigrationPreview(code, MigrationStanding.Of(moved.After), null, [new UnmetGuard("versions", $"the batch moved it from version {moved.FromVersion} to {moved.ToVersion}; name those, or none")]);
        }

        var result = await GiveAsync(code, new TakeBackMigration(batch), TakeBackId(batch), actor).ConfigureAwait(false);
        return result is CommandResult.Accepted done
            ? new MigrationPreview(code, MigrationStanding.Of(moved.After), MigrationStanding.Of(done.Events.OfType<MigrationTakenBack>().Single().After), [])
            : new MigrationPreview(code, MigrationStanding.Of(moved.After), null, result is CommandResult.Rejected refused ? refused.Unmet : [new UnmetGuard("batch", "the batch stands for another command of the dossier")]);
    }

    private async ValueTask<bool> IsInAsync(DossierCode code, string batch) =>
        await ReadAsync(code, CancellationToken.None).ConfigureAwait(false) is { Migration: { } migration } && migration.Batch == batch;

    private async ValueTask<JournalRow?> FindOwnAsync(DossierCode code, string id, CancellationToken ct) =>
        (await _parts.Store.FindCommandAsync(code.Value, MigrationCaller, id, ct).ConfigureAwait(false))?.Row;

    // The engine's own work: not counted against the queue of callers, and bounded by how many move at once.
    private async Task<CommandResult> GiveAsync(DossierCode code, DossierCommand command, string id, Actor actor)
    {
        Admit();
        return await ExecuteAdmittedAsync(code, command, new CommandRequest(new CommandId(id), actor) { Caller = MigrationCaller }).ConfigureAwait(false);
    }
}
