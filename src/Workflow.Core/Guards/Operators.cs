namespace Workflow.Core.Guards;

internal enum Comparing
{
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

internal enum Arithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>How operators are written and turned around.</summary>
internal static class Operators
{
    public static string Written(this Comparing comparing) => comparing switch
    {
        Comparing.Equal => "=",
        Comparing.NotEqual => "!=",
        Comparing.Less => "<",
        Comparing.AtMost => "<=",
        Comparing.Greater => ">",
        _ => ">=",
    };

    /// <summary>The comparison that holds exactly when this one does not, between two values that are there.</summary>
    public static Comparing Negated(this Comparing comparing) => comparing switch
    {
        Comparing.Equal => Comparing.NotEqual,
        Comparing.NotEqual => Comparing.Equal,
        Comparing.Less => Comparing.AtLeast,
        Comparing.AtMost => Comparing.Greater,
        Comparing.Greater => Comparing.AtMost,
        _ => Comparing.Less,
    };

    /// <summary>The same comparison with its sides exchanged.</summary>
    public static Comparing Mirrored(this Comparing comparing) => comparing switch
    {
        Comparing.Less => Comparing.Greater,
        Comparing.AtMost => Comparing.AtLeast,
        Comparing.Greater => Comparing.Less,
        Comparing.AtLeast => Comparing.AtMost,
        _ => comparing,
    };

    public static string Written(this Arithmetic arithmetic) => arithmetic switch
    {
        Arithmetic.Add => "+",
        Arithmetic.Subtract => "-",
        Arithmetic.Multiply => "*",
        _ => "/",
    };
}
