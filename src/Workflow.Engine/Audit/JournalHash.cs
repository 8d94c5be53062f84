using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>One hash for a whole journal: SHA-256 over the end of each dossier's chain, ordered by code.</summary>
internal static class JournalHash
{
    public static async ValueTask<string> OfAsync(IJournalStore store, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var head in store.ReadChainHeadsAsync(ct).ConfigureAwait(false))
        {
            Append(hash, head);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Takes in the next head.</summary>
    public static void Append(IncrementalHash hash, ChainHead head)
    {
        var code = Encoding.UTF8.GetBytes(head.Code);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, code.Length);
        hash.AppendData(length);
        hash.AppendData(code);
        hash.AppendData(head.Hash);
    }
}
