using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

/// <summary>Reads the expressions of a definition. What is wrong with one becomes a defect at its very character.</summary>
internal static class ExpressionReader
{
    /// <summary>Reads an expression that holds or not; null, and a defect, when it is none.</summary>
    public static Condition? Condition(ExpressionText text, FactSchema schema, DefectList defects) =>
        TryRead(text, new ExpressionChecker(schema).Condition, out var condition, out var defect) ? condition : Report<Condition>(defect, defects);

    /// <summary>Reads an expression that has a number for its value; null, and a defect, when it is none.</summary>
    public static Term? Number(ExpressionText text, FactSchema schema, DefectList defects)
    {
        if (!TryRead(text, new ExpressionChecker(schema).Term, out var term, out var defect))
        {
            return Report<Term>(defect, defects);
        }

        if (term.Type == FactType.Number)
        {
            return term;
        }

        defects.Error(DefectCodes.UnusableCase, text.Place, $"'{term}' is {term.Type.Named()}, not a number", "write an expression whose value is a number");
        return null;
    }

    /// <summary>Reads an expression that has been checked already.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Condition Condition(ExpressionText text, FactSchema schema) =>
        TryRead(text, new ExpressionChecker(schema).Condition, out var condition, out var defect) ? condition : throw new ArgumentException(defect.ToString(), nameof(text));

    /// <summary>Reads a number that has been checked already.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Term Number(ExpressionText text, FactSchema schema) =>
        TryRead(text, new ExpressionChecker(schema).Term, out var term, out var defect) ? term : throw new ArgumentException(defect.ToString(), nameof(text));

    private static T? Report<T>(Defect defect, DefectList defects)
        where T : class
    {
        defects.AddRange([defect]);
        return null;
    }

    private static bool TryRead<T>(ExpressionText text, Func<ExpressionSyntax, T> check, [NotNullWhen(true)] out T? read, [NotNullWhen(false)] out Defect? defect)
        where T : class
    {
        try
        {
            (read, defect) = (check(ExpressionParser.Read(text.Text)), null);
            return true;
        }
        catch (ExpressionFault fault)
        {
            (read, defect) = (null, DefectList.Defect(fault.Code, text.At(fault.Offset), fault.Message, fault.Mend));
            return false;
        }
    }
}
