using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.StepTables.StepTableFiles;

namespace Workflow.Core.Tests.StepTables;

public class StepTableImportTests
{
    [Fact]
    public void Import_RealDecisions_OnlyTheTableThatDoesNotAddUpAndTheOneWithoutEvidenceAreErrors()
    {
        var tables = Import(Decisions);

        Assert.Equal(48, tables.Count);
        Assert.Equal(
            [
                "27 1.003999 WF0501 the steps of table 27 (1.003999) add up to 9.5 working days, and its stated total is 10.5 working days",
                "52 2.002767 WF0501 the steps of table 52 (2.002767) add up to 40 days, and its stated total is 10 days",
            ],
            tables.SelectMany(t => t.Defects.Select(d => $"{t.Table} {d.Procedure} {d.Code} {d.Message}")));
        Assert.Equal(["27", "52"], tables.Where(t => t.Procedure is null).Select(t => t.Table));
    }

    [Fact]
    public void Import_RealDecisions_EveryProcedureCompilesAcceptsSignsAndReturnsWithinItsTotal()
    {
        var tables = Import(Decisions).Where(t => t.Procedure is not null).ToList();
        foreach (var table in tables)
        {
            var procedure = Compiled(table);
            var way = Way(procedure.Content);
            var acts = way.SkipLast(1).Select(s => procedure.Trigger(procedure.Table.Trigger(procedure.Content.Transitions.First(t => t.From == s.Name).Trigger)).Act);

            Assert.Equal(PortalStatus.ResultReturned, way[^1].Status);
            Assert.Equal([Act.Accept, Act.Sign, Act.ReturnResult], acts.Where(a => a is Act.Accept or Act.Sign or Act.ReturnResult));
            Assert.Equal(procedure.Content.Limit!.Value.Amount, way.Sum(s => s.Limit?.Amount ?? 0));
            Assert.All(way.Where(s => s.Limit is not null), s => Assert.Equal(procedure.Content.Limit!.Value.Unit, s.Limit!.Value.Unit));
        }

        Assert.Equal(46, new ProcedureCatalogue(tables.Select(Compiled)).Newest.Count);
    }

    [Fact]
    public void Import_Table_HasTheStepsAsStatesWithTheirRolesAndLimits()
    {
        var table = One("1,5", "1|1/4|ngày làm việc|Tiếp nhận hồ sơ|Bộ phận một cửa", "2|1|ngày làm việc|Thẩm định, dự thảo|Chuyên viên Sở", "3|2 giờ|ngày làm việc|Ký duyệt|Lãnh đạo Sở", "4|Giờ hành chính||Trả kết quả|Bộ phận một cửa");
        var procedure = Compiled(table);

        Assert.Empty(table.Defects);
        Assert.Equal("1.5 working days", procedure.Content.Limit.ToString());
        Assert.Equal(
            [
                "submitted reception  accept", "received reception 0.25 working days transfer", "step-2-tham-dinh-du-thao chuyen-vien-so 1 working day forward",
                "step-3-ky-duyet lanh-dao-so 2 working hours sign", "result-ready reception  return-result", "returned   ",
            ],
            Way(procedure.Content).Select(s => $"{s.Name} {s.Role} {s.Limit} {procedure.Content.Transitions.FirstOrDefault(t => t.From == s.Name)?.Trigger}"));
        Assert.Equal("Thẩm định, dự thảo", procedure.Content.States.Single(s => s.Name == "step-2-tham-dinh-du-thao").Label!.Vi);
        Assert.Contains("tables.tsv, table 1", procedure.Content.Sources);
        Assert.Contains(procedure.Content.Unverified, u => u.Contains("documents and fees", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rows without a time share the one above", "8", "1|1", "2|7", "3|", "4|", "-; 1 working day; steps-2-to-4; steps-2-to-4; steps-2-to-4")]
    [InlineData("a mark repeats the cell above: a share", "8", "1|1", "2|7", "3|\"", "4|nt", "-; 1 working day; steps-2-to-4; steps-2-to-4; steps-2-to-4")]
    [InlineData("a range stands above its steps", "8", "1|1", "2-3|7", "2|", "3|", "-; 1 working day; steps-2-to-3; steps-2-to-3")]
    [InlineData("a step stands above its sub-steps", "8", "1|1", "2|7", "2.1|", "2.2|", "-; 1 working day; steps-2-to-3; steps-2-to-3")]
    [InlineData("a range alone is a step", "8", "1|1", "2-13|7", "14|0", "15|Không tính", "-; 1 working day; 7 working days; -; -")]
    public void Import_SharedTime_IsCountedOnce(string why, string total, string a, string b, string c, string d, string times)
    {
        var table = One(total, a, b, c, d);

        Assert.True(table.Defects.Count == 0, $"{why}: {string.Join("; ", table.Defects)}");
        Assert.Equal(times, Times(table));
        Assert.Equal(times.Contains("steps", StringComparison.Ordinal) ? 1 : 0, Compiled(table).Content.Budgets.Count);
    }

    [Theory]
    [InlineData("15", "1|1", "2|7", "3|\"", "once more")]
    [InlineData("8", "1|1", "2|7", "2.1|7", "sub-steps")]
    [InlineData("2000", "1|500", "2|500", "3|1.000", "thousands")]
    public void Import_CellOfTwoReadings_TheTotalDecidesAndAWarningSaysSo(string total, string a, string b, string c, string said)
    {
        var table = One(total, a, b, c);

        Assert.NotNull(table.Procedure);
        Assert.Contains(said, Only(table, DefectCodes.AssumedReading).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ngày làm việc", "1", "1|4 giờ làm việc", "2|4 giờ", "")]
    [InlineData("giờ làm việc", "12", "1|1 ngày làm việc", "2|4 giờ", "")]
    [InlineData("ngày", "2", "1|1 ngày", "2|8 giờ", "WF0505")]
    [InlineData("ngày", "2", "1|1 ngày", "2|24 giờ", "WF0508 WF0505")]
    [InlineData("ngày", "2", "1|1 ngày", "2|1 ngày làm việc", "WF0505")]
    [InlineData("tháng", "1", "1|10 ngày", "2|20 ngày", "WF0505")]
    [InlineData("ngày làm việc", "1", "1|1/3", "2|2/3", "")]
    [InlineData("", "2", "1|1", "2|1", "WF0507")]
    [InlineData("", "2", "1|4 giờ", "2|1,5 ngày", "WF0505")]
    [InlineData("", "1", "1|4 giờ", "2|1/2 ngày làm việc", "")]
    [InlineData("ngày làm việc", "", "1|1", "2|1", "WF0504")]
    public void Import_UnitsThatDiffer_AreComparedAndWhatCannotBeAddedIsAWarning(string unit, string total, string a, string b, string codes)
    {
        var table = OneIn(unit, total, a, b);

        Assert.Equal(codes.Split(' ').Order(), Codes(table).Split(' ').Order());
        Assert.Equal(total.Length > 0, Compiled(table).Content.Limit is not null);
    }

    [Fact]
    public void Import_Thirds_AddUpAsDecimalsToo()
    {
        var table = One("1", "1|1/3", "2|1/3", "3|1/3");

        Assert.Empty(table.Defects);
        Assert.Equal(1m, Way(table.Procedure!).Sum(s => s.Limit?.Amount ?? 0));
    }

    [Fact]
    public void Import_TimeThatIsAReference_IsAnErrorThatNamesTheRow()
    {
        var table = One("3", "1|1", "2|Theo quy định tại mục 2", "3|2");

        Assert.Null(table.Procedure);
        var defect = Only(table, DefectCodes.UnreadableTime);
        Assert.Equal((DefectSeverity.Error, 3), (defect.Severity, defect.Place.Line));
        Assert.Contains("step '2' of table 1 (p-1) is 'Theo quy định tại mục 2'", defect.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WF0503", "B1|1", "B2|1", "Bước 2|1")]
    [InlineData("WF0506", "1|1", "3|1", "2|1")]
    [InlineData("WF0510", "1|", "2|2", "3|1")]
    public void Import_OddSteps_AreWarnings(string code, string a, string b, string c)
    {
        var table = One("3", a, b, c);

        Assert.Equal((code, true), (Codes(table), table.Procedure is not null));
    }

    [Fact]
    public void Import_StepsInAnotherOrderThanTheirNumbers_ArePutInOrder() =>
        Assert.Equal("-; 1 working day; 2 working days; 10 working days", Times(One("13", "10|10", "1|1", "2|2")));

    [Fact]
    public void Import_WaitForTheApplicant_StopsTheClock()
    {
        var table = One("2", "1|1||Thẩm định|Chuyên viên", "2|15 ngày (không tính)||Hoàn thiện hồ sơ|Tổ chức, cá nhân", "3|1||Ký duyệt|Lãnh đạo Sở");
        var wait = Compiled(table).Content.States.Single(s => s.SuspendsClock);

        Assert.Equal(("applicant", "15 days"), (wait.Role, wait.Limit.ToString()));
    }

    [Fact]
    public void Import_TwoTotalsOrTwoCodesInOneTable_AreErrors()
    {
        var text = "table\tcode\tseq\ttime\tstated_total\n1\ta\t1\t1\t2\n1\ta\t2\t1\t3\n2\ta\t1\t1\t1\n2\tb\t2\t1\t1\n3\tc\t1\t1\t1.0\n3\tc\t2\t0\t1\n";

        Assert.Equal(["WF0509", "WF0509", string.Empty], Import(text).Select(t => string.Join(' ', t.Defects.Where(d => d.Severity == DefectSeverity.Error).Select(d => d.Code))));
    }

    [Fact]
    public void Import_TablesOfOneCode_GetCodesOfTheirOwn() =>
        Assert.Equal(["x-1", "x-2", "y", "table-4"], Import("table\tcode\tseq\ttime\tstated_total\n1\tx\t1\t1\t1\n2\tx\t1\t1\t1\n3\ty\t1\t1\t1\n4\t\t1\t1\t1\n").Select(t => t.Procedure!.Version.Code));
}
