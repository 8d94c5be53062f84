using System.Text.Json.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Forms;

/// <summary>A dossier as the national portal's service DongBoHoSoMC takes it. Holds personal data.</summary>
/// <param name="Code">MaHoSo.</param>
/// <param name="Procedure">MaTTHC.</param>
/// <param name="ProcedureName">TenTTHC.</param>
/// <param name="Status">TrangThaiHoSo, 1 to 10.</param>
public sealed record PortalDossier(
    [property: JsonPropertyName("MaHoSo")] string Code,
    [property: JsonPropertyName("MaTTHC")] string Procedure,
    [property: JsonPropertyName("TenTTHC")] string ProcedureName,
    [property: JsonPropertyName("TrangThaiHoSo")] string Status)
{
    /// <summary>TenLinhVuc: the procedure's sector, or null.</summary>
    [JsonPropertyName("TenLinhVuc")]
    public string? Sector { get; init; }

    /// <summary>ChuHoSo: whose dossier it is; null when nobody was named or the personal data was erased.</summary>
    [JsonPropertyName("ChuHoSo")]
    public string? Owner { get; init; }

    /// <summary>MaDoiTuong: the number of the owner's identity document, or null.</summary>
    [JsonPropertyName("MaDoiTuong")]
    public string? OwnerId { get; init; }

    /// <summary>Email, or null.</summary>
    [JsonPropertyName("Email")]
    public string? Email { get; init; }

    /// <summary>SoDienThoai, or null.</summary>
    [JsonPropertyName("SoDienThoai")]
    public string? Phone { get; init; }

    /// <summary>NgayTiepNhan: when it was accepted; null before.</summary>
    [JsonPropertyName("NgayTiepNhan")]
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>NgayHenTra: the moment promised; null where the law sets no limit and while a suspension holds it.</summary>
    [JsonPropertyName("NgayHenTra")]
    public DateTimeOffset? Due { get; init; }

    /// <summary>NgayKetThucXuLy: when its processing ended for good; null before.</summary>
    [JsonPropertyName("NgayKetThucXuLy")]
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary>NgayTra: when the result was returned; null before.</summary>
    [JsonPropertyName("NgayTra")]
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>DonViXuLy: the name of the unit that settles it; its code where it has no name.</summary>
    [JsonPropertyName("DonViXuLy")]
    public string? Unit { get; init; }

    /// <summary>DanhSachLePhi: what was assessed; null when nothing was.</summary>
    [JsonPropertyName("DanhSachLePhi")]
    public IReadOnlyList<PortalFee>? Fees { get; init; }

    /// <summary>TaiLieuNop: what was handed in; null when nothing was.</summary>
    [JsonPropertyName("TaiLieuNop")]
    public IReadOnlyList<PortalDocument>? Documents { get; init; }

    /// <summary>DanhSachHoSoBoSung: the supplement that this update is about; null when it is about none.</summary>
    [JsonPropertyName("DanhSachHoSoBoSung")]
    public IReadOnlyList<PortalSupplement>? Supplements { get; init; }

    /// <summary>Returns the record of a dossier as it stands; null when its state has no portal status.</summary>
    public static PortalDossier? Of(Dossier dossier, Func<string, string?> unitName)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(unitName);
        if (dossier.Status is not { } status)
        {
            return null;
        }

        var procedure = dossier.Procedure.Content;
        var applicant = dossier.Personal?.Applicant;
        return new PortalDossier(dossier.Code.Value, dossier.Procedure.Code, procedure.Name.Vi, PortalProgress.CodeOf(status))
        {
            Sector = procedure.Sector,
            Owner = applicant?.Name,
            OwnerId = applicant?.IdNumber,
            Email = applicant?.Email,
            Phone = applicant?.Phone,
            AcceptedAt = dossier.AcceptedAt,
            Due = dossier.Clock?.Due,
            ProcessedAt = dossier.Clock?.StoppedAt ?? dossier.ClosedAt,
            ReturnedAt = status == PortalStatus.ResultReturned ? dossier.EnteredAt : null,
            Unit = unitName(dossier.CompetentUnit) ?? dossier.CompetentUnit,
            Fees = dossier.FeesAssessed == 0 ? null : [PortalFee.Of(dossier)],
            Documents = dossier.Documents.Count == 0 ? null : [.. dossier.Documents.Select(d => PortalDocument.Of(dossier.Procedure, d))],
        };
    }

    /// <summary>Says which dossier it is, and nothing personal.</summary>
    public override string ToString() => $"portal record of {Code}";
}

/// <summary>A line of DanhSachLePhi: all that was assessed.</summary>
/// <param name="Name">TenPhiLePhi.</param>
/// <param name="Amount">Gia, in dong.</param>
public sealed record PortalFee([property: JsonPropertyName("TenPhiLePhi")] string Name, [property: JsonPropertyName("Gia")] long Amount)
{
    /// <summary>MaPhiLePhi; null when several fees make up the amount, or none of the procedure's.</summary>
    [JsonPropertyName("MaPhiLePhi")]
    public string? Code { get; init; }

    internal static PortalFee Of(Dossier dossier)
    {
        var fees = dossier.Procedure.Content.Fees;
        return new PortalFee(fees.Count == 0 ? "Phí, lệ phí" : string.Join("; ", fees.Select(f => f.Name.Vi)), dossier.FeesAssessed)
        {
            Code = fees.Count == 1 ? fees[0].Code : null,
        };
    }
}

/// <summary>A line of TaiLieuNop.</summary>
/// <param name="Component">MaThanhPhanHoSo: the code of the document.</param>
/// <param name="Name">TenTepDinhKem.</param>
/// <param name="FileId">TepDinhKemId: the SHA-256 of the file; null when there is none.</param>
public sealed record PortalDocument(
    [property: JsonPropertyName("MaThanhPhanHoSo")] string Component,
    [property: JsonPropertyName("TenTepDinhKem")] string Name,
    [property: JsonPropertyName("TepDinhKemId")] string? FileId)
{
    internal static PortalDocument Of(Procedure procedure, SubmittedDocument document) =>
        new(document.Code, procedure.Document(document.Code)?.Name.Vi ?? document.Code, document.ContentHash);
}
