namespace Workflow.Engine.Outbox;

/// <summary>What names, addresses and formats of subscribers must be. Mistakes are one line that says how to mend them.</summary>
internal static class SubscriberTexts
{
    private const int LongestName = 100;
    private const int LongestUrl = 2_000;

    public static string? MistakeInName(string? name) =>
        name is { Length: >= 1 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"'{Shown(name)}' is no subscriber's name: use 1 to {LongestName} letters, digits, points, hyphens and underscores";

    public static string? MistakeInFormat(string? format) => PayloadFormats.All.Contains(format)
        ? null
        : $"'{Shown(format)}' is no format of deliveries: use {string.Join(" or ", PayloadFormats.All)}";

    // The address is not repeated where it may hold a password.
    public static string? MistakeInUrl(string? url, bool allowsHttp)
    {
        if (url is null || url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0)
            return $"'{Shown(url)}' is no address: write it as https://example.vn/hook";
        if (address.UserInfo.Length > 0)
            return "the address holds a user or password: leave it out, deliveries are signed by the secret";
        if (address.Fragment.Length > 0)
            return $"'{Shown(url)}' has a part behind '#', which is never sent: leave it out";
        if (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || allowsHttp)))
            return null;
        return address.Scheme == Uri.UriSchemeHttp
            ? $"'{Display(url)}' is plain http to another machine, where deliveries can be read on the way: use https, or allow it with --allow-http"
            : $"'{Shown(url)}' is neither https nor http: write it as https://example.vn/hook";
    }

    /// <summary>An address as lists show it: what stands behind a question mark may be a token.</summary>
    public static string Display(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Path) + (address.Query.Length > 0 ? "?..." : string.Empty) : "?";

    public static string Shown(string? text) => text is null ? string.Empty : text.Length <= 60 ? text : text[..60] + "...";
}
