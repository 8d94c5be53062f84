using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Host.Forms;

/// <summary>The words, dates and numbers of printed forms in one language.</summary>
internal sealed record SlipWords(bool IsVietnamese)
{
    public static SlipWords Vi { get; } = new(IsVietnamese: true);

    public static SlipWords En { get; } = new(IsVietnamese: false);

    public string Code => IsVietnamese ? "vi" : "en";

    public string Form => IsVietnamese ? "Mẫu số" : "Form";

    public string Circular => IsVietnamese ? "Thông tư" : "Circular";

    public string OneStop => IsVietnamese ? "Bộ phận tiếp nhận và trả kết quả" : "One-stop shop";

    public string DossierCode => IsVietnamese ? "Mã hồ sơ" : "Dossier code";

    public string Procedure => IsVietnamese ? "Thủ tục hành chính" : "Procedure";

    public string Applicant => IsVietnamese ? "Người nộp hồ sơ" : "Applicant";

    public string Address => IsVietnamese ? "Địa chỉ" : "Address";

    public string Phone => IsVietnamese ? "Số điện thoại" : "Telephone";

    public string Erased => IsVietnamese ? "(không có hoặc dữ liệu cá nhân đã được xóa)" : "(none, or the personal data was erased)";

    public string Components => IsVietnamese ? "Thành phần hồ sơ đã nộp" : "Documents handed in";

    public string Document => IsVietnamese ? "Giấy tờ" : "Document";

    public string Originals => IsVietnamese ? "Bản chính" : "Originals";

    public string Copies => IsVietnamese ? "Bản sao" : "Copies";

    public string ReceivedAt => IsVietnamese ? "Thời gian nhận hồ sơ" : "Received at";

    public string ReturnAt => IsVietnamese ? "Thời gian trả kết quả" : "Result due at";

    public string NoLimit => IsVietnamese ? "không quy định" : "no time limit is set";

    public string ChannelLabel => IsVietnamese ? "Hình thức nộp" : "Filed";

    public string OnRequest => IsVietnamese ? "Trả kết quả trong ngày: chỉ in khi người nộp yêu cầu." : "Result on the same day: printed on request only.";

    public string BringSlip => IsVietnamese ? "Đề nghị mang theo giấy này khi đến nhận kết quả." : "Please bring this slip when you collect the result.";

    public string Items => IsVietnamese ? "Nội dung cần bổ sung, hoàn thiện" : "To be supplemented or completed";

    public string Reason => IsVietnamese ? "Lý do" : "Reason";

    public string Ground => IsVietnamese ? "Căn cứ pháp lý" : "Legal ground";

    public string OldDue => IsVietnamese ? "Ngày hẹn trả" : "Date promised";

    public string NewDue => IsVietnamese ? "Hẹn trả lại" : "New date";

    public string Apology => IsVietnamese ? "Văn bản xin lỗi số" : "Written apology no.";

    public string ApologyText => IsVietnamese ? "Chúng tôi xin lỗi Ông/Bà vì sự chậm trễ này." : "We apologise for this delay.";

    public string LateUnit => IsVietnamese ? "Cơ quan giải quyết" : "Unit in charge";

    public string StopText => IsVietnamese
        ? "Dừng giải quyết hồ sơ theo đề nghị của người nộp; chưa có quyết định giải quyết."
        : "Work on the dossier stops at the applicant’s request; no decision had been made.";

    public string FeesPaid => IsVietnamese ? "Phí, lệ phí đã nộp" : "Fees paid";

    public string HandedBy => IsVietnamese ? "Bên giao" : "Handed over by";

    public string TakenBy => IsVietnamese ? "Bên nhận" : "Received by";

    public string Time => IsVietnamese ? "Thời gian giao, nhận" : "Time";

    public string Result => IsVietnamese ? "Kết quả" : "Result";

    public string Note => IsVietnamese ? "Ghi chú" : "Note";

    public string Signature => IsVietnamese ? "Người tiếp nhận (ký, ghi rõ họ tên)" : "Officer (signature, full name)";

    public string ApplicantSignature => IsVietnamese ? "Người nộp hồ sơ (ký, ghi rõ họ tên)" : "Applicant (signature, full name)";

    public string Officer => IsVietnamese ? "Tài khoản" : "Account";

    public string Number => IsVietnamese ? "STT" : "No.";

    public string Due => IsVietnamese ? "Hẹn trả" : "Due";

    public string Closed => IsVietnamese ? "Kết thúc" : "Closed";

    public string Year => IsVietnamese ? "Năm" : "Year";

    public string LookUp => IsVietnamese ? "Quét mã để tra cứu hồ sơ" : "Scan to look the dossier up";

    public static SlipWords Of(string? language) => language == En.Code ? En : Vi;

    public string Name(LocalizedName name) => IsVietnamese ? name.Vi : name.Display;

    public string Minute(DateTimeOffset time)
    {
        var local = time.ToOffset(WorkingCalendar.Offset);
        return local.ToString(IsVietnamese ? "HH' giờ 'mm' phút, ngày 'dd'/'MM'/'yyyy" : "HH:mm 'on' d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    public string Short(DateTimeOffset time) => time.ToOffset(WorkingCalendar.Offset).ToString(IsVietnamese ? "HH:mm dd'/'MM'/'yyyy" : "HH:mm d MMM yyyy", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset time)
    {
        var local = time.ToOffset(WorkingCalendar.Offset);
        return local.ToString(IsVietnamese ? "'ngày 'dd' tháng 'MM' năm 'yyyy" : "d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    public string Money(long dong) =>
        dong.ToString("N0", new NumberFormatInfo { NumberGroupSeparator = IsVietnamese ? "." : "," }) + (IsVietnamese ? " đồng" : " dong");

    public string Of(Channel channel) => channel switch
    {
        Channel.Online => IsVietnamese ? "trực tuyến" : "online",
        Channel.Post => IsVietnamese ? "bưu chính công ích" : "by post",
        _ => IsVietnamese ? "trực tiếp" : "in person",
    };

    public string Of(Timeliness? result) => result switch
    {
        Timeliness.Early => IsVietnamese ? "trước hạn" : "early",
        Timeliness.OnTime => IsVietnamese ? "đúng hạn" : "on time",
        Timeliness.Overdue => IsVietnamese ? "quá hạn" : "overdue",
        _ => "–",
    };
}
