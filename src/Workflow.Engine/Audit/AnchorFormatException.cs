namespace Workflow.Engine.Audit;

/// <summary>Anchors cannot be read, or are not those that were written. The message is one line: what, at which line, how to mend.</summary>
public sealed class AnchorFormatException(string message, Exception? cause = null) : Exception(message, cause);
