namespace Workflow.Core.Dossiers;

/// <summary>What the journal keeps of an accepted command: for whom the actor acted, and what came of it.</summary>
/// <param name="Unit">The unit that the actor acted for, or null.</param>
/// <param name="Events">The events, in order. Never empty.</param>
public sealed record RecordedCommand(string? Unit, IReadOnlyList<DossierEvent> Events);

/// <summary>The personal part of one event of a recorded command.</summary>
/// <param name="Event">The event's position within the command, from 0.</param>
/// <param name="Data">The personal part.</param>
public sealed record PersonalPart(int Event, PersonalData Data);
