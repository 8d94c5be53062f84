namespace Workflow.Engine.Leases;

/// <summary>Who is to have a lease for a save to take effect.</summary>
/// <param name="Name">The lease.</param>
/// <param name="Holder">Its holder.</param>
public readonly record struct LeaseHold(string Name, string Holder);
