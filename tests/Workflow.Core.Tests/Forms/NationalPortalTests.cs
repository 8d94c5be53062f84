using System.Text.Json;
using Workflow.Core.Dossiers;
using Workflow.Core.Forms;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Forms;

public class NationalPortalTests
{
    [Fact]
    public void Submission_IsToldAsNewWithItsOwner()
    {
        var told = Told(null, Scene.Submitted(), null);

        Assert.Equal($"{Code}/1", told.GetProperty("id").GetString());
        var sync = told.GetProperty("DongBoHoSoMC");
        Assert.False(sync.GetProperty("isUpdating").GetBoolean());
        Assert.False(told.TryGetProperty("CapNhatTienDoHoSoMC", out _));
        var data = Assert.Single(sync.GetProperty("data").EnumerateArray());
        Assert.Equal(
            [
                $"MaHoSo={Code}", "MaTTHC=1.001193", "TenTTHC=Đăng ký khai sinh", "TrangThaiHoSo=1", "ChuHoSo=Bùi Thị Mai", "MaDoiTuong=113456789",
                "SoDienThoai=0912345678", "DonViXuLy=Huyện Tân Lạc",
            ],
            Texts(data));
        Assert.Equal(["MaThanhPhanHoSo=to-khai", "TenTepDinhKem=Tờ khai"], Texts(data.GetProperty("TaiLieuNop")[0]));
    }

    [Fact]
    public void Acceptance_TellsDatesInThePortalsForm()
    {
        var scene = Scene.Submitted();
        var before = scene.Dossier;
        var told = Told(before, scene.Fire("11-06 10:07:31", "accept", Reception), "reception-1");

        var data = told.GetProperty("DongBoHoSoMC").GetProperty("data")[0];
        Assert.True(told.GetProperty("DongBoHoSoMC").GetProperty("isUpdating").GetBoolean());
        Assert.Equal("20201106100731", data.GetProperty("NgayTiepNhan").GetString());
        Assert.Equal("20201113235959", data.GetProperty("NgayHenTra").GetString());
        Assert.Equal((8000, "le-phi"), (data.GetProperty("DanhSachLePhi")[0].GetProperty("Gia").GetInt64(), data.GetProperty("DanhSachLePhi")[0].GetProperty("MaPhiLePhi").GetString()));
        Assert.Equal(
            [
                $"MaHoSo={Code}", "TrangThai=2", "ThoiDiemXuLy=20201106100731", "NoiDungXuLy=accept", "PhongBanXuLy=Xã Phong Phú", "NgayBatDau=20201106100731",
                "NguoiXuLy=reception-1", "ChucDanh=reception", "NgayKetThucTheoQuyDinh=20201113235959",
            ],
            Texts(told.GetProperty("CapNhatTienDoHoSoMC")));
    }

    // The vectors of the ten codes. An integration that is in use tells 5, 6 and 8 as 9.
    [Theory]
    [InlineData(PortalStatus.Registered, "1")]
    [InlineData(PortalStatus.Accepted, "2")]
    [InlineData(PortalStatus.NotAccepted, "3")]
    [InlineData(PortalStatus.Processing, "4")]
    [InlineData(PortalStatus.SupplementRequested, "5")]
    [InlineData(PortalStatus.PaymentRequested, "6")]
    [InlineData(PortalStatus.Withdrawn, "7")]
    [InlineData(PortalStatus.Stopped, "8")]
    [InlineData(PortalStatus.Processed, "9")]
    [InlineData(PortalStatus.ResultReturned, "10")]
    public void EveryStatus_IsToldAsItIs(PortalStatus status, string code)
    {
        var scene = status switch
        {
            PortalStatus.Registered => Scene.Submitted(),
            PortalStatus.Accepted => Scene.Accepted(),
            PortalStatus.NotAccepted => Scene.Submitted().Do("11-06 10:00", Refusal, Reception),
            PortalStatus.Processing => Scene.Appraisal(),
            PortalStatus.SupplementRequested => Scene.Submitted().Do("11-06 10:00", SupplementRequest, Reception),
            PortalStatus.PaymentRequested => Scene.Appraisal().Do("11-09 09:00", new FireTrigger("request-payment") { Amount = 1000 }, Officer),
            PortalStatus.Withdrawn => Scene.Submitted().Do("11-06 10:00", new FireTrigger("withdraw"), Citizen),
            PortalStatus.Stopped => Scene.Appraisal().Fire("11-09 09:00", "hold", Officer),
            PortalStatus.Processed => Scene.Draft().Fire("11-10 09:00", "confirm", Citizen),
            _ => Scene.Draft().Fire("11-10 09:00", "confirm", Citizen).Fire("11-11 09:00", "return-result", Reception),
        };

        Assert.Equal(status, scene.Dossier.Status);
        Assert.Equal(code, PortalDossier.Of(scene.Dossier, Name)!.Status);
    }

    [Fact]
    public void Supplement_IsToldWhenAskedForAndWhenItComesIn()
    {
        var scene = Scene.Appraisal();
        var before = scene.Dossier;
        var asked = Told(before, scene.Do("11-10 09:00", SupplementRequest, Reception), "reception-1").GetProperty("DongBoHoSoMC").GetProperty("data")[0];
        Assert.False(asked.TryGetProperty("NgayHenTra", out _));
        Assert.Equal(
            ["HoSoBoSungId=1", "NguoiYeuCauBoSung=reception-1", "NoiDungBoSung=chung-sinh", "NgayBoSung=20201110090000", "NgayHenTraTruoc=20201113235959"],
            Texts(asked.GetProperty("DanhSachHoSoBoSung")[0]));

        before = scene.Dossier;
        var came = Told(before, scene.Fire("11-16 09:00", "supplement", Citizen), null).GetProperty("DongBoHoSoMC").GetProperty("data")[0];
        Assert.Equal(
            ["HoSoBoSungId=1", "NgayTiepNhanBoSung=20201116090000", "NgayHenTraTruoc=20201113235959", "NgayHenTraMoi=20201123235959"],
            Texts(came.GetProperty("DanhSachHoSoBoSung")[0]));
    }

    [Fact]
    public void Result_Returned_TellsWhenProcessingEndedAndWhenItWasReturned()
    {
        var scene = Scene.Draft().Fire("11-10 09:00", "confirm", Citizen);
        Assert.Null(PortalDossier.Of(scene.Dossier, Name)!.ReturnedAt);

        scene.Fire("11-11 09:00", "return-result", Reception);

        var record = PortalDossier.Of(scene.Dossier, Name)!;
        Assert.Equal((Time("11-10 09:00"), Time("11-11 09:00")), (record.ProcessedAt, record.ReturnedAt));
    }

    [Fact]
    public void WhatThePortalDoesNotShow_IsNotTold()
    {
        var scene = Scene.Appraisal();

        Assert.Null(NationalPortal.Of(scene.Dossier, scene.Dossier, [new DueNear(Time("11-13 09:00"))], null, Name));
    }

    [Fact]
    public void ProcedureThatNoPortalShows_IsNotTold()
    {
        var builder = new ProcedureBuilder("3.000001");
        builder.Configure("waiting").Permit("accept", "done");
        builder.Configure("done").AsFinal();
        var scene = new Scene(builder.Build()).Submit("11-06 09:00", new SubmitDossier("3.000001", Commune));

        Assert.Null(NationalPortal.Of(null, scene.Dossier, scene.Last, null, Name));
    }

    [Fact]
    public void Update_AsText_ShowsNothingPersonal()
    {
        var scene = Scene.Submitted();
        var update = NationalPortal.Of(null, scene.Dossier, scene.Last, null, Name)!;

        Assert.DoesNotContain("Mai", $"{update} {update.Dossiers} {update.Dossiers.Data[0]}", StringComparison.Ordinal);
    }

    private static string? Name(string unit) => Office.Units.Find(unit)?.Name.Vi;

    private static JsonElement Told(Dossier? before, Scene scene, string? officer) =>
        JsonDocument.Parse(NationalPortal.Write(NationalPortal.Of(before, scene.Dossier, scene.Last, officer, Name)!)).RootElement;

    private static IEnumerable<string> Texts(JsonElement element) =>
        element.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => $"{p.Name}={p.Value.GetString()}");
}
