using FsCheck;
using FsCheck.Fluent;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Journal;

public sealed class StoredTimeProperties
{
    private static readonly Arbitrary<DateTimeOffset> Times = (
        from days in Gen.Choose(0, 3_652_057)
        from milliseconds in Gen.Choose(0, 86_399_999)
        from ticks in Gen.Choose(0, 9_999)
        select DateTimeOffset.MinValue.AddDays(days).AddMilliseconds(milliseconds).AddTicks(ticks)).ToArbitrary();

    [Fact]
    public void Format_ReadBack_IsTheTimeRoundedDown() => Prop
        .ForAll(Times, time => StoredTime.Parse(StoredTime.Format(time)).EqualsExact(StoredTime.Floor(time)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Format_SortsLikeTheTime() => Prop
        .ForAll(Times, Times, (x, y) =>
            Math.Sign(string.CompareOrdinal(StoredTime.Format(x), StoredTime.Format(y)))
            == StoredTime.Floor(x).CompareTo(StoredTime.Floor(y)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Ceiling_IsNeverEarlierAndLessThanAMillisecondLater() => Prop
        .ForAll(Times, time => StoredTime.Ceiling(time) - time is var late && late >= TimeSpan.Zero && late < TimeSpan.FromMilliseconds(1))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Format_OfAKnownMoment_ReadsLikeRfc3339() => Assert.Equal(
        "2020-11-06T07:31:05.123+07:00", StoredTime.Format(new DateTimeOffset(2020, 11, 6, 0, 31, 5, 123, TimeSpan.Zero)));

    [Theory]
    [InlineData("2020-11-06T07:31:05.123Z")]
    [InlineData("2020-11-06T07:31:05.123+08:00")]
    [InlineData("2020-13-06T07:31:05.123+07:00")]
    [InlineData("")]
    public void Parse_OfAnythingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => StoredTime.Parse(text));

    [Fact]
    public void Clamp_OfTheExtremes_CanBeWritten()
    {
        Assert.Equal("9999-12-31T23:59:59.999+07:00", StoredTime.Format(StoredTime.Clamp(DateTimeOffset.MaxValue)));
        Assert.Equal("0001-01-01T07:00:00.000+07:00", StoredTime.Format(StoredTime.Clamp(DateTimeOffset.MinValue)));
    }
}
