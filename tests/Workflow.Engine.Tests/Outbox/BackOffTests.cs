using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests.Outbox;

public sealed class BackOffTests
{
    private static readonly DeliveryOptions s_options = new();

    [Fact]
    public void Attempts_ByTheDefaults_TakeAboutADay()
    {
        var hours = Enumerable.Range(1, s_options.MostAttempts - 1).Sum(n => Wait(n, "portal/D-1/1").TotalHours);

        Assert.InRange(hours, 20, 30);
    }

    [Fact]
    public void Wait_IsTheSameForTheSameFailureAndSpreadOverOthers()
    {
        Assert.Equal(Wait(3, "a"), Wait(3, "a"));
        var waits = Enumerable.Range(0, 1_000).Select(n => Wait(3, $"portal/D-{n}/1") / TimeSpan.FromSeconds(135)).ToList();
        Assert.All(waits, w => Assert.InRange(w, 0.9, 1.1));
        Assert.InRange(waits.Average(), 0.98, 1.02);
        Assert.True(waits.Distinct().Count() > 900);
    }

    [Fact]
    public void Wait_AfterManyFailures_IsBounded() => Assert.InRange(Wait(1_000_000, "a").TotalHours, 4.5, 5.5);

    private static TimeSpan Wait(int failures, string key) => BackOff.After(failures, s_options.FirstRetry, 3, s_options.LongestRetry, key);
}
