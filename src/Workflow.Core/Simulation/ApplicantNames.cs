namespace Workflow.Core.Simulation;

/// <summary>Made-up applicants.</summary>
internal static class ApplicantNames
{
    private static readonly string[] Families = ["Nguyễn", "Trần", "Lê", "Phạm", "Bùi", "Đinh", "Quách", "Hà", "Hoàng", "Vũ", "Đỗ", "Bạch"];
    private static readonly string[] Middles = ["Văn", "Thị", "Đức", "Minh", "Thu", "Ngọc", "Xuân", "Hữu", "Thanh", "Kim"];
    private static readonly string[] Givens = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Hương", "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Phúc", "Quân", "Sơn", "Thảo", "Tú", "Yến"];

    public static string Draw(SeededRandom random) =>
        $"{Families[random.Next(Families.Length)]} {Middles[random.Next(Middles.Length)]} {Givens[random.Next(Givens.Length)]}";
}
