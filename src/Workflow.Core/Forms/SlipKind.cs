using Workflow.Core.Definitions;

namespace Workflow.Core.Forms;

/// <summary>What a slip is for.</summary>
public enum SlipKind
{
    /// <summary>Reception and the promised return.</summary>
    Receipt,

    /// <summary>A request for supplement.</summary>
    SupplementRequest,

    /// <summary>A refusal.</summary>
    Refusal,

    /// <summary>An apology with a new date.</summary>
    Apology,

    /// <summary>The notice that the work stops; a form of Circular 03/2025 alone.</summary>
    Stop,

    /// <summary>The slip that goes with the dossier from hand to hand.</summary>
    Control,

    /// <summary>The register of a unit and year.</summary>
    Register,
}

/// <summary>The forms of both circulars: numbers, titles, legal basis.</summary>
public static class SlipForms
{
    /// <summary>The number of a form, such as <c>05</c>; null when the circular has no such form.</summary>
    public static string? NumberOf(SlipKind kind, Circular circular) => (kind, circular) switch
    {
        (SlipKind.Receipt, _) => "01",
        (SlipKind.SupplementRequest, _) => "02",
        (SlipKind.Refusal, _) => "03",
        (SlipKind.Apology, _) => "04",
        (SlipKind.Stop, Circular.Of2025) => "05",
        (SlipKind.Control, Circular.Of2018) => "05",
        (SlipKind.Control, _) => "06",
        (SlipKind.Register, Circular.Of2018) => "06",
        (SlipKind.Register, _) => "07",
        _ => null,
    };

    /// <summary>The title as the circular words it.</summary>
    public static LocalizedName TitleOf(SlipKind kind, Circular circular) => kind switch
    {
        SlipKind.Receipt => new("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt of the dossier and date of the result"),
        SlipKind.SupplementRequest => new("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to supplement and complete the dossier"),
        SlipKind.Refusal => new("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "Refusal to receive or settle the dossier"),
        SlipKind.Apology when circular == Circular.Of2018 => new("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Apology and new date of the result"),
        SlipKind.Apology => new("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "Apology and request to extend the time limit"),
        SlipKind.Stop => new("Thông báo dừng giải quyết hồ sơ", "Notice that work on the dossier stops"),
        SlipKind.Control => new("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Control slip of the dossier"),
        _ => new("Sổ theo dõi hồ sơ", "Register of dossiers"),
    };

    /// <summary>The provision that asks for it.</summary>
    public static LocalizedName LegalBasisOf(SlipKind kind, Circular circular)
    {
        var article = (kind, circular) switch
        {
            (SlipKind.Stop, _) => new LocalizedName("Điều 7 Thông tư 03/2025/TT-VPCP", "Circular 03/2025/TT-VPCP Art 7"),
            (SlipKind.Register, Circular.Of2018) => new("Điều 10 Thông tư 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP Art 10"),
            (_, Circular.Of2025) => new("Phụ lục I Thông tư 03/2025/TT-VPCP", "Circular 03/2025/TT-VPCP, Annex I"),
            (SlipKind.Apology, _) => new("Thông tư 01/2018/TT-VPCP; khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP", "Circular 01/2018/TT-VPCP; Decree 61/2018/ND-CP Art 19.9"),
            (SlipKind.Control, _) => new("Thông tư 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP"),
            _ => new("Thông tư 01/2018/TT-VPCP; Điều 17 Nghị định 61/2018/NĐ-CP", "Circular 01/2018/TT-VPCP; Decree 61/2018/ND-CP Art 17"),
        };
        return NumberOf(kind, circular) is { } number ? new LocalizedName($"Mẫu {number}, {article.Vi}", $"form {number}, {article.En}") : article;
    }
}
