using Workflow.Core.Deadlines;
using Workflow.Core.Tests.Guards;

namespace Workflow.Core.Tests.Procedures;

/// <summary>The cases that the records of the catalogue state.</summary>
public sealed class CatalogueCaseTests
{
    [Theory]
    [InlineData("1.013225", "", "20 days")]
    [InlineData("1.013225", "building=works", "20 days")]
    [InlineData("1.013225", "building=house", "15 days")]
    [InlineData("1.010041", "", "3 working days")]
    [InlineData("1.010041", "in-database=false", "3 working days")]
    [InlineData("1.010041", "in-database=true", "1 working day")]
    [InlineData("1.012784", "area-class=ordinary", "12 working days")]
    [InlineData("1.012784", "area-class=difficult", "22 working days")]
    [InlineData("1.012783", "", "5 working days")]
    [InlineData("1.012783", "area-class=difficult", "10 working days")]
    [InlineData("1.013978", "", "17 working days")]
    [InlineData("1.013978", "area-class=difficult", "27 working days")]
    [InlineData("1.013949", "", "15 days")]
    [InlineData("1.013949", "area-class=difficult", "25 days")]
    [InlineData("2.000815", "many-or-complex=true", "2 working days")]
    [InlineData("2.000815", "", "same day")]
    public void Limit_FollowsTheCaseAndNotTheChannel(string code, string field, string limit)
    {
        foreach (var channel in new[] { "direct", "online", "post" })
        {
            Assert.Equal(TimeLimit.Parse(limit), CatalogueFiles.Catalogue.Find(code)!.LimitOf(Facts(field, channel)));
        }
    }

    [Theory]
    [InlineData("2020-11-06", 70_000)]
    [InlineData("2025-06-30", 70_000)]
    [InlineData("2025-07-01", 35_000)]
    [InlineData("2026-12-31", 35_000)]
    [InlineData("2027-01-01", 70_000)]
    public void IdentityCardReissue_IsHalfTheFeeInItsPeriod(string day, long fee)
    {
        var facts = Facts(string.Empty, "direct");
        facts.Time = new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(23, 59), TimeSpan.FromHours(7));

        Assert.Equal(fee, CatalogueFiles.Catalogue.Find("1.014064")!.FeesTotal(facts));
    }

    [Theory]
    [InlineData("2.000635", "", 8_000)]
    [InlineData("2.000635", "copies=3", 24_000)]
    [InlineData("2.000815", "", 2_000)]
    [InlineData("2.000815", "pages=1,copies=1", 2_000)]
    [InlineData("2.000815", "pages=2,copies=1", 4_000)]
    [InlineData("2.000815", "pages=3,copies=1", 5_000)]
    [InlineData("2.000815", "pages=3,copies=10", 50_000)]
    [InlineData("2.000815", "pages=198,copies=1", 200_000)]
    [InlineData("2.000815", "pages=5000,copies=2", 400_000)]
    public void Copies_CostByNumber(string code, string fields, long fee) =>
        Assert.Equal(fee, CatalogueFiles.Catalogue.Find(code)!.FeesTotal(Facts(fields, "direct")));

    private static TestFacts Facts(string fields, string channel)
    {
        var facts = new TestFacts { Channel = channel };
        foreach (var field in fields.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split('=');
            facts.Fields[parts[0]] = parts[1];
        }

        return facts;
    }
}
