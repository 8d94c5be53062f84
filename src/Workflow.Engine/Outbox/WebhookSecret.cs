namespace Workflow.Engine.Outbox;

/// <summary>A secret in the form of Standard Webhooks: <c>whsec_</c> and the key in base64.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int ShortestKey = 24;
    private const int LongestKey = 64;
    private const int Most = 5;

    /// <summary>What is wrong, without the secret itself; null when nothing is.</summary>
    public static string? MistakeIn(IReadOnlyList<string> secrets)
    {
        if (secrets is not { Count: > 0 })
            return $"there is no secret: make one with 'echo \"{Prefix}$(openssl rand -base64 32)\"'";
        if (secrets.Count > Most)
            return $"there are {secrets.Count} secrets: keep at most {Most}, the newest first";
        for (var i = 0; i < secrets.Count; i++)
        {
            if (Key(secrets[i]) is null)
                return $"secret {i + 1} is not '{Prefix}' and {ShortestKey} to {LongestKey} bytes in base64: make one with 'echo \"{Prefix}$(openssl rand -base64 32)\"'";
        }

        return null;
    }

    /// <summary>The key of a secret; null when it is none.</summary>
    public static byte[]? Key(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 200)
            return null;
        var key = new byte[200];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= ShortestKey and <= LongestKey ? key[..length] : null;
    }
}
