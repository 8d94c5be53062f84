using System.Globalization;
using System.Text.Json.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Forms;

/// <summary>A step of a dossier as the national portal's service CapNhatTienDoHoSoMC takes it.</summary>
/// <param name="Code">MaHoSo.</param>
/// <param name="Status">TrangThai: the portal status, 1 to 10.</param>
/// <param name="At">ThoiDiemXuLy.</param>
/// <param name="Content">NoiDungXuLy: what was done.</param>
/// <param name="Department">PhongBanXuLy: the name of the unit that has the dossier; its code where it has no name.</param>
/// <param name="From">NgayBatDau: since when it is in its state.</param>
public sealed record PortalProgress(
    [property: JsonPropertyName("MaHoSo")] string Code,
    [property: JsonPropertyName("TrangThai")] string Status,
    [property: JsonPropertyName("ThoiDiemXuLy")] DateTimeOffset At,
    [property: JsonPropertyName("NoiDungXuLy")] string Content,
    [property: JsonPropertyName("PhongBanXuLy")] string Department,
    [property: JsonPropertyName("NgayBatDau")] DateTimeOffset From)
{
    /// <summary>NguoiXuLy: the account of the officer who acted; null when a citizen or the system did.</summary>
    [JsonPropertyName("NguoiXuLy")]
    public string? Officer { get; init; }

    /// <summary>ChucDanh: the role that has the dossier, or null.</summary>
    [JsonPropertyName("ChucDanh")]
    public string? Role { get; init; }

    /// <summary>NgayKetThucTheoQuyDinh: when the step's limit passes, else the promised moment; null when neither is.</summary>
    [JsonPropertyName("NgayKetThucTheoQuyDinh")]
    public DateTimeOffset? Due { get; init; }

    internal static string CodeOf(PortalStatus status) => ((int)status).ToString(CultureInfo.InvariantCulture);

    internal static PortalProgress Of(Dossier dossier, DossierMoved moved, string? officer, Func<string, string?> unitName)
    {
        var procedure = dossier.Procedure;
        var content = ProcedureTriggers.All(procedure.Content).FirstOrDefault(t => t.Name == moved.Trigger)?.Label?.Vi ?? procedure.State(dossier.State).Label?.Vi ?? moved.Trigger;
        return new PortalProgress(
            dossier.Code.Value,
            CodeOf(dossier.Status!.Value),
            dossier.LastOccurredAt,
            content,
            unitName(dossier.Unit) ?? dossier.Unit,
            dossier.EnteredAt)
        {
            Officer = officer,
            Role = dossier.Role,
            Due = dossier.StepDue ?? dossier.Clock?.Due,
        };
    }
}

/// <summary>A line of DanhSachHoSoBoSung: a supplement that was asked for, or came in. What has to be supplemented may name somebody.</summary>
/// <param name="Number">HoSoBoSungId: the number of the supplement within the dossier.</param>
public sealed record PortalSupplement([property: JsonPropertyName("HoSoBoSungId")] string Number)
{
    /// <summary>NguoiYeuCauBoSung: the account of the officer who asked; null when it came in.</summary>
    [JsonPropertyName("NguoiYeuCauBoSung")]
    public string? AskedBy { get; init; }

    /// <summary>NoiDungBoSung: what has to be supplemented; null when it came in.</summary>
    [JsonPropertyName("NoiDungBoSung")]
    public string? Content { get; init; }

    /// <summary>NgayBoSung: when it was asked for; null when it came in.</summary>
    [JsonPropertyName("NgayBoSung")]
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>NguoiTiepNhanBoSung: the account of the officer who received it; null when the citizen sent it, or it is asked for.</summary>
    [JsonPropertyName("NguoiTiepNhanBoSung")]
    public string? ReceivedBy { get; init; }

    /// <summary>NgayTiepNhanBoSung: when it came in; null when it is asked for.</summary>
    [JsonPropertyName("NgayTiepNhanBoSung")]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>NgayHenTraTruoc: the moment promised before; null when none was.</summary>
    [JsonPropertyName("NgayHenTraTruoc")]
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>NgayHenTraMoi: the moment promised once it came in; null when it is asked for, and where none is promised.</summary>
    [JsonPropertyName("NgayHenTraMoi")]
    public DateTimeOffset? DueAfter { get; init; }

    internal static IReadOnlyList<PortalSupplement>? Of(Dossier? before, Dossier after, IReadOnlyList<DossierEvent> events, string? officer)
    {
        var number = after.SupplementCount.ToString(CultureInfo.InvariantCulture);
        if (events.OfType<SupplementRequested>().LastOrDefault() is { } asked)
        {
            return [new PortalSupplement(number)
            {
                AskedBy = officer,
                Content = string.Join("; ", asked.Items),
                AskedAt = after.LastOccurredAt,
                DueBefore = before?.Clock?.PromisedDue,
            }];
        }

        return !events.Any(e => e is SupplementReceived)
            ? null
            : [new PortalSupplement(number)
            {
                ReceivedBy = officer,
                ReceivedAt = after.LastOccurredAt,
                DueBefore = before?.Clock?.PromisedDue,
                DueAfter = after.Clock?.Due,
            }];
    }
}
