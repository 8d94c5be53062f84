namespace Workflow.Host.Terminal;

/// <summary>Input or arguments that cannot be used. The message is the one line that the user reads: what, where, how to mend.</summary>
internal sealed class UnusableInputException(string message, Exception? cause = null) : Exception(message, cause);
