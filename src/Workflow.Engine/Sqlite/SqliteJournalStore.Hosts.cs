using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

public sealed partial class SqliteJournalStore
{
    /// <inheritdoc/>
    /// <remarks>For completeness: the only writer knows. Each dossier is as of a moment of its own.</remarks>
    public ValueTask<long> ConfirmAsync(IReadOnlyList<Confirmation> wanted, Confirmed[] results, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentOutOfRangeException.ThrowIfLessThan(results.Length, wanted.Count, nameof(results));
        return Readers.ReadAsync(
            reader =>
            {
                for (var i = 0; i < wanted.Count; i++)
                {
                    var (code, caller, id) = wanted[i];
                    var command = caller is null || id is null ? null : reader.FindCommand(code, caller, id);
                    results[i] = new Confirmed(reader.Load(code)?.Version ?? 0, command?.Version ?? 0);
                }

                return 0L;
            },
            ct);
    }

    /// <inheritdoc/>
    /// <remarks>Always true: there is one writer.</remarks>
    public async ValueTask<bool> TryPublishAsync(PublishedDefinition definition, long revision, CancellationToken ct)
    {
        await PublishAsync(definition, ct).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Always null: there is one writer.</remarks>
    public ValueTask<IDossierHold?> HoldAsync(string code, CancellationToken ct) => default;
}
