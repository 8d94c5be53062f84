namespace Workflow.Core.Procedures;

/// <summary>The ten statuses under which the national portal shows a dossier.</summary>
public enum PortalStatus
{
    /// <summary>Mới đăng ký: registered online, not yet accepted. No clock runs.</summary>
    Registered = 1,

    /// <summary>Được tiếp nhận: accepted.</summary>
    Accepted = 2,

    /// <summary>Không được tiếp nhận: not accepted. Final.</summary>
    NotAccepted = 3,

    /// <summary>Đang xử lý: being processed.</summary>
    Processing = 4,

    /// <summary>Yêu cầu bổ sung giấy tờ: a supplement was requested; the clock is suspended.</summary>
    SupplementRequested = 5,

    /// <summary>Yêu cầu thực hiện nghĩa vụ tài chính: waiting for payment; the clock is off.</summary>
    PaymentRequested = 6,

    /// <summary>Công dân yêu cầu rút hồ sơ: withdrawn. Final.</summary>
    Withdrawn = 7,

    /// <summary>Dừng xử lý: processing stopped, for a time or for good.</summary>
    Stopped = 8,

    /// <summary>Đã xử lý xong: processed, the result waits for collection.</summary>
    Processed = 9,

    /// <summary>Đã trả kết quả: the result was returned. Final.</summary>
    ResultReturned = 10,
}

/// <summary>Which portal status may follow which, and what each means for the legal clock.</summary>
public static class PortalStatuses
{
    // Index = status. A status may always follow itself: several states of a procedure share one status.
    private static readonly PortalStatus[][] Successors =
    [
        [],
        [PortalStatus.Accepted, PortalStatus.NotAccepted, PortalStatus.SupplementRequested, PortalStatus.Withdrawn],
        [PortalStatus.Processing, PortalStatus.SupplementRequested, PortalStatus.PaymentRequested, PortalStatus.Withdrawn, PortalStatus.Stopped, PortalStatus.Processed],
        [],
        [PortalStatus.SupplementRequested, PortalStatus.PaymentRequested, PortalStatus.Withdrawn, PortalStatus.Stopped, PortalStatus.Processed],
        [PortalStatus.Accepted, PortalStatus.Processing, PortalStatus.Withdrawn, PortalStatus.Stopped, PortalStatus.NotAccepted],
        [PortalStatus.Processing, PortalStatus.Processed, PortalStatus.Withdrawn, PortalStatus.Stopped],
        [],
        [PortalStatus.Processing, PortalStatus.Processed],
        [PortalStatus.ResultReturned],
        [],
    ];

    /// <summary>Whether a dossier may pass from one status to the other.</summary>
    public static bool MayFollow(PortalStatus from, PortalStatus to) => from == to || Successors[(int)from].Contains(to);

    /// <summary>Whether the legal clock is suspended under this status.</summary>
    public static bool SuspendsClock(PortalStatus status) => status is PortalStatus.SupplementRequested or PortalStatus.PaymentRequested;

    /// <summary>Whether the legal clock stands for good under this status.</summary>
    public static bool StopsClock(PortalStatus status) =>
        status is PortalStatus.NotAccepted or PortalStatus.Withdrawn or PortalStatus.Stopped or PortalStatus.Processed or PortalStatus.ResultReturned;
}
