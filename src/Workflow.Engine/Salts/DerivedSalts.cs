using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Dossiers;

namespace Workflow.Engine.Salts;

/// <summary>Salts that follow from a key, so that one history has one journal hash: for demonstrations and tests.</summary>
/// <remarks>Whoever has the key can guess personal data back from the digests.</remarks>
public sealed class DerivedSalts : ISaltSource
{
    private readonly byte[] _key;

    /// <summary>Takes the key; a copy is kept.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    public DerivedSalts(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key.Length > 0 ? [.. key] : throw new ArgumentException("The key of derived salts is empty.", nameof(key));
    }

    /// <summary>Returns HMAC-SHA256 of <c>code/version</c> under the key.</summary>
    public byte[] SaltOf(DossierCode code, int version) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{code}/{version}"));
}
