using System.Buffers.Binary;
using System.Security.Cryptography;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>One digest for the places at which the rows of a dossier stand in the journal of all dossiers, in the order of their versions.</summary>
internal static class ChainPlaces
{
    private const int CursorLength = sizeof(int) + sizeof(ulong) + sizeof(long);

    /// <summary>The digest of no rows.</summary>
    public static byte[] None { get; } = new byte[HashChain.Length];

    /// <summary>Returns the digest that takes in the next row's place.</summary>
    public static byte[] Next(byte[] before, JournalCursor place)
    {
        Span<byte> bytes = stackalloc byte[HashChain.Length + CursorLength];
        before.CopyTo(bytes);
        var cursor = bytes[HashChain.Length..];
        BinaryPrimitives.WriteInt32BigEndian(cursor, place.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(cursor[sizeof(int)..], place.Transaction);
        BinaryPrimitives.WriteInt64BigEndian(cursor[(sizeof(int) + sizeof(ulong))..], place.Position);
        return SHA256.HashData(bytes);
    }

    /// <summary>Returns the digest of the first rows of a dossier; null when one of them is missing or there twice.</summary>
    public static byte[]? Of(IEnumerable<JournalPlace> places, int versions)
    {
        var (digest, version) = (None, 0L);
        foreach (var place in places)
        {
            if (place.Version != version + 1 || version == versions)
            {
                // What a host has added since is not among the first.
                return version == versions && place.Version > versions ? digest : null;
            }

            (digest, version) = (Next(digest, place.Cursor), place.Version);
        }

        return version == versions ? digest : null;
    }
}
