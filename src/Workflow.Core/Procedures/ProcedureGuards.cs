using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>A guard of a transition, whatever it was written as.</summary>
/// <param name="Name">What a refusal shows: the guard's name, or the expression in canonical form.</param>
/// <param name="Explanation">What is unmet when it does not hold, for people.</param>
/// <param name="Holds">The condition.</param>
/// <param name="Data">The condition as data; null for a guard that is code.</param>
internal sealed record HeldGuard(string Name, string Explanation, Func<IDossierFacts, bool> Holds, Condition? Data);

/// <summary>Finds what stands behind the guards of a procedure's transitions.</summary>
/// <remarks>
/// What has the form of a guard's name is one of the procedure's own, else a registered one; anything else is an expression. Their
/// definitions have been checked before.
/// </remarks>
internal sealed class ProcedureGuards
{
    private readonly FactSchema _schema;
    private readonly GuardRegistry _registry;
    private readonly Dictionary<string, HeldGuard> _own = new(StringComparer.Ordinal);

    public ProcedureGuards(ProcedureContent content, GuardRegistry registry)
    {
        _schema = ProcedureFacts.Of(content);
        _registry = registry;
        foreach (var guard in content.Guards)
        {
            var condition = ExpressionReader.Condition(guard.Holds, _schema);
            _own.Add(guard.Name, new HeldGuard(guard.Name, guard.Unmet is { } unmet ? unmet.En ?? unmet.Vi : Unmet(condition), GuardShapes.Holding(condition), condition));
        }
    }

    /// <summary>Whether a text refers to a guard by its name, perhaps with a version.</summary>
    public static bool IsReference(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return IsName(at < 0 ? text : text[..at]) && (at < 0 || (at + 1 < text.Length && text.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0));
    }

    /// <summary>Whether a text may be a guard's name.</summary>
    public static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>The guard of a text that has been checked.</summary>
    public HeldGuard Find(ExpressionText text)
    {
        if (!IsReference(text.Text))
        {
            var condition = ExpressionReader.Condition(text, _schema);
            return new HeldGuard(condition.ToString(), Unmet(condition), GuardShapes.Holding(condition), condition);
        }

        return _own.TryGetValue(text.Text, out var own) ? own : _registry.Find(text.Text) is { } code ? new HeldGuard(code.Name, code.Explanation, code.Holds, null)
            : throw new ArgumentException($"No guard '{text}' is registered.", nameof(text));
    }

    private static string Unmet(Condition condition) => $"this does not hold: {condition}";
}
