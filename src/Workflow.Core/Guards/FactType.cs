namespace Workflow.Core.Guards;

/// <summary>The type of a value in an expression.</summary>
internal enum FactType
{
    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A text, compared ordinally.</summary>
    Text,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A moment.</summary>
    Moment,
}

/// <summary>What the types are called in messages.</summary>
internal static class FactTypes
{
    public static string Named(this FactType type) => type switch
    {
        FactType.Flag => "true or false",
        FactType.Number => "a number",
        FactType.Text => "a text",
        FactType.Date => "a date",
        _ => "a moment",
    };

    /// <summary>Whether values of the type have an order that means something.</summary>
    public static bool IsOrdered(this FactType type) => type is FactType.Number or FactType.Date or FactType.Moment;
}
