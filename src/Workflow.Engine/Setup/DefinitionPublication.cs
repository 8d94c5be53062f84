using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>Publishes what a host knows into the store, so that dossiers can be explained when the host's files have changed.</summary>
internal static class DefinitionPublication
{
    /// <exception cref="DefinitionConflictException">A version is published with other content.</exception>
    public static async ValueTask PublishAsync(
        IJournalStore store, ProcedureSet procedures, CalendarBook calendar, DateTimeOffset now, CancellationToken ct)
    {
        var known = await KnownAsync(store, ct).ConfigureAwait(false);
        foreach (var procedure in procedures.All)
        {
            await PublishNewAsync(Of(procedure, now)).ConfigureAwait(false);
        }

        await PublishNewAsync(new PublishedDefinition(
            DefinitionKinds.Calendar, calendar.Code, calendar.Version, calendar.ContentHash, now, DefinitionJson.Write(CalendarText.Of(calendar)))).ConfigureAwait(false);

        // What is there already with this content costs no commit.
        async ValueTask PublishNewAsync(PublishedDefinition definition)
        {
            if (!known.Contains((definition.Kind, definition.Code, definition.Version, definition.ContentHash)))
            {
                await store.PublishAsync(definition, ct).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<HashSet<(string, string, string, string)>> KnownAsync(IJournalStore store, CancellationToken ct)
    {
        var known = new HashSet<(string, string, string, string)>();
        foreach (var kind in (string[])[DefinitionKinds.Procedure, DefinitionKinds.Calendar])
        {
            known.UnionWith((await store.ReadDefinitionsAsync(kind, ct).ConfigureAwait(false)).Select(d => (d.Kind, d.Code, d.Version, d.ContentHash)));
        }

        return known;
    }

    private static PublishedDefinition Of(Procedure procedure, DateTimeOffset now) => new(
        DefinitionKinds.Procedure,
        procedure.Code,
        procedure.Version.Number.ToString(CultureInfo.InvariantCulture),
        procedure.ContentHash,
        now,
        DefinitionJson.Write(procedure.Content));
}
