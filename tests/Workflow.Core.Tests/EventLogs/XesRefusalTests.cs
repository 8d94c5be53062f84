using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

/// <summary>What the reader refuses: each with the line, what is wrong there, and how to mend it; never another exception.</summary>
public sealed class XesRefusalTests
{
    public static TheoryData<string, int, string> Defects() => new()
    {
        { "", 1, "not well-formed" },
        { "just text", 1, "not well-formed" },
        { "\n<procedure/>", 2, "the root element is <procedure>" },
        { "<log>\n<trace>", 2, "not well-formed" },
        { "<log/>\n<log/>", 2, "not well-formed" },
        { Logs.Xes("<trace>\n</trace>"), 2, "the trace has no events: remove it" },
        { Logs.Xes("<trace/>"), 2, "the trace has no events" },
        { Logs.Xes("\n" + Logs.Event()), 3, "outside a trace" },
        { Logs.Xes(Logs.Trace(Logs.Event()) + "\n<string key=\"k\" value=\"v\"/>"), 5, "after the first trace" },
        { Logs.Xes(Logs.Trace("<event>\n<date key=\"time:timestamp\" value=\"2020-11-09T08:00:00+07:00\"/></event>")), 3, "no concept:name" },
        { Logs.Xes(Logs.Trace(Logs.Event(name: ""))), 3, "no concept:name" },
        { Logs.Xes(Logs.Trace("<event>\n<string key=\"concept:name\" value=\"A\"/></event>")), 3, "no time:timestamp" },
        { Logs.Xes(Logs.Trace("<event/>")), 3, "no concept:name" },
        { Logs.Xes(Logs.Trace(Logs.Event(time: "yesterday"))), 3, "'yesterday' of the attribute 'time:timestamp' is not a date with an offset" },
        { Logs.Xes(Logs.Trace(Logs.Event(time: "2020-11-09T08:00:00"))), 3, "not a date with an offset" },
        { Logs.Xes(Logs.Trace(Logs.Event(time: "2020-02-30T08:00:00Z"))), 3, "not a date with an offset" },
        { Logs.Xes(Logs.Trace(Logs.Event(time: "0001-01-01T00:00:00+14:00"))), 3, "not a date with an offset" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "\n<int key=\"n\" value=\"9223372036854775808\"/>"))), 4, "not a whole number of 64 bits" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<float key=\"n\" value=\"1e999\"/>"))), 3, "not a number" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<boolean key=\"n\" value=\"yes\"/>"))), 3, "not true or false" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<string key=\"concept:name\" value=\"B\"/>"))), 3, "'concept:name' stands twice in the event" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<int key=\"n\" value=\"1\"/><int key=\"n\" value=\"1\"/>"))), 3, "'n' stands twice in the event" },
        { Logs.Xes(Logs.Trace("<string key=\"concept:name\" value=\"a\"/><string key=\"concept:name\" value=\"a\"/>")), 3, "stands twice in the trace" },
        { Logs.Xes(Logs.Trace("<container key=\"c\"><id key=\"n\" value=\"1\"/><id key=\"n\" value=\"1\"/></container>")), 3, "twice in the container 'c'" },
        { Logs.Xes(Logs.Trace("<list key=\"c\"><values/><values/></list>")), 3, "two <values>" },
        { Logs.Xes(Logs.Trace("<int key=\"concept:name\" value=\"1\"/>")), 3, "is a int: write it as <string>" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<string value=\"1\"/>"))), 3, "<string> has no \"key\"" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<string key=\"\" value=\"1\"/>"))), 3, "empty key" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<string key=\"k\"/>"))), 3, "<string> has no \"value\"" },
        { Logs.Xes(Logs.Trace(Logs.Event(more: "<text key=\"k\" value=\"1\"/>"))), 3, "<text> is not an element that XES knows" },
        { Logs.Xes(Logs.Trace("stray")), 2, "text between the elements" },
        { Logs.Xes("<global scope=\"case\"/>"), 2, "the scope 'case' is unknown" },
        { Logs.Xes("<extension name=\"Concept\"/>"), 2, "<extension> has no \"prefix\"" },
        { Logs.Xes(Logs.Trace(Logs.Event(name: "&#1;"))), 3, "not well-formed" },
        { Logs.Xes(Logs.Trace(Logs.Event(name: "&who;"))), 3, "not well-formed" },
        { "<?xml version=\"1.0\" encoding=\"utf-7\"?><log/>", 1, ": " },
        { "<?xml version=\"1.0\" encoding=\"no-such\"?><log/>", 1, ": " },
        { "<?xml version=\"1.1\"?><log/>", 1, "not well-formed" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void Reader_Defect_IsRefusedWithItsLine(string text, int line, string what)
    {
        var refusal = Assert.Throws<EventLogFormatException>(() => Logs.Read(text));

        Assert.Equal(line, refusal.Line);
        Assert.StartsWith($"line {line}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        AssertOneLine(refusal);
    }

    [Fact]
    public void Reader_BillionLaughs_IsRefusedUnexpanded()
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE log [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++)
        {
            text.Append($"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">");
        }

        text.Append("]>\n").Append(Logs.Xes(Logs.Trace(Logs.Event("&l9;"))));

        var refusal = Assert.Throws<EventLogFormatException>(() => Logs.Read(text.ToString()));
        Assert.Contains("remove <!DOCTYPE ...>", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_ExternalEntity_IsRefused()
    {
        string text = "<!DOCTYPE log SYSTEM \"file:///etc/hostname\">" + Logs.Xes(string.Empty);

        Assert.Contains("<!DOCTYPE", Assert.Throws<EventLogFormatException>(() => Logs.Read(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<list key=\"k\">")]
    [InlineData("<container key=\"k\">")]
    [InlineData("<string key=\"k\" value=\"v\">")]
    [InlineData("<o:x xmlns:o=\"urn:o\">")]
    [InlineData("<trace>")]
    public void Reader_DeepNesting_IsRefused(string element)
    {
        string text = Logs.Xes(string.Concat(Enumerable.Repeat(element, 1_000_000)));

        Assert.Throws<EventLogFormatException>(() => Logs.Read(text));
    }

    [Fact]
    public void Reader_AttributesOnTheLimit_AreReadAndOneMoreIsRefused()
    {
        var limits = new XesLimits { Attributes = 40 };
        static string Log(int more) => Logs.Xes(Logs.Trace(Logs.Event(
            more: "<list key=\"l\"><values>" + string.Concat(Enumerable.Range(0, more).Select(i => $"<int key=\"n{i}\" value=\"1\"/>")) + "</values></list>")));

        Assert.Single(Logs.Read(Log(37), limits));
        Assert.Contains(
            "more than 40 attributes",
            Assert.Throws<EventLogFormatException>(() => Logs.Read(Log(38), limits)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_ManyAttributes_StillFindsTheDouble()
    {
        string many = string.Concat(Enumerable.Range(0, 50).Select(i => $"<int key=\"n{i}\" value=\"1\"/>"));

        Assert.Equal(50, Logs.Read(Logs.Xes(Logs.Trace(Logs.Event(more: many))))[0].Events[0].Attributes.Count);
        foreach (string key in (string[])["n0", "n16", "n17", "n49"])
        {
            Assert.Throws<EventLogFormatException>(() => Logs.Read(Logs.Xes(Logs.Trace(Logs.Event(more: many + $"<id key=\"{key}\" value=\"\"/>")))));
        }
    }

    [Fact]
    public void Reader_TextOnTheLimit_IsReadAndOneCharacterMoreIsRefused()
    {
        var limits = new XesLimits { TextLength = 30 };
        string Log(int length) => Logs.Xes(Logs.Trace(Logs.Event(new string('x', length))), "<log>");

        Assert.Single(Logs.Read(Log(30), limits));
        Assert.Contains("more than the 30 allowed", Assert.Throws<EventLogFormatException>(() => Logs.Read(Log(31), limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_EventsOnTheLimit_AreReadAndOneMoreIsRefused()
    {
        var limits = new XesLimits { EventsPerTrace = 3 };
        string Log(int events) => Logs.Xes(Logs.Trace(string.Concat(Enumerable.Repeat(Logs.Event(), events))));

        Assert.Equal(3, Logs.Read(Log(3), limits)[0].Events.Count);
        Assert.Throws<EventLogFormatException>(() => Logs.Read(Log(4), limits));
    }

    [Theory]
    [InlineData("<log><string key=\"k\" value=\"")]
    [InlineData("<log><!--")]
    [InlineData("<log>text")]
    [InlineData("<")]
    public void Reader_TagThatNeverEnds_IsRefusedBeforeItIsHeld(string beginning)
    {
        var limits = new XesLimits { TextLength = 1000 };
        using var endless = new EndlessStream(beginning, _ => "xxxxxxxxxxxxxxxx");

        Assert.Throws<EventLogFormatException>(() => XesReader.Read(endless, limits).Count());
        Assert.InRange(endless.Given, 1, 2 * limits.NodeBytes);
    }

    [Fact]
    public void Reader_NamesThatNeverRepeat_AreRefused()
    {
        using var endless = new EndlessStream("<log xmlns:o=\"urn:o\">", i => $"<o:x{i}/>");

        var refusal = Assert.Throws<EventLogFormatException>(() => XesReader.Read(endless).Count());
        Assert.Contains("10000 different element and attribute names", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_HostileTextInARefusal_StaysOneShortLine()
    {
        string text = Logs.Xes(Logs.Trace(Logs.Event(time: "&#10;\u2028\U0001F3E0" + new string('9', 100_000))));

        var refusal = Assert.Throws<EventLogFormatException>(() => Logs.Read(text));
        AssertOneLine(refusal);
        Assert.InRange(refusal.Message.Length, 1, 300);
    }

    [Fact]
    public void Reader_LogCutAnywhere_IsRefusedAfterItsWholeTraces()
    {
        LogTrace[] traces = Logs.AnyTrace.ArrayOf(200).Sample(1, new Rnd(20201109), 30).Single();
        byte[] whole = Logs.Write(traces);
        Assert.InRange(whole.Length, 50_000, int.MaxValue);
        for (int length = 0; length < whole.Length - 1; length += length < 2000 ? 1 : 1000)
        {
            AssertCut(whole, length, traces);
        }

        // From the end backwards; the very last byte is the line feed after the root element.
        for (int length = whole.Length - 2; length > whole.Length - 100; length--)
        {
            AssertCut(whole, length, traces);
        }
    }

    [Fact]
    public void Reader_BytesOverwritten_IsReadOrRefusedAndThrowsNothingElse()
    {
        byte[] whole = Logs.Write(Logs.AnyTrace.ArrayOf(10).Sample(1, new Rnd(7), 30).Single());
        Gen<(int Place, int Value)> change = from place in Gen.Choose(0, whole.Length - 1) from value in Gen.Choose(0, 255) select (place, value);

        Prop.ForAll(Arb.From(change.ArrayOf(3)), changes =>
        {
            byte[] bytes = [.. whole];
            foreach ((int place, int value) in changes)
            {
                bytes[place] = (byte)value;
            }

            using var stream = new MemoryStream(bytes);
            try
            {
                _ = XesReader.Read(stream).Count();
            }
            catch (EventLogFormatException e)
            {
                AssertOneLine(e);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static void AssertCut(byte[] whole, int length, LogTrace[] traces)
    {
        using var stream = new MemoryStream(whole, 0, length);
        var read = new List<LogTrace>();
        EventLogFormatException refusal = Assert.Throws<EventLogFormatException>(() =>
        {
            foreach (LogTrace trace in XesReader.Read(stream))
            {
                read.Add(trace);
            }
        });
        AssertOneLine(refusal);
        Assert.Equal(traces.Take(read.Count), read);
    }

    private static void AssertOneLine(EventLogFormatException refusal)
    {
        Assert.DoesNotContain(refusal.Message, c => char.IsControl(c) || c is '\u2028' or '\u2029');
        Assert.Contains(": ", refusal.Message, StringComparison.Ordinal);
    }
}
