using Workflow.Core.Indicators;

namespace Workflow.Core.Tests.Indicators;

public class RecordingOrderTests
{
    private static readonly DateTimeOffset s_start = new(2020, 11, 6, 8, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData("1 2 3 4 5 6", "")]
    [InlineData("1 1 1 2 2 2", "")]
    [InlineData("1 5 3 4 2 6", "2 5")] // The second and the fifth in each other's place.
    [InlineData("1 3 2 4 5 6", "2")]
    [InlineData("6 2 3 4 5 1", "1 6")]
    [InlineData("1 2 9 3 4 5", "3")]
    [InlineData("1 2 3 4 5 1", "6")]
    [InlineData("5 6 7 1 2 3 4 5 6 7 8", "4")] // The clock was set back.
    [InlineData("5 6 7 1 2 8 3", "4 6")]
    public void Row_OutOfItsPlace_IsNamed(string seconds, string found) =>
        Assert.Equal(found, string.Join(' ', Found(seconds, TimeSpan.Zero).Select(p => p.Version)));

    [Fact]
    public void Row_WithinTheTolerance_IsNotNamed()
    {
        Assert.Empty(Found("10 8 9 11 9", TimeSpan.FromSeconds(2)));
        Assert.Equal(4, Assert.Single(Found("10 11 12 8 13", TimeSpan.FromSeconds(2))).Version);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingOrder(TimeSpan.FromSeconds(-1)));
    }

    private static List<Pattern> Found(string seconds, TimeSpan tolerance)
    {
        var order = new RecordingOrder(tolerance);
        return [.. seconds.Split(' ').Select((s, i) => order.Fold("D-1", i + 1, "clerk", s_start.AddSeconds(int.Parse(s, null)))).OfType<Pattern>()];
    }
}
