using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>Publishes what a host knows into the store, so that dossiers can be explained when the host's files have changed.</summary>
internal static class DefinitionPublication
{
    /// <summary>Publishes a calendar, unless something was published since a revision; the same one again changes nothing.</summary>
    /// <returns>False when something was, and this calendar is not published.</returns>
    /// <exception cref="DefinitionConflictException">Its version is published with other content.</exception>
    public static async ValueTask<bool> TryPublishAsync(IJournalStore store, CalendarBook calendar, long revision, DateTimeOffset now, CancellationToken ct)
    {
        var published = (await store.ReadDefinitionsAsync(DefinitionKinds.Calendar, ct).ConfigureAwait(false)).Where(d => d.Code == calendar.Code).ToList();

        // The last one is the one in force, so each is known later than those before, whatever the clocks of the hosts do. What is there
        // already with this content costs no commit.
        var after = published.Count > 0 && published[^1].KnownFrom >= now ? published[^1].KnownFrom.AddMilliseconds(1) : now;
        return published.Any(d => d.Version == calendar.Version && d.ContentHash == calendar.ContentHash)
            || await store.TryPublishAsync(Of(calendar, after), revision, ct).ConfigureAwait(false);
    }

    /// <summary>Publishes what is new, and returns the calendar to decide with: see <see cref="PublishedCalendars"/>.</summary>
    /// <exception cref="DefinitionConflictException">A version is published with other content.</exception>
    /// <exception cref="CalendarConflictException">The store's calendar and the given one do not follow each other.</exception>
    public static async ValueTask<CalendarBook> PublishAsync(
        IJournalStore store, ProcedureSet procedures, CalendarBook calendar, DateTimeOffset now, CancellationToken ct)
    {
        await PublishAsync(store, procedures.All, now, ct).ConfigureAwait(false);
        while (true)
        {
            // Hosts that start at the same time choose one after the other.
            var revision = await store.ConfirmAsync([], [], ct).ConfigureAwait(false);
            var chosen = await PublishedCalendars.ChooseAsync(store, calendar, ct).ConfigureAwait(false);
            if (chosen != calendar || await TryPublishAsync(store, calendar, revision, now, ct).ConfigureAwait(false))
            {
                return chosen;
            }
        }
    }

    /// <summary>Publishes procedures: those that the store lacks, or none when one of them conflicts with what is there.</summary>
    /// <exception cref="DefinitionConflictException">A version is published with other content.</exception>
    public static async ValueTask PublishAsync(IJournalStore store, IEnumerable<Procedure> procedures, DateTimeOffset now, CancellationToken ct)
    {
        var published = (await store.ReadDefinitionsAsync(DefinitionKinds.Procedure, ct).ConfigureAwait(false))
            .ToDictionary(d => (d.Code, d.Version), d => d.ContentHash);
        var added = new List<PublishedDefinition>();
        foreach (var definition in procedures.Select(p => Of(p, now)))
        {
            if (published.TryAdd((definition.Code, definition.Version), definition.ContentHash))
            {
                added.Add(definition);
            }
            else if (published[(definition.Code, definition.Version)] != definition.ContentHash)
            {
                throw new DefinitionConflictException(definition.Kind, definition.Code, definition.Version);
            }
        }

        foreach (var definition in added)
        {
            await store.PublishAsync(definition, ct).ConfigureAwait(false);
        }
    }

    private static PublishedDefinition Of(CalendarBook calendar, DateTimeOffset now) => new(
        DefinitionKinds.Calendar, calendar.Code, calendar.Version, calendar.ContentHash, now, DefinitionJson.Write(CalendarText.Of(calendar)));

    private static PublishedDefinition Of(Procedure procedure, DateTimeOffset now) => new(
        DefinitionKinds.Procedure,
        procedure.Code,
        Recording.VersionText(procedure.Version),
        procedure.ContentHash,
        now,
        DefinitionJson.Write(procedure.Content));
}
