using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

public sealed class GuardAnalysisTests
{
    [Theory]
    [InlineData("fields.area > 5 and fields.area < 3", "Never")]
    [InlineData("fields.area > 5 and fields.area < 6", "Sometimes")]
    [InlineData("fields.area > 1000", "Never")]
    [InlineData("fields.area >= 1000", "Sometimes")]
    [InlineData("dossier.supplements > 0 and dossier.supplements < 1", "Never")]
    [InlineData("dossier.supplements > 0 and dossier.supplements < 2", "Sometimes")]
    [InlineData("fields.kind != 'house' and fields.kind != 'works'", "Never")]
    [InlineData("fields.note != 'house' and fields.note != 'works'", "Sometimes")]
    [InlineData("not has fields.kind", "Never")]
    [InlineData("not has fields.note and fields.note != 'x'", "Never")]
    [InlineData("not (fields.note = 'x' or has fields.note)", "Never")]
    [InlineData("not has fields.note and not has fields.area", "Sometimes")]
    [InlineData("fields.note = ''", "Never")]
    [InlineData("fields.ready and fields.ready = false", "Never")]
    [InlineData("fields.born > date 2025-01-01 and fields.born < date 2025-01-02", "Never")]
    [InlineData("today = date 2025-01-01 and today != date 2025-01-01", "Never")]
    [InlineData("today in [date 2025-01-01, date 2025-01-02] and today not in [date 2025-01-01]", "Sometimes")]
    [InlineData("today > date 2025-01-01 and today < date 2025-01-02", "Never")]
    [InlineData("legs.tax.well and legs.tax.badly", "Never")]
    [InlineData("legs.tax.ended and not legs.tax.well", "Sometimes")]
    [InlineData("legs.tax.well and not legs.tax.ended", "Never")]
    [InlineData("'a' in actor.roles and 'a' not in actor.roles", "Never")]
    [InlineData("'a' in actor.roles and 'b' not in actor.roles", "Sometimes")]
    [InlineData("dossier.status = 11", "Never")]
    [InlineData("dossier.channel not in ['direct', 'online', 'post']", "Never")]
    [InlineData("has documents.drawings and not has documents.drawings", "Never")]
    [InlineData("fields.area < fields.floors", "Unknown")]
    [InlineData("fields.area < fields.floors and not has fields.area", "Never")]
    [InlineData("fields.area < fields.floors and fields.kind = 'house' and fields.kind = 'works'", "Never")]
    [InlineData("fields.area < fields.floors or fields.ready", "Sometimes")]
    [InlineData("fees.outstanding > 5 and fees.assessed = 0", "Unknown")]
    [InlineData("fees.outstanding > 5 and fees.outstanding < 4 and fees.assessed = 0", "Never")]
    [InlineData("1 > 2", "Never")]
    [InlineData("true", "Sometimes")]
    public void Conditions_Together_AreDecided(string text, string expected) =>
        Assert.Equal(expected, GuardAnalysis.Of([Expressions.Condition(text)], Expressions.Schema).Possibility.ToString());

    [Fact]
    public void Overlap_OfTwoGuards_NamesADossierOnWhichBothHold()
    {
        var verdict = GuardAnalysis.Overlap(
            [Expressions.Condition("fields.area > 250")], [Expressions.Condition("fields.kind = 'house' and not has fields.note")], Expressions.Schema);

        Assert.Equal(Possibility.Sometimes, verdict.Possibility);
        Assert.Equal("house", verdict.Witness["fields.kind"]);
        Assert.Null(verdict.Witness["fields.note"]);
        Assert.True(decimal.Parse(verdict.Witness["fields.area"]!, System.Globalization.CultureInfo.InvariantCulture) > 250);
    }

    [Fact]
    public void Conditions_OfManyAlternatives_AreBounded()
    {
        var many = Enumerable.Range(0, 60).Select(i => Expressions.Condition($"fields.area < fields.floors + {i} or fields.area > fields.floors - {i}"));
        Assert.Equal(Possibility.Unknown, GuardAnalysis.Of([.. many], Expressions.Schema).Possibility);
    }
}
