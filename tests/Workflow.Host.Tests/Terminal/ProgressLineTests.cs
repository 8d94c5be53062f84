using Workflow.Engine.Timers;
using Workflow.Host.Terminal;

namespace Workflow.Host.Tests.Terminal;

public sealed class ProgressLineTests
{
    [Fact]
    public void Progress_WithoutTerminal_SaysPlainLinesNowAndThen()
    {
        var (clock, error) = (new VirtualClock(DateTimeOffset.UnixEpoch), new StringWriter { NewLine = "\n" });
        using (var progress = new ProgressLine(new HostEnvironment(TextWriter.Null, error) { Clock = clock }, "reading"))
        {
            progress.Report(1, 10, "cases");
            clock.Advance(TimeSpan.FromSeconds(3));
            progress.Report(5, 10, "cases");
            progress.Report(6, 10, "cases");
        }

        Assert.Equal("reading: 5 of 10 cases 50 %\n", error.ToString());
    }

    [Fact]
    public void Progress_OnTerminal_DrawsABarAndRemovesIt()
    {
        var (clock, error) = (new VirtualClock(DateTimeOffset.UnixEpoch), new StringWriter());
        using (var progress = new ProgressLine(new HostEnvironment(TextWriter.Null, error) { Clock = clock, ErrorIsTerminal = true }, "reading"))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            progress.Report(5, 10, "cases");
        }

        Assert.Contains("[###############...............] 50 % 5 of 10 cases", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" \r", error.ToString(), StringComparison.Ordinal);
    }
}
