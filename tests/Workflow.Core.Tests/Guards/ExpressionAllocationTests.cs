namespace Workflow.Core.Tests.Guards;

public sealed class ExpressionAllocationTests
{
    [Theory]
    [InlineData("fields.kind = 'house'")]
    [InlineData("fields.area > 250")]
    [InlineData("fields.born >= date 1990-01-01")]
    [InlineData("fields.ready and has documents.drawings and fields.kind in ['house', 'works'] or not fields.area <= 10")]
    [InlineData("'reception' in actor.roles and dossier.channel = 'online' and fees.outstanding <= 0")]
    [InlineData("fields.note = 'missing' or today - fields.born > 10")]
    [InlineData("dossier.due > time + 8 hours")]
    [InlineData("fields.area * 2 + 1 > min(fields.area, 3)")]
    public void Condition_Evaluated_AllocatesNothing(string text)
    {
        var facts = new TestFacts { Due = new DateTimeOffset(2025, 7, 9, 0, 0, 0, TimeSpan.FromHours(7)) };
        facts.Fields["kind"] = "house";
        facts.Fields["area"] = "250.5";
        facts.Fields["ready"] = "true";
        facts.Fields["born"] = "1998-02-28";
        facts.Documents.Add("drawings");
        var condition = Expressions.Condition(text);
        for (var i = 0; i < 100; i++)
        {
            condition.Holds(facts);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            condition.Holds(facts);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
