using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

/// <summary>Small logs made by hand, and generated ones.</summary>
internal static class Logs
{
    internal static readonly DateTimeOffset Monday = new(2020, 11, 9, 8, 0, 0, TimeSpan.FromHours(7));

    /// <summary>A case whose events, one letter each, are an hour apart.</summary>
    internal static LogTrace Case(string name, string letters, params LogAttribute[] attributes) =>
        new(name, letters.Select((c, i) => new LogEvent(c.ToString(), Monday.AddHours(i))), new LogAttributes(attributes));

    internal static Stream Stream(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    /// <summary>A log around the given elements, which begin on line 2.</summary>
    internal static string Xes(string inside, string root = "<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">") =>
        $"{root}\n{inside}\n</log>";

    internal static string Trace(string inside) => $"<trace>\n{inside}\n</trace>";

    internal static string Event(string name = "A", string time = "2020-11-09T08:00:00.000+07:00", string more = "") =>
        $"<event><string key=\"concept:name\" value=\"{name}\"/><date key=\"time:timestamp\" value=\"{time}\"/>{more}</event>";

    internal static List<LogTrace> Read(string text, XesLimits? limits = null)
    {
        using Stream stream = Stream(text);
        return [.. XesReader.Read(stream, limits)];
    }

    internal static byte[] Write(IEnumerable<LogTrace> traces, LogHeader? header = null)
    {
        using var stream = new MemoryStream();
        XesWriter.Write(stream, traces, header);
        return stream.ToArray();
    }

    /// <summary>Text that is awkward for XML but allowed in it.</summary>
    internal static readonly Gen<string> Text = Gen.Elements(
            "", " ", "  two  ", "\t", "\n", "\r", "\r\n", "<", ">", "&", "\"", "'", "]]>", "&amp;", "<!--", "--", "hồ sơ", "Đất đai",
            "\u0085", "\u2028", "\uFEFF", "\uFFFD", "\U0001F3E0", "e\u0301", "&#x1;", "%00", "a", "B", "0")
        .ArrayOf().Select(string.Concat);

    private static readonly Gen<DateTimeOffset> s_date =
        from ticks in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Elements(1L, 10_000L, 10_000_000L, 100_000_000L)
        from minutes in Gen.Choose(-14 * 60, 14 * 60)
        select new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(minutes)).AddTicks(ticks * scale);

    private static readonly Gen<double> s_real = Gen.Elements(
        0.0, 1.5, -1e300, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2);

    private static Gen<LogValue> Value(int depth)
    {
        Gen<LogValue> scalar = Gen.OneOf(
            Text.Select(t => (LogValue)new LogValue.Text(t)),
            Text.Select(t => (LogValue)new LogValue.Id(t)),
            s_date.Select(d => (LogValue)new LogValue.Date(d)),
            Gen.Elements(0L, -1L, long.MinValue, long.MaxValue).Select(n => (LogValue)new LogValue.Whole(n)),
            s_real.Select(n => (LogValue)new LogValue.Real(n)),
            Gen.Elements(true, false).Select(f => (LogValue)new LogValue.Flag(f)));
        return depth == 0
            ? scalar
            : Gen.Frequency(
                (6, scalar),
                (1, Attribute(depth - 1).ListOf().Select(items => (LogValue)new LogValue.List([.. items]))),
                (1, Attributes(depth - 1).Select(items => (LogValue)new LogValue.Container(items))));
    }

    private static Gen<LogAttribute> Attribute(int depth) =>
        from key in Text
        from value in Value(depth)
        select new LogAttribute("k" + key, value);

    private static Gen<LogAttributes> Attributes(int depth) =>
        Attribute(depth).ListOf().Select(items => new LogAttributes(items.Take(6).DistinctBy(i => i.Key)));

    private static readonly Gen<LogEvent> s_event =
        from activity in Text
        from time in s_date
        from attributes in Attributes(2)
        select new LogEvent("a" + activity, time, attributes);

    internal static readonly Gen<LogTrace> AnyTrace =
        from name in Gen.OneOf(Text.Select(t => (string?)t), Gen.Constant<string?>(null))
        from first in s_event
        from others in s_event.ListOf()
        from attributes in Attributes(2)
        select new LogTrace(name, others.Take(5).Prepend(first), attributes);

    internal static readonly Gen<LogTrace[]> AnyLog = AnyTrace.ListOf().Select(traces => traces.Take(6).ToArray());

    internal static readonly Gen<LogHeader> AnyHeader =
        from texts in Text.ArrayOf(3)
        from ofTraces in Gen.Elements(true, false)
        from globals in Attributes(1)
        from attributes in Attributes(2)
        select new LogHeader
        {
            Extensions = [.. LogHeader.Standard.Extensions, new LogExtension(texts[0], texts[1], texts[2])],
            TraceGlobals = globals,
            EventGlobals = attributes,
            Classifiers = [new LogClassifier(texts[2], texts[0], ofTraces)],
            Attributes = attributes,
        };

    /// <summary>Logs over few activities, so that variants and pairs repeat.</summary>
    internal static readonly Gen<LogTrace[]> FewActivities =
        Gen.Elements('A', 'B', 'C').NonEmptyListOf()
            .Select(letters => Case("c", new string([.. letters.Take(5)])))
            .ListOf().Select(traces => traces.ToArray());
}
