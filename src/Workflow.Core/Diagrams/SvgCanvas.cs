using System.Globalization;
using System.Text;
using System.Xml;

namespace Workflow.Core.Diagrams;

/// <summary>Writes the shapes of an SVG. Texts and attributes are encoded by the XML writer.</summary>
internal sealed class SvgCanvas : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _writer;

    public SvgCanvas(double width, double height, string language)
    {
        _writer = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        _writer.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attribute("class", "wf-diagram");
        Attribute("role", "img");
        Attribute("xml:lang", language);
        Attribute("viewBox", $"0 0 {Number(width)} {Number(height)}");
        Attribute("width", Number(width));
        Attribute("height", Number(height));
    }

    public static string Number(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    public void Open(string cssClass)
    {
        _writer.WriteStartElement("g");
        Attribute("class", cssClass);
    }

    public void Shift(double x, double y)
    {
        _writer.WriteStartElement("g");
        Attribute("transform", $"translate({Number(x)} {Number(y)})");
    }

    public void Close() => _writer.WriteEndElement();

    public void Element(string name, string text)
    {
        _writer.WriteStartElement(name);
        _writer.WriteString(text);
        _writer.WriteEndElement();
    }

    public void Text(string cssClass, double x, double y, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        _writer.WriteStartElement("text");
        Attribute("class", cssClass);
        Attribute("x", Number(x));
        Attribute("y", Number(y));
        _writer.WriteString(text);
        _writer.WriteEndElement();
    }

    public void Rectangle(string cssClass, double x, double y, double width, double height, double radius = 0)
    {
        _writer.WriteStartElement("rect");
        Attribute("class", cssClass);
        Attribute("x", Number(x));
        Attribute("y", Number(y));
        Attribute("width", Number(width));
        Attribute("height", Number(height));
        if (radius > 0)
        {
            Attribute("rx", Number(radius));
        }

        _writer.WriteEndElement();
    }

    public void Circle(string cssClass, double x, double y, double radius)
    {
        _writer.WriteStartElement("circle");
        Attribute("class", cssClass);
        Attribute("cx", Number(x));
        Attribute("cy", Number(y));
        Attribute("r", Number(radius));
        _writer.WriteEndElement();
    }

    public void Path(string cssClass, string data)
    {
        _writer.WriteStartElement("path");
        Attribute("class", cssClass);
        Attribute("d", data);
        _writer.WriteEndElement();
    }

    /// <summary>Ends the document and returns it.</summary>
    public string Finish()
    {
        _writer.WriteEndElement();
        _writer.Flush();
        return _text.Append('\n').ToString();
    }

    public void Dispose() => _writer.Dispose();

    private void Attribute(string name, string value)
    {
        if (name == "xml:lang")
        {
            _writer.WriteAttributeString("xml", "lang", null, value);
        }
        else
        {
            _writer.WriteAttributeString(name, value);
        }
    }
}
