using Workflow.Core.Dossiers;

namespace Workflow.Core.Diagrams;

/// <summary>The way that one dossier took through its procedure. Immutable; holds nothing personal.</summary>
/// <param name="Code">The dossier's code.</param>
/// <param name="Start">The state in which it began.</param>
/// <param name="StartedAt">When it was submitted.</param>
/// <param name="Steps">The transitions that it took, oldest first. May be empty.</param>
public sealed record DossierPath(string Code, string Start, DateTimeOffset StartedAt, IReadOnlyList<PathStep> Steps)
{
    /// <summary>The state in which the dossier is.</summary>
    public string Current => Steps.Count > 0 ? Steps[^1].To : Start;

    /// <summary>Reads the way from a dossier's history.</summary>
    /// <param name="history">The accepted commands, oldest first: when each occurred, and its events.</param>
    /// <exception cref="ArgumentException">The history does not begin with the submission.</exception>
    public static DossierPath Of(IEnumerable<(DateTimeOffset OccurredAt, IReadOnlyList<DossierEvent> Events)> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        DossierPath? path = null;
        var steps = new List<PathStep>();
        foreach (var (at, events) in history)
        {
            foreach (var happened in events)
            {
                if (happened is DossierSubmitted submitted)
                {
                    path ??= new DossierPath(submitted.Code, submitted.State, at, steps);
                }
                else if (happened is DossierMoved { Stays: false } moved)
                {
                    steps.Add(new PathStep(at, moved.Trigger, moved.From, moved.To));
                }
            }
        }

        return path ?? throw new ArgumentException("A dossier's history begins with its submission.", nameof(history));
    }
}

/// <summary>A transition that a dossier took.</summary>
/// <param name="At">When.</param>
/// <param name="Trigger">The trigger.</param>
/// <param name="From">The state that it left.</param>
/// <param name="To">The state that it entered.</param>
public sealed record PathStep(DateTimeOffset At, string Trigger, string From, string To);
