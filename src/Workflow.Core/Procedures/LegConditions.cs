using System.Collections.Frozen;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>The conditions of a procedure's legs and joins, ready to be asked. Their definitions have been checked before.</summary>
internal sealed class LegConditions
{
    private readonly FrozenDictionary<string, Condition> _byText;

    public LegConditions(ProcedureContent content)
    {
        var schema = ProcedureFacts.Of(content);
        _byText = content.Legs.Select(l => l.When).Concat(content.States.Select(s => s.Join?.When)).OfType<ExpressionText>()
            .DistinctBy(c => c.Text, StringComparer.Ordinal)
            .ToFrozenDictionary(c => c.Text, c => ExpressionReader.Condition(c, schema), StringComparer.Ordinal);
    }

    /// <summary>Whether a condition holds; one that nothing is known of does not.</summary>
    public bool Holds(ExpressionText condition, IDossierFacts facts) => _byText[condition.Text].Holds(facts);
}
