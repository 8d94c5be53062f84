namespace Workflow.Core.Dossiers;

/// <summary>Something that a command needs and that does not hold.</summary>
/// <param name="Name">The guard's name, such as <c>one-supplement</c>. Stable: callers may compare it.</param>
/// <param name="Message">What is unmet, in one line, for people.</param>
/// <param name="Article">The article of law behind it, or null.</param>
public sealed record UnmetGuard(string Name, string Message, string? Article = null)
{
    /// <summary>Returns the name, the message and the article in one line.</summary>
    public override string ToString() => Article is null ? $"{Name}: {Message}" : $"{Name}: {Message} ({Article})";
}

/// <summary>What a command comes to: events, or the guards that are unmet. Immutable.</summary>
public sealed class Decision
{
    private Decision(IReadOnlyList<DossierEvent> events, IReadOnlyList<UnmetGuard> unmet)
    {
        Events = events;
        Unmet = unmet;
    }

    /// <summary>Whether the command is accepted.</summary>
    public bool IsAccepted => Events.Count > 0;

    /// <summary>The events, in order; empty when refused.</summary>
    public IReadOnlyList<DossierEvent> Events { get; }

    /// <summary>Every guard that is unmet; empty when accepted, never empty when refused.</summary>
    public IReadOnlyList<UnmetGuard> Unmet { get; }

    internal static Decision Accept(IReadOnlyList<DossierEvent> events) => new(events, []);

    internal static Decision Refuse(IReadOnlyList<UnmetGuard> unmet) => new([], unmet);

    internal static Decision Refuse(string name, string message, string? article = null) => new([], [new UnmetGuard(name, message, article)]);
}
