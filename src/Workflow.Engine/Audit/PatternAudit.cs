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
    private readonly BackDating _backDating = new(options.Calendar, options.BackDatedAfter);

    /// <summary>Takes in a dossier, in the order of the codes.</summary>
    public void Take(string code, ChainConduct conduct)
    {
        _found.AddRange(conduct.Patterns);
        if (conduct.Submission is var (submitted, at, actor) && _filings.Fold(submitted, at, actor, conduct.EndedOverdueAt) is { } again)
        {
            _found.Add(again);
        }

        foreach (var (version, by, when, events) in conduct.Extensions ?? [])
        {
            _extensions.Fold(code, version, by, when, events);
        }
    }

    /// <summary>Takes in when a row was recorded, in the order of the journal.</summary>
    public void Take(JournalMoment moment)
    {
        if (_backDating.Fold(moment.Code, moment.Version, moment.Actor, moment.OccurredAt, moment.RecordedAt) is { } found)
        {
            _found.Add(found);
        }
    }

    /// <summary>Takes in what something else has found.</summary>
    public void Add(Pattern found) => _found.Add(found);

    /// <summary>Returns all patterns, ordered by dossier and version. Everything has been taken in.</summary>
    public IReadOnlyList<Pattern> Found()
    {
        _found.AddRange(_extensions.Patterns());
        return [.. _found.OrderBy(p => p.Dossier, CodeOrder.Instance).ThenBy(p => p.Version).ThenBy(p => p.Kind)];
    }
}
