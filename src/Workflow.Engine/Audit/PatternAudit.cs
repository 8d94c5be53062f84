using System.Security.Cryptography;
using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Gathers the patterns of all dossiers. Not thread-safe.</summary>
internal sealed class PatternAudit(AuditOptions options)
{
    private readonly List<Pattern> _found = [];
    private readonly RepeatedFilings _filings = new(RandomNumberGenerator.GetBytes(HashChain.Length));
    private readonly ManyExtensions _extensions = new(options.ManyExtensions);

    /// <summary>Takes in a dossier, in the order of the codes.</summary>
    public void Take(string code, ChainAudit chain)
    {
        _found.AddRange(chain.Patterns);
        if (chain.Submission is var (submitted, at, actor) && _filings.Fold(submitted, at, actor, chain.EndedOverdueAt) is { } again)
        {
            _found.Add(again);
        }

        foreach (var (version, by, when, events) in chain.Extensions ?? [])
        {
            _extensions.Fold(code, version, by, when, events);
        }
    }

    /// <summary>Reads when each row was recorded and returns all patterns, ordered by dossier and version.</summary>
    public async ValueTask<IReadOnlyList<Pattern>> FindAsync(IJournalStore store, CancellationToken ct)
    {
        var backDating = new BackDating(options.Calendar, options.BackDatedAfter);
        await foreach (var moment in Scanning.AheadAsync(store.ScanMomentsAsync(ct), ct).ConfigureAwait(false))
        {
            if (backDating.Fold(moment.Code, moment.Version, moment.Actor, moment.OccurredAt, moment.RecordedAt) is { } found)
            {
                _found.Add(found);
            }
        }

        _found.AddRange(_extensions.Patterns());
        return [.. _found.OrderBy(p => p.Dossier, CodeOrder.Instance).ThenBy(p => p.Version).ThenBy(p => p.Kind)];
    }
}
