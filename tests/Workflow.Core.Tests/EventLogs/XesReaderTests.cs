using System.Text;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

public sealed class XesReaderTests
{
    [Theory]
    [InlineData("<log xmlns=\"http://www.xes-standard.org/\">")]
    [InlineData("<log>")]
    [InlineData("<log xmlns=\"http://www.xes-standard.org\">")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\" ?><!-- made by hand --><log xmlns=\"http://code.deckfour.org/xes\">")]
    public void Reader_LogInAnyNamespace_ReadsItsTraces(string root)
    {
        List<LogTrace> traces = Logs.Read(Logs.Xes(Logs.Trace("<string key=\"concept:name\" value=\"case 1\"/>" + Logs.Event()), root));

        LogTrace trace = Assert.Single(traces);
        Assert.Equal(new LogTrace("case 1", [new LogEvent("A", Logs.Monday)]), trace);
    }

    [Fact]
    public void Reader_PrefixedLog_ReadsItsTraces()
    {
        string text = "<x:log xmlns:x=\"http://www.xes-standard.org/\"><x:trace><x:event><x:string key=\"concept:name\" value=\"A\"/>"
            + "<x:date key=\"time:timestamp\" value=\"2020-11-09T08:00:00+07:00\"/></x:event></x:trace></x:log>";

        Assert.Equal(new LogTrace(null, [new LogEvent("A", Logs.Monday)]), Assert.Single(Logs.Read(text)));
    }

    [Fact]
    public void Reader_Header_IsKnownBeforeTheFirstTrace()
    {
        string text = Logs.Xes("""
            <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
            <global scope="trace"><string key="concept:name" value="?"/></global>
            <global scope="event"><int key="cost" value="0"/></global>
            <classifier name="Activity" keys="concept:name lifecycle:transition"/>
            <classifier name="Case" scope="trace" keys="concept:name"/>
            <float key="average" value="4.13"><float key="R1" value="1"/></float>
            """ + "<trace><event/></trace>");
        using Stream stream = Logs.Stream(text);
        using XesReader reader = XesReader.Open(stream);

        Assert.Equal(
            new LogHeader
            {
                Extensions = [new("Concept", "concept", "http://www.xes-standard.org/concept.xesext")],
                TraceGlobals = new(new LogAttribute("concept:name", "?")),
                EventGlobals = new(new LogAttribute("cost", new LogValue.Whole(0))),
                Classifiers = [new("Activity", "concept:name lifecycle:transition"), new("Case", "concept:name", OfTraces: true)],
                Attributes = new(new LogAttribute("average", new LogValue.Real(4.13))),
            },
            reader.Header);
    }

    [Fact]
    public void Reader_EveryType_IsKeptWithItsValue()
    {
        LogTrace trace = Assert.Single(Logs.Read(Logs.Xes(Logs.Trace("""
            <string key="s" value="x &amp; y"><string key="meta" value="not kept"/></string>
            <date key="d" value="2011-10-18T09:06:01.4681234999-05:30"/>
            <date key="z" value="2011-10-18T09:06:01Z"/>
            <int key="i" value=" -7 "/>
            <float key="f" value="1.5E7"/>
            <boolean key="b" value="1"/>
            <id key="u" value="a-b"/>
            <list key="new"><string key="about" value="the list"/><values><int key="n" value="1"/><int key="n" value="2"/></values></list>
            <list key="old"><int key="n" value="3"/></list>
            <container key="c"><boolean key="yes" value="true"/></container>
            <other:thing xmlns:other="urn:other"><deep>text</deep></other:thing>
            """ + Logs.Event()))));

        Assert.Equal(
            new LogAttributes(
                new LogAttribute("s", "x & y"),
                new LogAttribute("d", new DateTimeOffset(2011, 10, 18, 9, 6, 1, new TimeSpan(-5, -30, 0)).AddTicks(4_681_234)),
                new LogAttribute("z", new DateTimeOffset(2011, 10, 18, 9, 6, 1, TimeSpan.Zero)),
                new LogAttribute("i", new LogValue.Whole(-7)),
                new LogAttribute("f", new LogValue.Real(1.5e7)),
                new LogAttribute("b", new LogValue.Flag(true)),
                new LogAttribute("u", new LogValue.Id("a-b")),
                new LogAttribute("new", new LogValue.List([new("n", new LogValue.Whole(1)), new("n", new LogValue.Whole(2))])),
                new LogAttribute("old", new LogValue.List([new("n", new LogValue.Whole(3))])),
                new LogAttribute("c", new LogValue.Container(new(new LogAttribute("yes", new LogValue.Flag(true)))))),
            trace.Attributes);
    }

    [Fact]
    public void Reader_Date_KeepsItsOffset()
    {
        LogEvent item = Logs.Read(Logs.Xes(Logs.Trace(Logs.Event(time: "2020-11-09T01:00:00Z"))))[0].Events[0];

        Assert.Equal(Logs.Monday, item.Time);
        Assert.Equal(TimeSpan.Zero, item.Time.Offset);
    }

    [Fact]
    public void Reader_EventsOutOfOrder_AreOrderedByTimeAndEqualTimesKeepTheFile()
    {
        string events = Logs.Event("late", "2020-11-09T09:00:00+07:00") + Logs.Event("first", "2020-11-09T08:00:00+07:00")
            + Logs.Event("second", "2020-11-09T01:00:00Z") + Logs.Event("third", "2020-11-09T08:00:00+07:00");

        Assert.Equal(["first", "second", "third", "late"], Logs.Read(Logs.Xes(Logs.Trace(events)))[0].Events.Select(e => e.Activity));
    }

    [Fact]
    public void Reader_EmptyLog_HasNoTraces()
    {
        Assert.Empty(Logs.Read("<log/>"));
        Assert.Empty(Logs.Read(Logs.Xes(string.Empty)));
    }

    [Fact]
    public void Reader_FirstTraceTaken_LeavesTheRestUnread()
    {
        string text = Logs.Xes(Logs.Trace(Logs.Event()) + "<trace><broken");
        using Stream stream = Logs.Stream(text);

        Assert.Equal("A", XesReader.Read(stream).First().Events[0].Activity);
    }

    [Fact]
    public void Reader_Utf16_IsRead()
    {
        byte[] bytes = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Logs.Xes(Logs.Trace(Logs.Event("hồ sơ"))))];

        using var stream = new MemoryStream(bytes);
        Assert.Equal("hồ sơ", XesReader.Read(stream).Single().Events[0].Activity);
    }

    [Fact]
    public void Reader_Disposed_LeavesTheStreamOpen()
    {
        using Stream stream = Logs.Stream("<log/>");
        XesReader.Open(stream).Dispose();

        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Reader_TracesAskedForTwice_Throws()
    {
        using Stream stream = Logs.Stream("<log/>");
        using XesReader reader = XesReader.Open(stream);
        Assert.Empty(reader.ReadTraces());

        Assert.Throws<InvalidOperationException>(reader.ReadTraces);
    }
}
