using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Workflow.Host.Access;

/// <summary>Tokens that were found good a moment ago, so that a caller's stream of requests costs one check of a signature a minute.</summary>
/// <remarks>Known by their hash; no token stands in memory for it. Safe to share between threads.</remarks>
internal sealed class KnownTokens(TimeProvider clock)
{
    private const int Most = 20_000;

    // A key that the issuer takes back counts this much longer at most.
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTime Until)> _known = new(StringComparer.Ordinal);

    /// <summary>The person of a token that is known and still in force; null otherwise.</summary>
    public Caller? Find(string token) => _known.TryGetValue(KeyOf(token), out var known) && clock.GetUtcNow().UtcDateTime < known.Until ? known.Caller : null;

    /// <summary>Keeps a token that was found good.</summary>
    /// <param name="token">The token.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="end">When it ends.</param>
    public void Keep(string token, Caller caller, DateTime end)
    {
        // Those that are gone are not looked for one by one: the good ones are back with their next request.
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        var until = clock.GetUtcNow().UtcDateTime + s_life;
        _known[KeyOf(token)] = (caller, end < until ? end : until);
    }

    private static string KeyOf(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
