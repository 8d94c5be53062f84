using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

public class ProcedureCatalogueTests
{
    private static readonly string s_second = SmallProcedure.With("version: 2", "version: 10");
    private static readonly string s_other = SmallProcedure.With("procedure: 1.010040", "procedure: 1.001193");

    [Fact]
    public void Find_ByCode_ReturnsTheNewestVersion()
    {
        var catalogue = ProcedureCatalogue.Read([("b.yaml", s_second), ("a.yaml", SmallProcedure.Text)]);

        Assert.Equal(10, catalogue.Find("1.010040")!.Version.Number);
        Assert.Equal(2, catalogue.Find("1.010040", 2)!.Version.Number);
        Assert.Null(catalogue.Find("1.010040", 3));
        Assert.Null(catalogue.Find("1.01004"));
    }

    [Fact]
    public void All_FilesInAnyOrder_StandByCodeThenVersion()
    {
        var catalogue = ProcedureCatalogue.Read([("b.yaml", s_second), ("a.yaml", SmallProcedure.Text), ("c.yaml", s_other)]);

        Assert.Equal(["1.001193@2", "1.010040@2", "1.010040@10"], catalogue.All.Select(p => p.ToString()));
        Assert.Equal(["1.001193@2", "1.010040@10"], catalogue.Newest.Select(p => p.ToString()));
    }

    [Fact]
    public void Read_SameCodeAndVersionTwice_NamesBothFiles()
    {
        var refusal = Assert.Throws<DefinitionException>(() => ProcedureCatalogue.Read([("a.yaml", SmallProcedure.Text), ("b.yaml", SmallProcedure.Text)]));

        var defect = Assert.Single(refusal.Defects);
        Assert.Equal((DefectCodes.DuplicateCode, "b.yaml", 1, "1.010040"), (defect.Code, defect.Place.File, defect.Place.Line, defect.Procedure));
        Assert.Contains("a.yaml:1:1", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SameCodeAndVersionTwice_Throws()
    {
        var procedure = ProcedureYaml.Read(new StringReader(SmallProcedure.Text), "a.yaml");

        Assert.Throws<DefinitionException>(() => new ProcedureCatalogue([procedure, procedure]));
    }

    [Fact]
    public void Read_DefectsInSeveralFiles_NamesThemAll()
    {
        var refusal = Assert.Throws<DefinitionException>(() => ProcedureCatalogue.Read(
            [("a.yaml", SmallProcedure.With("online: 4", "online: 9")), ("b.yaml", s_other), ("c.yaml", "{")]));

        Assert.Equal(["a.yaml", "c.yaml"], refusal.Defects.Select(d => d.Place.File));
    }

    [Fact]
    public void Read_GuardThatTheHostLacks_RefusesTheProcedureByName()
    {
        var text = SmallProcedure.With("if: fees-due", "if: in-office");
        var guard = new GuardDefinition("in-office", 1, "not in an office", f => f.ActorUnit is not null);

        var refusal = Assert.Throws<DefinitionException>(() => ProcedureCatalogue.Read([("a.yaml", text)]));

        Assert.Equal("1.010040", Assert.Single(refusal.Defects).Procedure);
        Assert.NotNull(ProcedureCatalogue.Read([("a.yaml", text)], GuardRegistry.Standard.With(guard)).Find("1.010040"));
    }
}
