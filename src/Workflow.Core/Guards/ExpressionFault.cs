namespace Workflow.Core.Guards;

/// <summary>Why a text is no expression. Becomes a defect; never leaves <see cref="ExpressionReader"/>.</summary>
internal sealed class ExpressionFault(string code, int offset, string message, string mend) : Exception(message)
{
    /// <summary>One of <see cref="Definitions.DefectCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The character at which it shows, from 0.</summary>
    public int Offset { get; } = offset;

    public string Mend { get; } = mend;
}
