using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

public class GuardRegistryTests
{
    private static readonly GuardRegistry s_registry = GuardRegistry.Standard.With(New("in-office", 1), New("in-office", 12), New("in-office", 3));

    [Fact]
    public void Find_NameAlone_GivesTheNewestVersion() => Assert.Equal(12, s_registry.Find("in-office")!.Version);

    [Fact]
    public void Find_NameAndVersion_GivesThatVersionOrNone()
    {
        Assert.Equal(3, s_registry.Find("in-office@3")!.Version);
        Assert.Null(s_registry.Find("in-office@2"));
        Assert.Null(s_registry.Find("In-Office"));
    }

    [Fact]
    public void With_GuardThatIsThere_Throws() => Assert.Throws<ArgumentException>(() => s_registry.With(New("in-office", 3)));

    [Fact]
    public void With_OtherGuards_LeavesTheRegistryAsItWas() => Assert.Null(GuardRegistry.Standard.Find("in-office"));

    [Fact]
    public void Names_OfAllGuards_StandOnceEachInOrdinalOrder() =>
        Assert.Equal(["documents-complete", "fees-due", "fees-paid", "in-office", "no-decision"], s_registry.Names);

    [Theory]
    [InlineData("")]
    [InlineData("fees paid")]
    [InlineData("fees@1")]
    [InlineData("phí")]
    public void Definition_NameThatIsNone_Throws(string name) => Assert.ThrowsAny<ArgumentException>(() => New(name, 1));

    [Fact]
    public void Definition_VersionBelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => New("in-office", 0));

    private static GuardDefinition New(string name, int version) => new(name, version, "not in an office", f => f.ActorUnit is not null);
}
