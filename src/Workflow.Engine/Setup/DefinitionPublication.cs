using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>Publishes what a host knows into the store, so that dossiers can be explained when the host's files have changed.</summary>
internal static class DefinitionPublication
{
    /// <summary>Publishes a calendar; the same one again changes nothing.</summary>
    /// <exception cref="DefinitionConflictException">Its version is published with other content.</exception>
    public static ValueTask PublishAsync(IJournalStore store, CalendarBook calendar, DateTimeOffset now, CancellationToken ct) => store.PublishAsync(Of(calendar, now), ct);

    /// <summary>Publishes what is new, and returns the calendar to decide with: see <see cref="PublishedCalendars"/>.</summary>
    /// <exception cref="DefinitionConflictException">A version is published with other content.</exception>
    /// <exception cref="CalendarConflictException">The store's calendar and the given one do not follow each other.</exception>
    public static async ValueTask<CalendarBook> PublishAsync(
        IJournalStore store, ProcedureSet procedures, CalendarBook calendar, DateTimeOffset now, CancellationToken ct)
    {
        await PublishAsync(store, procedures.All, now, ct).ConfigureAwait(false);
        var known = await KnownAsync(store, [DefinitionKinds.Calendar], ct).ConfigureAwait(false);
        var chosen = await PublishedCalendars.ChooseAsync(store, calendar, ct).ConfigureAwait(false);
        if (chosen == calendar)
        {
            await PublishNewAsync(Of(calendar, now)).ConfigureAwait(false);
        }

        return chosen;

        // What is there already with this content costs no commit.
        async ValueTask PublishNewAsync(PublishedDefinition definition)
        {
            if (!known.Contains((definition.Kind, definition.Code, definition.Version, definition.ContentHash)))
            {
                await store.PublishAsync(definition, ct).ConfigureAwait(false);
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

    private static async ValueTask<HashSet<(string, string, string, string)>> KnownAsync(IJournalStore store, string[] kinds, CancellationToken ct)
    {
        var known = new HashSet<(string, string, string, string)>();
        foreach (var kind in kinds)
        {
            known.UnionWith((await store.ReadDefinitionsAsync(kind, ct).ConfigureAwait(false)).Select(d => (d.Kind, d.Code, d.Version, d.ContentHash)));
        }

        return known;
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
