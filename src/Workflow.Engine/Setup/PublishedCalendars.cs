using System.Text.Json;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>The calendars that were published into a store, and which one decisions are made with.</summary>
/// <remarks>
/// A calendar that was published into the store outlives the host that knew of it: a host that is opened with an older one, because its files
/// are older or it was away, decides with the store's. A calendar that knows more than the store's is taken and published; promises that were
/// given before stay until they are computed again by <see cref="DossierEngine.PublishCalendarAsync"/>.
/// </remarks>
public static class PublishedCalendars
{
    /// <summary>Returns the calendar of this code that was published last; null when none was, or when an earlier release published it in a form that cannot be read back.</summary>
    /// <exception cref="StorageCorruptException">It cannot be read: it is of a newer release, or damaged.</exception>
    public static async ValueTask<CalendarBook?> NewestAsync(IJournalStore store, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Read(await NewestOfAsync(store, code, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the one of two calendars to decide with: the store's newest, unless <paramref name="given"/> follows it.</summary>
    /// <exception cref="DefinitionConflictException">They have the same version and differ.</exception>
    /// <exception cref="CalendarConflictException">Neither follows the other.</exception>
    internal static async ValueTask<CalendarBook> ChooseAsync(IJournalStore store, CalendarBook given, CancellationToken ct)
    {
        var newest = await NewestOfAsync(store, given.Code, ct).ConfigureAwait(false);
        if (newest is null || newest.ContentHash == given.ContentHash)
        {
            return given;
        }

        if (newest.Version == given.Version)
        {
            throw new DefinitionConflictException(newest.Kind, newest.Code, newest.Version);
        }

        if (Read(newest) is not { } stored || given.FaultAfter(stored) is not { } fault)
        {
            return given;
        }

        return stored.FaultAfter(given) is null ? stored : throw new CalendarConflictException(fault);
    }

    private static async ValueTask<PublishedDefinition?> NewestOfAsync(IJournalStore store, string code, CancellationToken ct) =>
        (await store.ReadDefinitionsAsync(DefinitionKinds.Calendar, ct).ConfigureAwait(false)).LastOrDefault(d => d.Code == code);

    private static CalendarBook? Read(PublishedDefinition? definition)
    {
        try
        {
            return definition is not null && DefinitionJson.ReadCalendar(definition.Content).File is { } file
                ? CalendarBook.Read(new StringReader(file), $"{definition.Code} in the store")
                : null;
        }
        catch (Exception e) when (e is JsonException or DefinitionException)
        {
            throw new StorageCorruptException(
                $"The store's calendar {definition!.Version} cannot be read: use the release that published it, or restore a copy of the store.", e);
        }
    }
}

/// <summary>A calendar cannot take the place of the one that promises were made with.</summary>
/// <param name="fault">Why, and how to mend it.</param>
public sealed class CalendarConflictException(string fault) : Exception(fault);
