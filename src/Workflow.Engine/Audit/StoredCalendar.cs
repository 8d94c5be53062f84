using Workflow.Core.Calendars;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Audit;

/// <summary>Holds a calendar as the store keeps it against its content hash.</summary>
internal static class StoredCalendar
{
    /// <exception cref="Exception">The content cannot be read.</exception>
    public static string? WhyNot(PublishedDefinition definition)
    {
        var text = DefinitionJson.ReadCalendar(definition.Content);
        if (text.Code != definition.Code)
        {
            return $"its content is that of calendar {text.Code}";
        }

        // An earlier release listed days alone, from which no hash can be computed: of these anchors tell.
        if (text.File is not { } file)
        {
            return text.Versions[^1].Version == definition.Version ? null : $"its content is that of version {text.Versions[^1].Version}";
        }

        var calendar = CalendarBook.Read(new StringReader(file), $"{definition.Code} in the store");
        return calendar.Code != definition.Code || calendar.Version != definition.Version ? $"its content is that of calendar {calendar.Version}"
            : calendar.ContentHash != definition.ContentHash ? "its content is not what its hash was computed from: one of them was changed"
            : !Days(CalendarText.Of(calendar)).AsSpan().SequenceEqual(Days(text)) ? "the days that it lists are not those of the file within it: one of them was changed"
            : null;
    }

    private static byte[] Days(CalendarText text) => DefinitionJson.Write(text with { File = null });
}
