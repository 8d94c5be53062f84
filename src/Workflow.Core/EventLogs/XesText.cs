using System.Xml;

namespace Workflow.Core.EventLogs;

/// <summary>Tells before anything is written whether XML can carry it.</summary>
internal static class XesText
{
    internal static void Check(LogHeader header)
    {
        foreach (LogExtension extension in header.Extensions)
        {
            Check(extension.Name, "the name of an extension");
            Check(extension.Prefix, "the prefix of an extension");
            Check(extension.Uri, "the address of an extension");
        }

        foreach (LogClassifier classifier in header.Classifiers)
        {
            Check(classifier.Name, "the name of a classifier");
            Check(classifier.Keys, "the keys of a classifier");
        }

        Check(header.TraceGlobals, "the header");
        Check(header.EventGlobals, "the header");
        Check(header.Attributes, "the header");
    }

    internal static void Check(LogTrace trace)
    {
        Check(trace.Name ?? string.Empty, "the name of a trace");
        string owner = $"the trace '{EventLogFormatException.Quote(trace.Name ?? string.Empty)}'";
        Check(trace.Attributes, owner);
        foreach (LogEvent item in trace.Events)
        {
            Check(item.Activity, $"an activity of {owner}");
            Check(item.Attributes, owner);
        }
    }

    private static void Check(IReadOnlyList<LogAttribute> attributes, string owner)
    {
        foreach (LogAttribute attribute in attributes)
        {
            if (string.IsNullOrEmpty(attribute.Key))
            {
                throw new ArgumentException($"An attribute of {owner} has an empty key.", nameof(attributes));
            }

            Check(attribute.Key, $"a key of {owner}");
            switch (attribute.Value)
            {
                case LogValue.Text text:
                    Check(text.Value, $"'{attribute.Key}' of {owner}");
                    break;
                case LogValue.Id id:
                    Check(id.Value, $"'{attribute.Key}' of {owner}");
                    break;
                case LogValue.List list:
                    Check(list.Items, owner);
                    break;
                case LogValue.Container container:
                    Check(container.Items, owner);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Check(string text, string place)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                throw new ArgumentException($"XML cannot carry the character U+{(int)text[i]:X4} at {i} in {place}: remove it before writing.", nameof(text));
            }
        }
    }
}
