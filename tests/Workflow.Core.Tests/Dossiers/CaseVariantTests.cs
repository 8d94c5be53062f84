using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Guards;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>Limits, documents and fees by case follow the dossier as it is when it is accepted.</summary>
public sealed class CaseVariantTests
{
    private static readonly Procedure s_procedure = Procedure.Compile(Birth.Content with
    {
        LimitCases =
        [
            new LimitCase("fields.copies > 10", Deadlines("20 working days")),
            new LimitCase("fields.copies > 3", Deadlines("8 working days")),
        ],
        Documents = [.. Birth.Content.Documents.Select(d => d.Code == "chung-sinh" ? d with { Required = true, When = "fields.copies >= 3" } : d)],
        Fees =
        [
            new FeeDefinition("copy", new("Bản sao"), 1001) { Times = "fields.copies / 2" },
            new FeeDefinition("urgent", new("Khẩn"), 500) { When = "fields.urgent" },
        ],
        Fields = [.. Birth.Content.Fields.Select(f => f.Name == "copies" ? f with { Least = 0, Most = 1_000_000_000 } : f.Name == "child-name" ? f with { Values = ["Bùi Văn An", "Bùi Văn Bình"] } : f)],
    });

    [Theory]
    [InlineData(null, "5 working days", 1001)]
    [InlineData("0", "5 working days", 0)]
    [InlineData("1", "5 working days", 501)]
    [InlineData("2", "5 working days", 1001)]
    [InlineData("4", "8 working days", 2002)]
    [InlineData("11", "20 working days", 5506)]
    public void Acceptance_TakesTheLimitAndFeesOfTheCase(string? copies, string limit, long fees)
    {
        var scene = Accepted(copies);

        var accepted = scene.Event<DossierAccepted>();
        Assert.Equal((limit, fees), (accepted.Limit, accepted.Fees));
        Assert.Equal(Deadlines(limit), scene.Dossier.Clock!.Limit);
        Assert.Equal(fees, scene.Dossier.FeesAssessed);
    }

    [Fact]
    public void Acceptance_CountsWhatItsOwnCommandBrings()
    {
        var scene = new Scene(s_procedure).Submit("11-06 09:00", With("2"));
        scene.Do("11-06 10:00", new FireTrigger("accept") { Fields = [new FieldValue("copies", "1"), new FieldValue("urgent", "true")] }, Reception);

        Assert.Equal(501 + 500, scene.Event<DossierAccepted>().Fees);
    }

    [Fact]
    public void Document_OfACase_IsDemandedInThatCaseAlone()
    {
        Accepted("2");
        var scene = new Scene(s_procedure).Submit("11-06 09:00", With("3"));

        var unmet = scene.Refuses("11-06 10:00", new FireTrigger("accept"), Reception, "documents-complete");
        Assert.Contains("'chung-sinh'", unmet[0].Message, StringComparison.Ordinal);
        scene.Do("11-06 10:00", new FireTrigger("accept") { Documents = [new SubmittedDocument("chung-sinh", 1)] }, Reception);
    }

    [Fact]
    public void Fees_BeyondAnyAmount_AreCapped()
    {
        var facts = new TestFacts();
        facts.Fields["copies"] = "79228162514264337593543950335";
        Assert.Equal(100_000_000_000_000, s_procedure.FeesTotal(facts));
        facts.Fields["copies"] = "-5";
        Assert.Equal(0, s_procedure.FeesTotal(facts));
    }

    [Fact]
    public void Cases_OfAProcedure_AreAskedOverFacts()
    {
        var facts = new TestFacts();
        facts.Fields["copies"] = "12";

        Assert.Equal(Deadlines("20 working days"), s_procedure.LimitOf(facts));
        Assert.Equal(["to-khai", "chung-sinh"], s_procedure.RequiredDocuments(facts));
        Assert.Equal([6006, 0], s_procedure.FeesOf(facts).Select(f => f.Amount));
    }

    [Theory]
    [InlineData("copies", "-1", "below 0")]
    [InlineData("copies", "1000000001", "above 1000000000")]
    [InlineData("child-name", "Bùi Văn Anh", "did you mean 'Bùi Văn An'?")]
    [InlineData("child-name", " ", "blank")]
    public void Field_OutsideItsValuesOrRange_IsRefusedInSubmissionsAndCommands(string name, string value, string told)
    {
        var scene = new Scene(s_procedure).Submit("11-06 09:00", With("2"));
        var unmet = scene.Refuses("11-06 10:00", new FireTrigger("accept") { Fields = [new FieldValue(name, value)] }, Reception, "field");
        Assert.Contains(told, unmet[0].Message, StringComparison.Ordinal);

        var fields = With("2").Fields.Where(f => f.Name != name).Append(new FieldValue(name, value)).ToList();
        var submitted = DossierDecider.Submit(s_procedure, Code, With("2") with { Fields = fields }, Scene.Context("11-06 09:00", Citizen));
        Assert.Contains(submitted.Unmet, u => u.Name == "field" && u.Message.Contains(told, StringComparison.Ordinal));
    }

    private static Scene Accepted(string? copies) => new Scene(s_procedure).Submit("11-06 09:00", With(copies)).Fire("11-06 10:00", "accept", Reception);

    private static SubmitDossier With(string? copies) => Submission with
    {
        Fields = [new FieldValue("child-name", "Bùi Văn An"), .. copies is null ? Array.Empty<FieldValue>() : [new FieldValue("copies", copies)]],
        Documents = copies is { Length: > 0 } && int.Parse(copies, System.Globalization.CultureInfo.InvariantCulture) > 3
            ? [new SubmittedDocument("to-khai", 1), new SubmittedDocument("chung-sinh", 1)]
            : [new SubmittedDocument("to-khai", 1)],
    };

    private static Core.Deadlines.TimeLimit Deadlines(string text) => Core.Deadlines.TimeLimit.Parse(text);
}
