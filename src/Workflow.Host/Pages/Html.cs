using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Workflow.Host.Pages;

/// <summary>Makes elements. Text can only enter as a text node or an attribute's value, so whatever it holds is encoded.</summary>
internal static class Html
{
    private static readonly HashSet<string> s_void = new(StringComparer.Ordinal) { "meta", "link", "br", "rect", "line", "circle", "path" };

    /// <summary>An element with a class; none when it is empty.</summary>
    public static XElement Tag(string name, string cssClass, params object?[] content) =>
        cssClass.Length == 0 ? new XElement(name, content) : new XElement(name, new XAttribute("class", cssClass), content);

    public static XAttribute With(string name, string value) => new(name, value);

    /// <summary>A coordinate, with at most two decimals.</summary>
    public static XAttribute With(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>A document, as HTML that is well-formed XML too.</summary>
    public static string Document(XElement html)
    {
        // <div /> is an open tag in HTML: what may have content gets an end tag of its own.
        foreach (var element in html.DescendantsAndSelf().Where(e => e.IsEmpty && !s_void.Contains(e.Name.LocalName)))
        {
            element.Value = string.Empty;
        }

        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            html.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }
}
