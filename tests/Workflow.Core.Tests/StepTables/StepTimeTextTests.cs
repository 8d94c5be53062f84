using Workflow.Core.StepTables;

namespace Workflow.Core.Tests.StepTables;

public class StepTimeTextTests
{
    [Theory]
    [InlineData("1/4", "0.25 WorkingDays")]
    [InlineData("0,25", "0.25 WorkingDays")]
    [InlineData("1,5", "1.5 WorkingDays")]
    [InlineData("10.0", "10 WorkingDays")]
    [InlineData("02", "2 WorkingDays")]
    [InlineData("1 1/2", "1.5 WorkingDays")]
    [InlineData("1½ ngày", "1.5 Days")]
    [InlineData("½", "0.5 WorkingDays")]
    [InlineData("nửa ngày", "0.5 Days")]
    [InlineData("1 ngày rưỡi", "1.5 Days")]
    [InlineData("1/3 ngày làm việc", "1/3 WorkingDays")]
    [InlineData("2 giờ", "2 Hours")]
    [InlineData("2h", "2 Hours")]
    [InlineData("4 giờ làm việc", "4 WorkingHours")]
    [InlineData("04 Giờ hành chính", "4 WorkingHours")]
    [InlineData("30 phút", "0.5 Hours")]
    [InlineData("1 tháng", "1 Months")]
    [InlineData("2 tuần", "14 Days")]
    [InlineData("01 (một) ngày làm việc", "1 WorkingDays")]
    [InlineData("Không quá 02 ngày", "2 Days")]
    [InlineData("≤ 3 ngày", "3 Days")]
    [InlineData("1 ngày 4 giờ", "1 Days + 4 Hours")]
    [InlineData("01 ngày và 04 giờ.", "1 Days + 4 Hours")]
    [InlineData("1.234,5 giờ", "1234.5 Hours")]
    [InlineData("NGÀY", null)]
    [InlineData("0,5 nga\u0300y", "0.5 Days")]
    public void Read_Amount_IsThatAmount(string cell, string? expected)
    {
        var time = StepTimeText.Read(cell, null, null);

        Assert.Equal(expected is null ? StepTimeKind.Unreadable : StepTimeKind.Stated, time.Kind);
        Assert.Equal(expected ?? string.Empty, string.Join(" + ", time.Parts.Select(p => $"{p.Value} {p.Unit}")));
    }

    [Theory]
    [InlineData("Giờ hành chính", "Nothing")]
    [InlineData("0 ngày", "Nothing")]
    [InlineData("0", "Nothing")]
    [InlineData("0,0 giờ", "Nothing")]
    [InlineData("Không tính thời gian", "NotCounted")]
    [InlineData("không tính vào thời gian giải quyết", "NotCounted")]
    [InlineData("15 ngày (không tính vào thời hạn)", "NotCounted")]
    [InlineData("", "Empty")]
    [InlineData(" \u00A0 ", "Empty")]
    [InlineData("\"", "AsAbove")]
    [InlineData("nt", "AsAbove")]
    [InlineData("Như trên", "AsAbove")]
    [InlineData("Theo quy định tại mục 2", "Unreadable")]
    [InlineData("Theo quy định tại mục 2…8", "Unreadable")]
    [InlineData("Không nêu rõ", "Unreadable")]
    [InlineData("2-3 ngày", "Unreadable")]
    [InlineData("-1", "Unreadable")]
    [InlineData("1e3", "Unreadable")]
    [InlineData("1/0", "Unreadable")]
    [InlineData("1/2/2025", "Unreadable")]
    [InlineData("1 2", "Unreadable")]
    [InlineData("1,,5", "Unreadable")]
    [InlineData("1.5 tháng", "Unreadable")]
    [InlineData("10001 ngày", "Unreadable")]
    [InlineData("99999999999999999999", "Unreadable")]
    [InlineData("2 dặm", "Unreadable")]
    [InlineData("ngày 2", "Unreadable")]
    public void Read_CellWithoutAnAmount_IsWhatItSays(string cell, string kind) => Assert.Equal(kind, StepTimeText.Read(cell, null, null).Kind.ToString());

    [Theory]
    [InlineData("1/2 ngày", "ngày làm việc", "WorkingDays")]
    [InlineData("2 giờ", "ngày làm việc", "WorkingHours")]
    [InlineData("2 giờ", "ngày", "Hours")]
    [InlineData("2", "giờ", "Hours")]
    [InlineData("2 ngày làm việc", "ngày", "WorkingDays")]
    public void Read_UnitInCellAndColumn_TheCellsIsMadeExact(string cell, string column, string unit) =>
        Assert.Equal(unit, Assert.Single(StepTimeText.Read(cell, StepUnits.Find(VietnameseText.Fold(column)), null).Parts).Unit.ToString());

    [Fact]
    public void Read_SeparatorBeforeThreeDigits_HasTwoReadings()
    {
        var amount = Assert.Single(StepTimeText.Read("1.500", null, null).Parts);

        Assert.Equal(("1.5", "1500"), (amount.Value.ToString(), amount.Thousands.ToString()));
        Assert.False(Assert.Single(StepTimeText.Read("0,500", null, null).Parts).IsAmbiguous);
        Assert.False(Assert.Single(StepTimeText.Read("12.500", null, null).Parts).IsAmbiguous, "more than any limit");
    }
}
