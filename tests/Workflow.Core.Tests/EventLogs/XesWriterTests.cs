using System.Text;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

public sealed class XesWriterTests
{
    [Fact]
    public void Writer_SmallLog_WritesTheseBytes()
    {
        var trace = new LogTrace(
            "H.1",
            [new LogEvent("submit", Logs.Monday, new(new LogAttribute(XesKeys.Resource, "Lê & \"Co\"")))],
            new(new LogAttribute("codes", new LogValue.List([new("code", new LogValue.Whole(3))]))));

        Assert.Equal(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
              <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext" />
              <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext" />
              <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext" />
              <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext" />
              <global scope="trace">
                <string key="concept:name" value="UNKNOWN" />
              </global>
              <global scope="event">
                <string key="concept:name" value="UNKNOWN" />
                <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00" />
              </global>
              <classifier name="Activity" keys="concept:name" />
              <trace>
                <string key="concept:name" value="H.1" />
                <list key="codes">
                  <values>
                    <int key="code" value="3" />
                  </values>
                </list>
                <event>
                  <string key="concept:name" value="submit" />
                  <date key="time:timestamp" value="2020-11-09T08:00:00.000+07:00" />
                  <string key="org:resource" value="Lê &amp; &quot;Co&quot;" />
                </event>
              </trace>
            </log>

            """,
            Encoding.UTF8.GetString(Logs.Write([trace])));
    }

    [Theory]
    [InlineData("U+0000", 0)]
    [InlineData("U+0001", 0x61, 1)]
    [InlineData("U+001F", 0x1F)]
    [InlineData("U+FFFE", 0xFFFE)]
    [InlineData("U+FFFF", 0xFFFF)]
    [InlineData("U+D83C", 0xD83C)]
    [InlineData("U+DFE0", 0xDFE0, 0xD83C)]
    public void Writer_TextThatXmlCannotCarry_IsRefusedAndLeavesNothingOfItsTrace(string named, params int[] codes)
    {
        // As numbers: a lone surrogate does not survive in the metadata of an attribute.
        string text = string.Concat(codes.Select(c => (char)c));
        var good = Logs.Case("good", "AB");
        LogTrace[] bad =
        [
            Logs.Case(text, "A"),
            new("c", [new LogEvent("x" + text, Logs.Monday)]),
            Logs.Case("c", "A", new LogAttribute("k", text)),
            Logs.Case("c", "A", new LogAttribute("k" + text, "v")),
            Logs.Case("c", "A", new LogAttribute("k", new LogValue.Id(text))),
            Logs.Case("c", "A", new LogAttribute("k", new LogValue.List([new("i", text)]))),
            Logs.Case("c", "A", new LogAttribute("k", new LogValue.Container(new(new LogAttribute("i", text))))),
        ];
        using var stream = new MemoryStream();
        using (var writer = new XesWriter(stream))
        {
            writer.Write(good);
            foreach (LogTrace trace in bad)
            {
                Assert.Contains(named, Assert.Throws<ArgumentException>(() => writer.Write(trace)).Message, StringComparison.Ordinal);
            }

            writer.Write(good);
            writer.Complete();
        }

        Assert.Equal(Logs.Write([good, good]), stream.ToArray());
    }

    [Fact]
    public void Writer_HeaderThatXmlCannotCarry_IsRefusedBeforeAByteIsWritten()
    {
        using var stream = new MemoryStream();

        Assert.Throws<ArgumentException>(() => new XesWriter(stream, new LogHeader { Classifiers = [new("\0", "k")] }));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Writer_NotCompleted_LeavesALogThatReadersRefuse()
    {
        using var stream = new MemoryStream();
        using (var writer = new XesWriter(stream))
        {
            writer.Write(Logs.Case("c", "AB"));
        }

        stream.Position = 0;
        Assert.Throws<EventLogFormatException>(() => XesReader.Read(stream).Count());
    }

    [Fact]
    public void Writer_Completed_WritesNoMore()
    {
        using var stream = new MemoryStream();
        using var writer = new XesWriter(stream);
        writer.Complete();

        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<InvalidOperationException>(() => writer.Write(Logs.Case("c", "A")));
    }
}
