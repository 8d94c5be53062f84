using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>What is proven about the guards of one procedure. Guards that are code may hold or not.</summary>
internal sealed class GuardJudge(ProcedureContent content)
{
    private readonly FactSchema _schema = ProcedureFacts.Of(content);
    private readonly Dictionary<string, Condition?> _read = new(StringComparer.Ordinal);

    /// <summary>Whether the guards are proven never to hold together. The values of fields may change from one command to the next.</summary>
    public bool NeverHold(IReadOnlyList<ExpressionText> guards)
    {
        // What is data may contradict itself, whatever the guards say that are code.
        var conditions = guards.Select(Read).OfType<Condition>().ToList();
        return conditions.Count > 0 && GuardAnalysis.Of(conditions, _schema).Possibility == Possibility.Never;
    }

    /// <summary>Whether the guards are proven never to hold together while none of the others does, be it false or unknown.</summary>
    public bool NeverHold(IReadOnlyList<ExpressionText> guards, IReadOnlyList<ExpressionText> others)
    {
        var conditions = guards.Select(Read).OfType<Condition>().Concat(others.Select(Read).OfType<Condition>().Select(Unheld.Of)).ToList();
        return conditions.Count > 0 && GuardAnalysis.Of(conditions, _schema).Possibility == Possibility.Never;
    }

    /// <summary>Whether it is proven that on some dossier none of the conditions holds.</summary>
    public bool MayAllBeUnheld(IReadOnlyList<ExpressionText> conditions)
    {
        var read = conditions.Select(Read).ToList();
        return read.TrueForAll(c => c is not null) && GuardAnalysis.Of([.. read.Select(c => Unheld.Of(c!))], _schema).Possibility == Possibility.Sometimes;
    }

    /// <summary>Facts for which both sets of guards hold, as text, empty when both hold whenever one of them does; null when nothing is proven.</summary>
    public string? Overlap(IReadOnlyList<ExpressionText> one, IReadOnlyList<ExpressionText> other)
    {
        var (first, second) = (one.Select(Read).ToList(), other.Select(Read).ToList());
        if (first.Concat(second).All(c => c is not null))
        {
            var verdict = GuardAnalysis.Overlap([.. first!], [.. second!], _schema);
            if (verdict.Possibility != Possibility.Unknown)
            {
                return verdict.Possibility == Possibility.Never ? null : Text(verdict.Witness);
            }
        }

        var (asked, alsoAsked) = (one.Select(g => g.Text).ToHashSet(StringComparer.Ordinal), other.Select(g => g.Text).ToHashSet(StringComparer.Ordinal));
        return asked.IsSubsetOf(alsoAsked) || alsoAsked.IsSubsetOf(asked) ? string.Empty : null;
    }

    /// <summary>Ends of legs, as text, under which a condition does not hold whatever the other facts are; null when none is proven.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="legs">The legs, all ended, and whether each may have ended badly.</param>
    public string? UnmetOnceEnded(ExpressionText condition, IEnumerable<(string Leg, bool MayEndBadly)> legs)
    {
        if (Read(condition) is not { } asked)
        {
            return null;
        }

        var ended = legs.Select(l => (Condition)new FlagCondition(new Fact(l.MayEndBadly ? FactKind.LegEnded : FactKind.LegWell, l.Leg, FactType.Flag, Optional: true)));
        var verdict = GuardAnalysis.Of([new NotCondition(asked), .. ended], _schema);
        return verdict.Possibility == Possibility.Sometimes && verdict.Witness.Keys.All(k => k.StartsWith("legs", StringComparison.Ordinal)) ? Text(verdict.Witness) : null;
    }

    private static string Text(IReadOnlyDictionary<string, string?> witness) =>
        string.Join(", ", witness.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} = {f.Value ?? "(none)"}"));

    // Null for a guard that is code.
    private Condition? Read(ExpressionText text)
    {
        if (!_read.TryGetValue(text.Text, out var condition))
        {
            var own = content.Guards.FirstOrDefault(g => g.Name == text.Text);
            condition = own is not null ? ExpressionReader.Condition(own.Holds, _schema)
                : ProcedureGuards.IsReference(text.Text) ? null : ExpressionReader.Condition(text, _schema);
            _read.Add(text.Text, condition);
        }

        return condition;
    }
}
