using Workflow.Core.Definitions;
using Workflow.Core.Tests.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Units;

public class UnitTreeYamlTests
{
    private const string Sound = """
        units:
          000.00.00.H28: { level: province, name: Tỉnh Hòa Bình }
          000.00.30.H28: { level: district, name: { vi: Huyện Tân Lạc, en: Tan Lac }, parent: 000.00.00.H28 }
          000.01.30.H28: { level: commune, name: Xã 01, parent: 000.00.30.H28 }
        """;

    // What is replaced, by what, the defect's code, its line, a part of message or mend.
    public static TheoryData<string, string, string, int, string> Mistakes => new()
    {
        { "units:", "unit:", DefectCodes.UnknownKey, 1, "did you mean" },
        { "level: district", "level: canton", DefectCodes.WrongValue, 3, "'canton'" },
        { "level: commune, ", "", DefectCodes.MissingKey, 4, "level" },
        { "name: Xã 01, ", "", DefectCodes.MissingKey, 4, "name" },
        { "parent: 000.00.30.H28", "parent: 000.00.31.H28", DefectCodes.UnknownUnit, 4, "did you mean" },
        { "parent: 000.00.00.H28", "parent: 000.01.30.H28", DefectCodes.WrongValue, 3, "higher level" },
        { "parent: 000.00.00.H28", "parent: 000.00.30.H28", DefectCodes.WrongValue, 3, "higher level" },
        { "000.01.30.H28", "000.01.30.28", DefectCodes.WrongValue, 4, "not the code of a unit" },
        { "  000.01.30.H28", "  000.00.30.H28", DefectCodes.DuplicateKey, 4, "a second time" },
        { "name: Xã 01", "title: Xã 01", DefectCodes.UnknownKey, 4, "'title'" },
        { "name: Xã 01", "from: 2025-07-01, until: 2025-06-30, name: Xã 01", DefectCodes.WrongValue, 4, "before it begins" },
        { "parent: 000.00.00.H28", "parent: 000.00.00.H28, until: 2025-06-30", DefectCodes.UnitPeriod, 4, "ends on 2025-06-30" },
        { "name: Tỉnh Hòa Bình", "name: Tỉnh Hòa Bình, from: 2004-01-01", DefectCodes.UnitPeriod, 3, "exists from 2004-01-01 only" },
        { "name: Xã 01", "name: Xã 01, successor: [000.00.00.H28]", DefectCodes.UnitSuccessor, 4, "no end" },
        { "name: Xã 01", "name: Xã 01, until: 2025-06-30, successor: [000.00.01.H28]", DefectCodes.UnknownUnit, 4, "did you mean" },
        { "name: Xã 01", "name: Xã 01, was-under: [{ parent: 000.00.00.H28 }]", DefectCodes.MissingKey, 4, "'until'" },
    };

    [Fact]
    public void Read_SoundFile_GivesTheTree()
    {
        var tree = Read(Sound);

        Assert.Equal(3, tree.Units.Count);
        Assert.True(tree.IsWithin("000.01.30.H28", "000.00.00.H28"));
        Assert.Equal(new LocalizedName("Huyện Tân Lạc", "Tan Lac"), tree.Find("000.00.30.H28")!.Name);
    }

    [Fact]
    public void Read_AgencyOfADistrict_StandsBelowItsCommitteeWithRolesAndDates()
    {
        var police = Read(Sound + "\n  001.00.30.H28: { level: district, agency: police, roles: [reception, professional], from: 2020-01-01, until: 2025-06-30, name: Công an, parent: 000.00.30.H28 }")
            .Find("001.00.30.H28")!;

        Assert.Equal(("police", new DateOnly(2020, 1, 1), new DateOnly(2025, 6, 30)), (police.Agency, police.From, police.Until));
        Assert.Equal(["reception", "professional"], police.Roles);
    }

    [Fact]
    public void Read_UnitThatEndedOrMoved_KnowsItsSuccessorsAndFormerParents()
    {
        var tree = Read(Sound.Replace("parent: 000.00.00.H28", "parent: 000.00.00.H28, until: 2025-06-30, successor: 000.00.00.H28", StringComparison.Ordinal)
            .Replace("parent: 000.00.30.H28", "parent: 000.00.00.H28, was-under: [{ parent: 000.00.30.H28, until: 2025-06-30 }]", StringComparison.Ordinal));

        Assert.Equal(["000.00.00.H28"], tree.Find("000.00.30.H28")!.Successors);
        Assert.Equal("000.00.30.H28", tree.At(new DateOnly(2025, 6, 30)).Find("000.01.30.H28")!.Parent);
        Assert.Equal("000.00.00.H28", tree.At(new DateOnly(2025, 7, 1)).Find("000.01.30.H28")!.Parent);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_OneMistake_IsADefectWithFileAndLine(string passage, string replacement, string code, int line, string says)
    {
        var at = Sound.LastIndexOf(passage, StringComparison.Ordinal);
        var text = Sound[..at] + replacement + Sound[(at + passage.Length)..];

        var refusal = Assert.Throws<DefinitionException>(() => Read(text));

        Assert.Contains(refusal.Defects, d => d.Code == code && d.Place.File == "u.yaml" && d.Place.Line == line && d.ToString().Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void TanLac_UnitsOfTheReplay_AreOneProvinceOneDistrictAndItsCommunes()
    {
        var tree = Read(CatalogueFiles.Units());

        Assert.Equal([1, 1, 24], [.. new[] { UnitLevel.Province, UnitLevel.District, UnitLevel.Commune }.Select(l => tree.Units.Count(u => u.Level == l))]);
        Assert.All(tree.Units, u => Assert.True(tree.IsWithin(u.Code, "000.00.00.H28")));
        Assert.Equal(24, tree.Children("000.00.30.H28").Count());
    }

    private static UnitTree Read(string text) => UnitTreeYaml.Read(new StringReader(text), "u.yaml");
}
