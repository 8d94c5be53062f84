using Workflow.Core.Dossiers;

namespace Workflow.Core.Simulation;

/// <summary>A command that somebody gives in a simulation.</summary>
/// <param name="Case">Which dossier, from 0 in the order of submission.</param>
/// <param name="Number">Which command of that dossier, from 0; 0 is its submission.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Command">What.</param>
public readonly record struct SimulatedCommand(int Case, int Number, DateTimeOffset At, Actor Actor, DossierCommand Command);
