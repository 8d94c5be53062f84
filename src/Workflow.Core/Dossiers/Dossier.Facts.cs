using Workflow.Core.Guards;

namespace Workflow.Core.Dossiers;

// What guards see of it.
public sealed partial class Dossier
{
    /// <summary>The dossier as the guards of its procedure see it, when nothing is brought along. Immutable, as the dossier is.</summary>
    /// <param name="actor">The acting person.</param>
    /// <param name="time">The legal time; kept to the millisecond, in Vietnam's offset.</param>
    /// <exception cref="ArgumentNullException"><paramref name="actor"/> is null.</exception>
    public IDossierFacts FactsFor(Actor actor, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return new DecisionFacts(this, LegalTime.Of(time), actor, null);
    }
}
