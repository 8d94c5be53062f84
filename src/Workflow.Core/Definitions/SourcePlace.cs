namespace Workflow.Core.Definitions;

/// <summary>A place in a definition file. Lines and columns start at 1.</summary>
/// <param name="File">The file's name as its reader was given it; never opened by Core.</param>
/// <param name="Line">The line, from 1; 0 for a definition that was built in code.</param>
/// <param name="Column">The column, from 1; 0 for a definition that was built in code.</param>
public readonly record struct SourcePlace(string File, int Line, int Column)
{
    /// <summary>The place of something that was built in code and so has no file.</summary>
    public static SourcePlace Code { get; } = new("(code)", 0, 0);

    /// <summary>Returns <c>file:line:column</c>, or the file alone when there is no line.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
