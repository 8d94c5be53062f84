using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Commits;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Activation;

/// <summary>Asks the decider, after what only the engine can tell: its clock, the version in its memory, the days its calendar covers.</summary>
internal static class Deciding
{
    /// <summary>Returns the events, or null and every unmet guard.</summary>
    public static IReadOnlyList<DossierEvent>? Decide(
        EngineParts parts, Dossier dossier, GivenCommand given, DateTimeOffset occurredAt, out IReadOnlyList<UnmetGuard> unmet)
    {
        if (Early(parts, given, occurredAt, dossier.Version) is { } early)
        {
            unmet = early;
            return null;
        }

        try
        {
            return EventsOf(DossierDecider.Decide(dossier, given.Command, parts.Context(occurredAt, given.Request.Actor)), out unmet);
        }
        catch (ArgumentOutOfRangeException uncovered)
        {
            unmet = Uncovered(uncovered);
            return null;
        }
    }

    /// <summary>As <see cref="Decide"/>, for the submission that makes a dossier of this code.</summary>
    public static IReadOnlyList<DossierEvent>? Submit(
        EngineParts parts, Procedure procedure, DossierCode code, GivenCommand given, DateTimeOffset occurredAt, out IReadOnlyList<UnmetGuard> unmet)
    {
        if (Early(parts, given, occurredAt, 0) is { } early)
        {
            unmet = early;
            return null;
        }

        try
        {
            return EventsOf(DossierDecider.Submit(procedure, code, (SubmitDossier)given.Command, parts.Context(occurredAt, given.Request.Actor)), out unmet);
        }
        catch (ArgumentOutOfRangeException uncovered)
        {
            unmet = Uncovered(uncovered);
            return null;
        }
    }

    private static List<UnmetGuard>? Early(EngineParts parts, GivenCommand given, DateTimeOffset occurredAt, int version)
    {
        List<UnmetGuard>? unmet = null;
        if (given.Request.ExpectedVersion is { } expected && expected != version)
        {
            (unmet ??= []).Add(new UnmetGuard("expected-version", $"the dossier has version {version}, not {expected}"));
        }

        if (given.Request.OccurredAt is not null && occurredAt > parts.Now)
        {
            (unmet ??= []).Add(new UnmetGuard("occurred-in-past", $"a command cannot have occurred at {occurredAt:yyyy-MM-dd'T'HH:mm:ss.fffzzz}, after the engine's clock"));
        }

        return unmet;
    }

    private static IReadOnlyList<DossierEvent>? EventsOf(Decision decision, out IReadOnlyList<UnmetGuard> unmet)
    {
        unmet = decision.Unmet;
        return decision.IsAccepted ? decision.Events : null;
    }

    // The calendar answers only for the days it covers, and a limit may end behind them: no fault of the program, but nothing
    // that could be promised either.
    private static IReadOnlyList<UnmetGuard> Uncovered(ArgumentOutOfRangeException uncovered) =>
        [new UnmetGuard("calendar-covers", uncovered.Message.ReplaceLineEndings(" "))];
}
