using System.Globalization;
using System.Security.Cryptography;
using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>Publishes what a host knows into the store, so that dossiers can be explained when the host's files have changed.</summary>
internal static class DefinitionPublication
{
    private const string UnitsCode = "units";

    /// <exception cref="DefinitionConflictException">A version is published with other content.</exception>
    public static async ValueTask PublishAsync(
        IJournalStore store, ProcedureSet procedures, UnitTree units, CalendarBook calendar, DateTimeOffset now, CancellationToken ct)
    {
        var known = await KnownAsync(store, ct).ConfigureAwait(false);
        foreach (var procedure in procedures.All)
        {
            await PublishNewAsync(Of(procedure, now)).ConfigureAwait(false);
        }

        await PublishNewAsync(new PublishedDefinition(
            DefinitionKinds.Calendar, calendar.Code, calendar.Version, calendar.ContentHash, now, DefinitionJson.Write(CalendarText.Of(calendar)))).ConfigureAwait(false);
        await PublishNewAsync(Of(units, now)).ConfigureAwait(false);

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
        foreach (var kind in (string[])[DefinitionKinds.Procedure, DefinitionKinds.Calendar, DefinitionKinds.Units])
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

    // Units bear no version of their own: each content is one.
    private static PublishedDefinition Of(UnitTree units, DateTimeOffset now)
    {
        var content = DefinitionJson.Write(units.Units);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return new PublishedDefinition(DefinitionKinds.Units, UnitsCode, hash, hash, now, content);
    }
}
