using Stateless.Reflection;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge.Imports;

/// <summary>What the guards of a machine are called in the procedure.</summary>
internal sealed class GuardNaming(StatelessImportOptions options, IReadOnlyList<NamedGuard> own)
{
    // What a name was made of, so that no two guards share one.
    private readonly Dictionary<string, string> _madeOf = new(StringComparer.Ordinal);

    /// <summary>What Stateless calls a guard: its description, or the name of its method; null when it has neither.</summary>
    public static string? DescriptionOf(InvocationInfo guard)
    {
        var isNameless = guard.MethodName is null || guard.MethodName.AsSpan().IndexOfAny('<', '>', '`') >= 0;
        return isNameless && (guard.MethodName is null ? guard.Description == "<null>" : guard.Description == InvocationInfo.DefaultFunctionDescription)
            ? null
            : guard.Description;
    }

    // Stateless gives an internal transition without a guard one that always holds, and shows it by the method in which it stands.
    public static bool AlwaysHolds(InvocationInfo guard) =>
        DescriptionOf(guard) is null && guard.MethodName.StartsWith("<InternalTransition>", StringComparison.Ordinal);

    // An asynchronous one is shown with a guard of Stateless's own around whatever guard it has, or has not.
    public static bool IsAroundAny(InvocationInfo guard) => guard.MethodName?.StartsWith("<InternalTransitionAsyncIf>", StringComparison.Ordinal) == true;

    // A guard that takes a trigger's parameters is wrapped into one that takes an array, and shown as the wrapping.
    public static bool TakesParameters(InvocationInfo guard) => guard.MethodName?.StartsWith("<ToPackedGuard>", StringComparison.Ordinal) == true;

    /// <summary>The guard in the procedure; null, with the reason, when its description gives no name.</summary>
    public ExpressionText? Find(string description, out string? why)
    {
        why = null;
        if (options.GuardNames.TryGetValue(description, out var given))
        {
            return given;
        }

        var name = IsReference(description) ? description : Hyphened(description);
        if (name is null)
        {
            why = $"it cannot be a guard's name, which has letters, digits and hyphens: say in {nameof(options.GuardNames)} what it is called";
            return null;
        }

        if (!_madeOf.TryAdd(name, description) && _madeOf[name] != description)
        {
            why = $"the name '{name}' is that of '{_madeOf[name]}' too: say in {nameof(options.GuardNames)} what each is called";
            return null;
        }

        return name;
    }

    /// <summary>Whether a guard is there: an expression, one of the procedure's own, or a registered one.</summary>
    public bool IsKnown(ExpressionText guard) =>
        !IsReference(guard.Text) || own.Any(g => g.Name == guard.Text) || options.Guards.Find(guard.Text) is not null;

    private static bool IsReference(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return IsName(at < 0 ? text : text[..at]) && (at < 0 || (at + 1 < text.Length && text.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0));
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // Letters beyond ASCII are no part of a name, and what is left of a word without them is another word.
    private static string? Hyphened(string text)
    {
        if (text.Any(c => !char.IsAscii(c)))
        {
            return null;
        }

        var words = new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join('-', words);
    }
}
