using System.Xml;

namespace Workflow.Core.EventLogs;

/// <summary>Walks the elements of an XES file under the limits and turns every fault of the XML into a refusal with its line.</summary>
internal sealed class XesCursor : IDisposable
{
    private readonly XesLimits _limits;
    private readonly BoundedStream _stream;
    private readonly XmlReader _xml;
    private readonly Func<bool> _read;
    private string _namespace = string.Empty;

    internal XesCursor(Stream stream, XesLimits limits)
    {
        _limits = limits;
        _stream = new BoundedStream(stream, limits.NodeBytes);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            NameTable = new BoundedNameTable(limits.Names),
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CheckCharacters = true,
            CloseInput = false,
        };
        _stream.Renew();
        _xml = Guarded(() => XmlReader.Create(_stream, settings));
        _read = _xml.Read;
    }

    internal string Name => _xml.LocalName;

    internal bool IsEmpty => _xml.IsEmptyElement;

    internal int Line => _xml is IXmlLineInfo info && info.LineNumber > 0 ? info.LineNumber : 1;

    private bool IsXes => _xml.NamespaceURI.Length == 0 || _xml.NamespaceURI == _namespace || _xml.NamespaceURI == XesNames.Namespace;

    /// <summary>Moves to the root element. Its namespace, whichever it is, becomes the log's.</summary>
    internal void MoveToRoot()
    {
        // The declaration may come first; the parser itself refuses text before the root and a file without one.
        while (Read() && _xml.NodeType != XmlNodeType.Element)
        {
        }

        _namespace = _xml.NamespaceURI;
        if (Name != "log")
        {
            throw Refusal($"the root element is <{EventLogFormatException.Quote(Name)}>, not <log>: give an XES file (IEEE 1849)");
        }
    }

    /// <summary>Moves to the next element inside the present one and returns true, or to the end of the present one and returns false.</summary>
    /// <remarks>Elements of other namespaces are passed over with all they hold.</remarks>
    internal bool NextElement()
    {
        while (true)
        {
            if (!Read())
            {
                throw Refusal("the file ends inside the log: get the whole file");
            }

            switch (_xml.NodeType)
            {
                case XmlNodeType.Element when IsXes:
                    return true;
                case XmlNodeType.Element:
                    Skip();
                    break;
                case XmlNodeType.EndElement:
                    return false;
                default:
                    throw Refusal("there is text between the elements: values stand in the attribute \"value\", so remove the text");
            }
        }
    }

    /// <summary>Passes over the present element with all it holds, still under the limits.</summary>
    internal void Skip()
    {
        int open = _xml.IsEmptyElement ? 0 : 1;
        while (open > 0 && Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && !_xml.IsEmptyElement)
            {
                open++;
            }
            else if (_xml.NodeType == XmlNodeType.EndElement)
            {
                open--;
            }
        }
    }

    /// <summary>Reads what follows the root element, which may only be comments and space.</summary>
    internal void ReadToEnd()
    {
        while (Read())
        {
        }
    }

    /// <summary>The value of an XML attribute of the present element.</summary>
    internal string? Find(string name)
    {
        string? text = _xml.GetAttribute(name);
        if (text?.Length > _limits.TextLength)
        {
            throw Refusal($"the \"{name}\" of <{EventLogFormatException.Quote(Name)}> has {text.Length} characters, more than the {_limits.TextLength} allowed: shorten it, or raise the limit");
        }

        return text;
    }

    internal string Required(string name) =>
        Find(name) ?? throw Refusal($"<{EventLogFormatException.Quote(Name)}> has no \"{name}\": add {name}=\"...\"");

    internal EventLogFormatException Refusal(string problem) => new(Line, problem);

    public void Dispose() => _xml.Dispose();

    private bool Read()
    {
        _stream.Renew();
        bool read = Guarded(_read);
        if (read && _xml.NodeType == XmlNodeType.Element && _xml.Depth >= _limits.Depth)
        {
            throw Refusal($"elements stand more than {_limits.Depth} deep inside each other: flatten them, or raise the limit");
        }

        return read;
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            throw new EventLogFormatException(Math.Max(e.LineNumber, 1), Explain(e), e);
        }
        catch (InputBoundException e)
        {
            throw new EventLogFormatException(_xml is null ? 1 : Line, e.Message, e);
        }
        catch (NotSupportedException e)
        {
            // Thrown for an encoding that the platform has given up, such as UTF-7.
            throw new EventLogFormatException(1, "the encoding of the file is not supported: write it in UTF-8", e);
        }
    }

    private static string Explain(XmlException e)
    {
        if (e.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return "the file has a document type declaration, which is never read: remove <!DOCTYPE ...>";
        }

        // The parser ends its message with a position of its own, which would stand twice.
        int position = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        string reason = position > 0 ? e.Message[..position] : e.Message;
        return $"this is not well-formed XML ({EventLogFormatException.Quote(reason.TrimEnd('.'), 200)}): get the whole file, or export it again";
    }
}
