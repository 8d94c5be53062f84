using System.Globalization;

namespace Workflow.Host.Terminal;

/// <summary>Numbers with what they count.</summary>
internal static class Counted
{
    /// <summary>Returns <c>1 dossier</c>, <c>2,000 dossiers</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="word">The word for one; the plural has an s.</param>
    public static string Of(long count, string word) => string.Create(CultureInfo.CurrentCulture, $"{count:N0} {word}{(count == 1 ? string.Empty : "s")}");
}
