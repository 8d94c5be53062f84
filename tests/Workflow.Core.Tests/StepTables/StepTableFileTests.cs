using Workflow.Core.Definitions;
using static Workflow.Core.Tests.StepTables.StepTableFiles;

namespace Workflow.Core.Tests.StepTables;

public class StepTableFileTests
{
    private const string Header = "table\tseq\ttime\tstated_total\ttask\n";

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("\n\n", 1, "empty")]
    [InlineData("table,seq,time,stated_total\n1,1,1,1\n", 1, "tabs")]
    [InlineData("table\tseq\ttimes\tstated_total\n", 1, "'times'")]
    [InlineData("table\tseq\ttime\tstated_total\ttime\n", 1, "two columns")]
    [InlineData(Header, 1, "no row")]
    [InlineData(Header + "1\t1\t1\t1\tx\n\t2\t1\t1\tx\n", 3, "'table' is empty")]
    [InlineData(Header + "1\t1\t1\t1\tx\ty\n", 2, "6 cells under 5 columns")]
    [InlineData(Header + "1\t1\t1\t1\tx\0\n", 2, "U+0000")]
    [InlineData(Header + "1\t1\t1\t1\t\uFFFD\n", 2, "UTF-8")]
    public void Read_FileThatIsNoTable_IsRefusedWithLineAndMend(string text, int line, string said)
    {
        var defect = Assert.Single(Assert.Throws<DefinitionException>(() => Import(text)).Defects);

        Assert.Equal(("tables.tsv", line, DefectCodes.StepTableFile), (defect.Place.File, defect.Place.Line, defect.Code));
        Assert.Contains(said, defect.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(defect.Mend);
    }

    [Fact]
    public void Read_TooMuch_IsRefused()
    {
        var row = "1\t1\t1\t1\tx\n";
        Assert.Contains("more than 100,000 rows", Refusal(Header + string.Concat(Enumerable.Repeat(row, 100_001))), StringComparison.Ordinal);
        Assert.Contains("more than 10,000 characters", Refusal(Header + row.Replace("x", new string('x', 10_001), StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("more than 200,000 characters", Refusal(new string('x', 300_000)), StringComparison.Ordinal);
        Assert.Contains("more than 500", Assert.Single(Import(Header + string.Concat(Enumerable.Repeat(row, 501)))).Defects[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatOtherProgramsWrite_IsTheSame()
    {
        const string Plain = Header + "1\t1\t0.5\t2\tTiếp nhận\n1\t2\t1.5\t2\tKý \"duyệt\" và \"trả\"\n";
        var expected = Assert.Single(Import(Plain)).Procedure!;
        string[] variants =
        [
            "\uFEFF" + Plain,
            Plain.Replace("\n", "\r\n", StringComparison.Ordinal),
            Plain.Replace("\n", "\r", StringComparison.Ordinal),
            Plain.TrimEnd('\n'),
            Plain.Replace("\n", "\n\n \t\n", StringComparison.Ordinal),
            Plain.Replace("table\t", "TABLE \t", StringComparison.Ordinal),
            Plain.Replace("Ký \"duyệt\" và \"trả\"", "\"Ký \"\"duyệt\"\" và \"\"trả\"\"\"", StringComparison.Ordinal),
            Plain.Replace("Ký \"duyệt\"", "\"Ký\n\"\"duyệt\"\"", StringComparison.Ordinal).Replace("\"trả\"", "\"\"trả\"\"\"", StringComparison.Ordinal),
            Plain.Replace("0.5", "\" 0,5 \"", StringComparison.Ordinal),
        ];

        Assert.All(variants, v => Assert.Equivalent(expected with { Place = default }, Assert.Single(Import(v)).Procedure! with { Place = default }));
    }

    [Fact]
    public void Read_StrayQuotationMark_IsText()
    {
        var table = Assert.Single(Import(Header + "1\t1\t1\t2\t\"Cấp giấy\n1\t2\t1\t2\tKý duyệt\"\n"));

        Assert.Equal("\"Cấp giấy", table.Procedure!.States.Single(s => s.Name.StartsWith("step-1", StringComparison.Ordinal)).Label!.Vi);
    }

    [Fact]
    public void Read_ColumnsInAnotherOrderWithOthersBetween_AreFoundByTheirNames()
    {
        var table = Assert.Single(Import("note\ttime\tstated_total\tseq\ttable\nx\t1\t1\t1\tbảng 5\n"));

        Assert.Equal(("bảng 5", 2), (table.Table, table.Place.Line));
        Assert.NotNull(table.Procedure);
    }

    private static string Refusal(string text) => Assert.Throws<DefinitionException>(() => Import(text)).Message;
}
