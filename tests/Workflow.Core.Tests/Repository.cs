using Workflow.Core.Calendars;

namespace Workflow.Core.Tests;

/// <summary>Finds the files of the repository that the tests run in.</summary>
internal static class Repository
{
    private static readonly Lazy<CalendarBook> s_vietnam = new(ReadVietnam);

    /// <summary>The calendar that the repository ships.</summary>
    public static CalendarBook Vietnam => s_vietnam.Value;

    public static string PathOf(params string[] parts) => RepositoryRoot.PathOf(parts);

    private static CalendarBook ReadVietnam()
    {
        using var reader = File.OpenText(PathOf("procedures", "calendars", "vn.yaml"));
        return CalendarBook.Read(reader, "vn.yaml");
    }
}
