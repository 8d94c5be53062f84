namespace Workflow.Engine.Timers;

/// <summary>How late timers fire on this host.</summary>
/// <param name="Last">By how much the last timer that did something fired after its moment; zero while none has.</param>
/// <param name="Longest">The longest of the running minute and the one before it.</param>
/// <param name="Due">The due wake-ups that this host has read and not done yet; when many are past due, more may wait in the store.</param>
public readonly record struct TimerLateness(TimeSpan Last, TimeSpan Longest, int Due);
