namespace Workflow.Engine.Archive;

/// <summary>What a pass over closed dossiers came to.</summary>
/// <param name="Archived">How many went to the archive.</param>
/// <param name="Remaining">How many that closed before the same moment did not: somebody held them, or they still have a timer.</param>
public sealed record ArchivedDossiers(long Archived, long Remaining);
