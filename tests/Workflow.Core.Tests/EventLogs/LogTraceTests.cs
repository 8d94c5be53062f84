using Workflow.Core.EventLogs;

namespace Workflow.Core.Tests.EventLogs;

public sealed class LogTraceTests
{
    [Fact]
    public void Values_SameMomentAtAnotherOffset_AreNotEqual()
    {
        DateTimeOffset utc = Logs.Monday.ToUniversalTime();

        Assert.NotEqual(new LogEvent("A", Logs.Monday), new LogEvent("A", utc));
        Assert.NotEqual(new LogValue.Date(Logs.Monday), new LogValue.Date(utc));
        Assert.NotEqual(new LogTrace("c", [new("A", Logs.Monday)]), new LogTrace("c", [new("A", utc)]));
        Assert.Equal(new LogEvent("A", Logs.Monday), new LogEvent("A", utc.ToOffset(Logs.Monday.Offset)));
    }

    [Fact]
    public void Trace_WithoutEventsOrWithItsNameTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Logs.Case("c", string.Empty));
        Assert.Throws<ArgumentException>(() => Logs.Case("c", "A", new LogAttribute(XesKeys.Name, "d")));
    }

    [Fact]
    public void Event_WithoutActivityOrWithItsTimeTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new LogEvent(string.Empty, Logs.Monday));
        Assert.Throws<ArgumentException>(() => new LogEvent("A", Logs.Monday, new(new LogAttribute(XesKeys.Time, Logs.Monday))));
        Assert.Throws<ArgumentException>(() => new LogEvent("A", Logs.Monday, new(new LogAttribute(XesKeys.Name, "B"))));
    }

    [Fact]
    public void Attributes_WithAKeyTwiceOrEmpty_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LogAttributes(new LogAttribute("k", "1"), new LogAttribute("k", "2")));
        Assert.Throws<ArgumentException>(() => new LogAttributes([new LogAttribute("k", "1"), new LogAttribute("k", "2")]));
        Assert.Throws<ArgumentException>(() => new LogAttributes(new LogAttribute(string.Empty, "1")));
    }

    [Fact]
    public void ListValue_WhenItsSourceChanges_StaysAsItWas()
    {
        List<LogAttribute> source = [new("k", "1")];
        var value = new LogValue.List(source);
        source.Clear();

        Assert.Single(value.Items);
    }
}
