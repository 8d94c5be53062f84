using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Tests.Deadlines;

public class TimeLimitTests
{
    [Theory]
    [InlineData("10 working days", "10", TimeLimitUnit.WorkingDays)]
    [InlineData("1 working day", "1", TimeLimitUnit.WorkingDays)]
    [InlineData("15 days", "15", TimeLimitUnit.Days)]
    [InlineData("2 working hours", "2", TimeLimitUnit.WorkingHours)]
    [InlineData("8 hours", "8", TimeLimitUnit.Hours)]
    [InlineData("1 month", "1", TimeLimitUnit.Months)]
    [InlineData("0.5 working days", "0.5", TimeLimitUnit.WorkingDays)]
    [InlineData("0,25 working days", "0.25", TimeLimitUnit.WorkingDays)]
    [InlineData("0,125 working days", "0.125", TimeLimitUnit.WorkingDays)]
    [InlineData("1,5 days", "1.5", TimeLimitUnit.Days)]
    [InlineData("1/2 working day", "0.5", TimeLimitUnit.WorkingDays)]
    [InlineData("  3  Working Days ", "3", TimeLimitUnit.WorkingDays)]
    [InlineData("0 working days", "0", TimeLimitUnit.WorkingDays)]
    public void Parse_AcceptedForm_GivesAmountAndUnit(string text, string amount, TimeLimitUnit unit) =>
        Assert.Equal(new TimeLimit(decimal.Parse(amount, CultureInfo.InvariantCulture), unit), TimeLimit.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0,5")]
    [InlineData("working days")]
    [InlineData("ten days")]
    [InlineData("10 weeks")]
    [InlineData("-1 days")]
    [InlineData("10001 days")]
    [InlineData("1,500 days")]
    [InlineData("1,,5 days")]
    [InlineData("1/0 days")]
    [InlineData("0.5 months")]
    [InlineData("1e3 days")]
    [InlineData("NaN days")]
    [InlineData("3 days, cut-off 25:00")]
    [InlineData("3 days, cut-off")]
    [InlineData("same day, cut-off 3pm")]
    public void Parse_AnythingElse_IsRefusedWithTheAcceptedForms(string text)
    {
        Assert.False(TimeLimit.TryParse(text, out var limit));
        Assert.Equal(default, limit);
        var refused = Assert.Throws<FormatException>(() => TimeLimit.Parse(text));
        Assert.Contains("'10 working days'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'same day'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SameDay_IsNoWorkingDaysWithACutOffAtThree()
    {
        var limit = TimeLimit.Parse("same day");
        Assert.Equal(TimeLimit.SameDay, limit);
        Assert.Equal((0m, TimeLimitUnit.WorkingDays, new TimeOnly(15, 0)), (limit.Amount, limit.Unit, limit.CutOff));
        Assert.Equal(new TimeOnly(16, 30), TimeLimit.Parse("same day, cut-off 16:30").CutOff);
        Assert.NotEqual(TimeLimit.WorkingDays(0), limit);
    }

    [Theory]
    [InlineData("10 working days")]
    [InlineData("1 working day")]
    [InlineData("0.25 working days")]
    [InlineData("1 month")]
    [InlineData("same day")]
    [InlineData("same day, cut-off 16:30")]
    [InlineData("3 working days, cut-off 17:00")]
    public void ToString_OfWhatWasParsed_IsTheSameText(string text) => Assert.Equal(text, TimeLimit.Parse(text).ToString());

    [Fact]
    public void ToString_AnyLimit_RoundTripsThroughParse()
    {
        var fractions = Gen.Elements(0m, 0.25m, 0.5m, 0.75m, 0.1m, 1m / 3, 0.0000001m);
        var cutOffs = from second in Gen.Choose(-86_400, 86_399)
                      from tick in Gen.Choose(0, 9_999_999)
                      select second < 0 ? (TimeOnly?)null : new TimeOnly((second * TimeSpan.TicksPerSecond) + (second % 2 == 0 ? tick : 0));
        var limits = from unit in Gen.Elements(Enum.GetValues<TimeLimitUnit>())
                     from whole in Gen.Choose(0, TimeLimit.LargestAmount - 1)
                     from fraction in fractions
                     from cutOff in cutOffs
                     select new TimeLimit(unit == TimeLimitUnit.Months ? whole : whole + fraction, unit) { CutOff = cutOff };
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(limits.ToArbitrary(), limit => TimeLimit.Parse(limit.ToString()) == limit));
    }

    [Fact]
    public void Constructor_ImpossibleAmountOrUnit_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLimit(-1, TimeLimitUnit.Days));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLimit(10_001, TimeLimitUnit.Days));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLimit(0.5m, TimeLimitUnit.Months));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLimit(1, (TimeLimitUnit)5));
    }
}
