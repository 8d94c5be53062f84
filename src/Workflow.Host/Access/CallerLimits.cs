using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Workflow.Host.Api;
using Workflow.Host.Serving;

namespace Workflow.Host.Access;

/// <summary>How much each person, and each network address without one, may ask within a time.</summary>
internal static class CallerLimits
{
    public static void AddCallerLimits(this IServiceCollection services, ServeSettings settings) => services.AddRateLimiter(limits =>
    {
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => CallerGate.CallerOf(context) is { } caller
            ? Partition("person " + caller.Id, settings.PersonRequests)
            : Partition("address " + AddressOf(context.Connection.RemoteIpAddress), settings.AddressRequests));
        limits.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : settings.Window;
            return new ValueTask(Problems.TooMany(wait).WriteAsync(rejected.HttpContext));
        };

        RateLimitPartition<string> Partition(string key, int requests) => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, Window = settings.Window, QueueLimit = 0 });
    });

    // One household has a whole /64 of IPv6.
    private static string AddressOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
