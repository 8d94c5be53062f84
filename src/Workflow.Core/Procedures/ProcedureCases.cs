using Workflow.Core.Deadlines;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>What a procedure's cases come to for one dossier: its limit, its documents, its fees.</summary>
internal sealed class ProcedureCases
{
    /// <summary>The most that is ever assessed at once, in dong: far above any fee, and far from where sums overflow.</summary>
    public const long LargestTotal = 100_000_000_000_000;

    private readonly (Condition When, TimeLimit Limit, string Text)[] _limits;
    private readonly (string Code, Condition? When)[] _documents;
    private readonly (FeeDefinition Fee, Condition? When, Term? Times)[] _fees;
    private readonly (TimeLimit Limit, string Text)? _ordinary;

    public ProcedureCases(ProcedureContent content)
    {
        var schema = ProcedureFacts.Of(content);
        _ordinary = content.Limit is { } limit ? (limit, limit.ToString()) : null;
        _limits = [.. content.LimitCases.Select(c => (ExpressionReader.Condition(c.When, schema), c.Limit, c.Limit.ToString()))];
        _documents = [.. content.Documents.Where(d => d.Required).Select(d => (d.Code, ConditionOf(d.When)))];
        _fees = [.. content.Fees.Select(f => (f, ConditionOf(f.When), f.Times is null ? null : ExpressionReader.Number(f.Times, schema)))];

        Condition? ConditionOf(ExpressionText? text) => text is null ? null : ExpressionReader.Condition(text, schema);
    }

    /// <summary>The limit and its text: of the first case that holds, else the ordinary one; null where the law sets none.</summary>
    public (TimeLimit Limit, string Text)? Limit(IDossierFacts facts)
    {
        foreach (var (when, limit, text) in _limits)
        {
            if (when.Holds(facts))
            {
                return (limit, text);
            }
        }

        return _ordinary;
    }

    /// <summary>The first document that is asked for and was not handed in; null when none lacks.</summary>
    public string? FirstMissingDocument(IDossierFacts facts)
    {
        foreach (var (code, when) in _documents)
        {
            if (!facts.HasDocument(code) && when?.Holds(facts) != false)
            {
                return code;
            }
        }

        return null;
    }

    public IReadOnlyList<string> RequiredDocuments(IDossierFacts facts) =>
        [.. _documents.Where(d => d.When?.Holds(facts) != false).Select(d => d.Code)];

    /// <summary>What a fee comes to, in dong; 0 when its case does not hold.</summary>
    public IReadOnlyList<(FeeDefinition Fee, long Amount)> Fees(IDossierFacts facts) => [.. _fees.Select(f => (f.Fee, Amount(f.Fee.Amount, f.When, f.Times, facts)))];

    public long FeesTotal(IDossierFacts facts)
    {
        var total = 0L;
        foreach (var (fee, when, times) in _fees)
        {
            total = Math.Min(LargestTotal, total + Amount(fee.Amount, when, times, facts));
        }

        return total;
    }

    // How often is unknown until it is given: until then once, as for a fee that does not say.
    private static long Amount(long amount, Condition? when, Term? times, IDossierFacts facts)
    {
        if (amount == 0 || when?.Holds(facts) == false)
        {
            return 0;
        }

        if (times is null || times.Evaluate(facts) is not { IsKnown: true, Number: var number })
        {
            return Math.Min(amount, LargestTotal);
        }

        return number <= 0 ? 0
            : number >= (decimal)LargestTotal / amount ? LargestTotal
            : (long)decimal.Round(amount * number, MidpointRounding.AwayFromZero);
    }
}
