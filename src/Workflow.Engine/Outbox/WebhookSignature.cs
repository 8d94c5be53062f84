using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Workflow.Engine.Outbox;

/// <summary>The signature of Standard Webhooks: HMAC-SHA256 over id, timestamp and body, with points between them.</summary>
internal static class WebhookSignature
{
    /// <summary>The id of a delivery: its key, with every character but letters, digits, hyphens and underscores percent-encoded.</summary>
    /// <remarks>An id must hold no point, which separates it from the timestamp in what is signed, and codes do; a header holds ASCII alone.</remarks>
    public static string IdOf(Delivery delivery) => string.Create(
        CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(delivery.Entry.Code.Value).Replace(".", "%2E", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal)}/{delivery.Entry.Version}");

    /// <summary>One signature per key, so that a receiver that knows any of them can verify.</summary>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> keys)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var content = new byte[head.Length + body.Length];
        head.CopyTo(content, 0);
        body.CopyTo(content.AsSpan(head.Length));
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content))));
    }
}
