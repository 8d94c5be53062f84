using System.Globalization;
using System.Text;
using System.Xml;

namespace Workflow.Core.EventLogs;

/// <summary>Writes an event log in XES (IEEE 1849), one trace at a time: UTF-8, and the same bytes for the same log.</summary>
/// <remarks>
/// A trace that XML cannot carry is refused before any of it is written, so the writer can go on with the next one: control
/// characters other than tab, line feed and carriage return, lone surrogates, U+FFFE and U+FFFF. Nothing is escaped in a way
/// of our own, since no other reader would know it. A log counts as whole only after <see cref="Complete"/>: without it the
/// root element stays open, and readers refuse the file. Not safe for use by several threads at once.
/// </remarks>
public sealed class XesWriter : IDisposable
{
    private readonly XmlWriter _xml;
    private bool _completed;

    /// <summary>Begins a log. The stream is left open when the writer is disposed.</summary>
    /// <param name="stream">Where the bytes go.</param>
    /// <param name="header">What the log says of itself, or <see langword="null"/> for <see cref="LogHeader.Standard"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be written, or the header holds what XML cannot carry or an empty key.</exception>
    public XesWriter(Stream stream, LogHeader? header = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written.", nameof(stream));
        }

        header ??= LogHeader.Standard;
        XesText.Check(header);
        _xml = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
            CloseOutput = false,

            // Dispose must not make a log that was broken off look whole.
            WriteEndDocumentOnClose = false,
        });
        Begin(header);
    }

    /// <summary>Writes a whole log.</summary>
    /// <exception cref="ArgumentException">See <see cref="XesWriter(Stream, LogHeader?)"/> and <see cref="Write(LogTrace)"/>.</exception>
    public static void Write(Stream stream, IEnumerable<LogTrace> traces, LogHeader? header = null)
    {
        ArgumentNullException.ThrowIfNull(traces);
        using var writer = new XesWriter(stream, header);
        foreach (LogTrace trace in traces)
        {
            writer.Write(trace);
        }

        writer.Complete();
    }

    /// <summary>Writes one trace.</summary>
    /// <exception cref="ArgumentException"><paramref name="trace"/> holds text that XML cannot carry, or an empty key. Nothing of it was written.</exception>
    /// <exception cref="InvalidOperationException">The log is complete.</exception>
    public void Write(LogTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ThrowIfCompleted();
        XesText.Check(trace);
        _xml.WriteStartElement("trace", XesNames.Namespace);
        if (trace.Name is not null)
        {
            WriteScalar("string", XesKeys.Name, trace.Name);
        }

        Write(trace.Attributes);
        foreach (LogEvent item in trace.Events)
        {
            _xml.WriteStartElement("event", XesNames.Namespace);
            WriteScalar("string", XesKeys.Name, item.Activity);
            WriteScalar("date", XesKeys.Time, XesNames.FormatDate(item.Time));
            Write(item.Attributes);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    /// <summary>Ends the log and flushes the stream.</summary>
    /// <exception cref="InvalidOperationException">The log is complete.</exception>
    public void Complete()
    {
        ThrowIfCompleted();
        _completed = true;
        _xml.WriteEndElement();
        _xml.WriteWhitespace("\n");
        _xml.WriteEndDocument();
        _xml.Flush();
    }

    /// <summary>Releases the writer, leaves the stream open, and leaves a log that was not completed broken off.</summary>
    public void Dispose() => _xml.Dispose();

    private void ThrowIfCompleted()
    {
        if (_completed)
        {
            throw new InvalidOperationException("The log is complete.");
        }
    }

    private void Begin(LogHeader header)
    {
        _xml.WriteStartDocument();
        _xml.WriteStartElement("log", XesNames.Namespace);
        _xml.WriteAttributeString("xes.version", "1849.2016");
        _xml.WriteAttributeString("xes.features", string.Empty);
        foreach (LogExtension extension in header.Extensions)
        {
            _xml.WriteStartElement("extension", XesNames.Namespace);
            _xml.WriteAttributeString("name", extension.Name);
            _xml.WriteAttributeString("prefix", extension.Prefix);
            _xml.WriteAttributeString("uri", extension.Uri);
            _xml.WriteEndElement();
        }

        WriteGlobals("trace", header.TraceGlobals);
        WriteGlobals("event", header.EventGlobals);
        foreach (LogClassifier classifier in header.Classifiers)
        {
            _xml.WriteStartElement("classifier", XesNames.Namespace);
            _xml.WriteAttributeString("name", classifier.Name);
            if (classifier.OfTraces)
            {
                _xml.WriteAttributeString("scope", "trace");
            }

            _xml.WriteAttributeString("keys", classifier.Keys);
            _xml.WriteEndElement();
        }

        Write(header.Attributes);
    }

    private void WriteGlobals(string scope, LogAttributes globals)
    {
        if (globals.Count > 0)
        {
            _xml.WriteStartElement("global", XesNames.Namespace);
            _xml.WriteAttributeString("scope", scope);
            Write(globals);
            _xml.WriteEndElement();
        }
    }

    private void Write(IReadOnlyList<LogAttribute> attributes)
    {
        foreach (LogAttribute attribute in attributes)
        {
            switch (attribute.Value)
            {
                case LogValue.List list:
                    Start(attribute);
                    _xml.WriteStartElement("values", XesNames.Namespace);
                    Write(list.Items);
                    _xml.WriteEndElement();
                    _xml.WriteEndElement();
                    break;
                case LogValue.Container container:
                    Start(attribute);
                    Write(container.Items);
                    _xml.WriteEndElement();
                    break;
                default:
                    WriteScalar(attribute.Value.ElementName, attribute.Key, Format(attribute.Value));
                    break;
            }
        }
    }

    private void Start(LogAttribute attribute)
    {
        _xml.WriteStartElement(attribute.Value.ElementName, XesNames.Namespace);
        _xml.WriteAttributeString("key", attribute.Key);
    }

    private void WriteScalar(string element, string key, string value)
    {
        _xml.WriteStartElement(element, XesNames.Namespace);
        _xml.WriteAttributeString("key", key);
        _xml.WriteAttributeString("value", value);
        _xml.WriteEndElement();
    }

    private static string Format(LogValue value) => value switch
    {
        LogValue.Text text => text.Value,
        LogValue.Id id => id.Value,
        LogValue.Date date => XesNames.FormatDate(date.Value),
        LogValue.Whole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        LogValue.Real real => XesNames.FormatReal(real.Value),
        LogValue.Flag flag => flag.Value ? "true" : "false",
        _ => throw new ArgumentException($"A {value.ElementName} has no single text.", nameof(value)),
    };
}
