using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class SubmissionTests
{
    [Fact]
    public void Submission_KeepsPersonalValuesApart()
    {
        var submitted = Assert.IsType<DossierSubmitted>(Decide(Submission).Events[0]);

        Assert.Equal([new FieldValue("copies", "2")], submitted.Fields);
        Assert.Equal([new FieldValue("child-name", "Bùi Văn An")], submitted.Personal!.Fields);
        Assert.Equal("Bùi Thị Mai", submitted.Personal.Applicant!.Name);
    }

    [Fact]
    public void Submission_WithEverythingWrong_NamesAll() => Refused(
        new SubmitDossier("1.000000", "nowhere") { CompetentUnit = "nowhere else", Channel = (Channel)9 },
        "procedure", "unit-exists", "unit-exists", "channel", "applicant", "field");

    [Theory]
    [InlineData("copies", "2.5", true)]
    [InlineData("copies", "1e3", false)]
    [InlineData("copies", "two", false)]
    [InlineData("born-on", "2020-02-29", true)]
    [InlineData("born-on", "29/02/2020", false)]
    [InlineData("seen-at", "2020-11-06T07:31:05+07:00", true)]
    [InlineData("seen-at", "2020-11-06T00:31:05.5Z", true)]
    [InlineData("seen-at", "2020-11-06T07:31:05", false)]
    [InlineData("seen-at", "11/06/2020", false)]
    [InlineData("urgent", "true", true)]
    [InlineData("urgent", "yes", false)]
    [InlineData("unknown", "x", false)]
    public void Field_OfAnotherType_IsRefused(string name, string value, bool valid)
    {
        var command = Submission with { Fields = [new FieldValue("child-name", "An"), new FieldValue(name, value)] };
        if (valid)
        {
            Assert.True(Decide(command).IsAccepted);
        }
        else
        {
            Refused(command, "field");
        }
    }

    [Fact]
    public void Submission_AtALevelThatDoesNotSettleIt_IsRefused()
    {
        var procedure = Procedure.Compile(Birth.Content with { Levels = [UnitLevel.Commune], Channels = [Channel.Online] });

        Refused(Submission with { Channel = Channel.Post }, procedure, "competence", "channel");
        Assert.True(Decide(Submission with { CompetentUnit = null }, procedure).IsAccepted);
    }

    [Fact]
    public void Text_ThatCannotBeStored_IsRefusedNamingTheField()
    {
        Assert.Contains("'applicant.name'", Refused(Submission with { Applicant = new Applicant("a\0b") }, "text")[0].Message, StringComparison.Ordinal);
        Assert.Contains("'fields.child-name'", Refused(Submission with { Fields = [new FieldValue("child-name", "\uD83D")] }, "text")[0].Message, StringComparison.Ordinal);
        Assert.True(Decide(Submission with { Applicant = new Applicant("😀") }).IsAccepted);
        var scene = Scene.Submitted();
        Assert.Contains("'reason'", scene.Refuses("11-06 10:00", Refusal with { Reason = "\uDC00" }, Reception, "text")[0].Message, StringComparison.Ordinal);
        Assert.Contains("'reason'", scene.Refuses("11-06 10:00", Refusal with { Reason = new string('x', 4001) }, Reception, "text")[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_ThatIsNullInSpiteOfItsType_IsRefused()
    {
        Refused(Submission with { Fields = null!, Documents = null! }, "list", "list");
        Refused(new SubmitDossier(null!, null!), "text", "text");
        Refused(Submission with { Documents = [null!], Fields = [null!, new FieldValue(null!, "x")] }, "field", "text", "document");
        var scene = Scene.Submitted();
        scene.Refuses("11-06 10:00", new FireTrigger(null!) { Items = [null!] }, Reception, "text", "text");
        scene.Refuses("11-06 10:00", new AttachDocuments(null!), Reception, "list");
        scene.Refuses("11-06 10:00", new RecordPayment(null!), Reception, "payment");
        scene.Refuses("11-06 10:00", new ReappointDossier(default, null!, null!), Reception, "clock-running");
    }

    [Fact]
    public void Parts_GivenTwiceOrNegative_AreRefused()
    {
        Refused(Submission with { Fields = [new FieldValue("child-name", "a"), new FieldValue("child-name", "b")] }, "field");
        Refused(Submission with { Documents = [new SubmittedDocument("to-khai"), new SubmittedDocument("to-khai")] }, "document");
        Refused(Submission with { Documents = [new SubmittedDocument("to-khai", -1)] }, "document");
        Refused(Submission with { Documents = [new SubmittedDocument("to-khai") { ContentHash = "ABC" }] }, "document");
    }

    [Fact]
    public void Codes_WithHalfASurrogatePair_AreNoCodes()
    {
        Assert.False(DossierCode.IsCode("a\uD800"));
        Assert.Throws<ArgumentException>(() => new CommandId("a\uDC00"));
    }

    private static Decision Decide(SubmitDossier command, Procedure? procedure = null) =>
        DossierDecider.Submit(procedure ?? Birth, Code, command, Scene.Context("11-06 09:00", Citizen));

    private static IReadOnlyList<UnmetGuard> Refused(SubmitDossier command, params string[] guards) => Refused(command, Birth, guards);

    private static IReadOnlyList<UnmetGuard> Refused(SubmitDossier command, Procedure procedure, params string[] guards)
    {
        var decision = Decide(command, procedure);
        Assert.Equal(guards, decision.Unmet.Select(u => u.Name));
        return decision.Unmet;
    }
}
