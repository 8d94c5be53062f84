using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Workflow.Core.Dossiers;

/// <summary>The chain of hashes over a dossier's journal rows: each one covers its row and the hash before it.</summary>
/// <remarks>
/// It covers the stored bytes, never a text read back, and a salted digest in place of personal data, so that personal data can be
/// erased and the chain still holds. When a row was recorded, its position and its trace are left out: one history has one chain.
/// All members are pure and thread-safe.
/// </remarks>
public static class HashChain
{
    /// <summary>The length of every hash and digest, in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>The head before the first row: all zero.</summary>
    public static ReadOnlyMemory<byte> Start { get; } = new byte[Length];

    /// <summary>Returns the hash of a row.</summary>
    /// <param name="previous">The hash of the row before it, or <see cref="Start"/>.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentException"><paramref name="previous"/> has not <see cref="Length"/> bytes.</exception>
    public static byte[] Next(ReadOnlySpan<byte> previous, in ChainedRow row)
    {
        if (previous.Length != Length)
        {
            throw new ArgumentException($"A hash has {Length} bytes, not {previous.Length}.", nameof(previous));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(numbers, row.Version);
        BinaryPrimitives.WriteInt64BigEndian(numbers[4..], row.OccurredAt.ToUnixTimeMilliseconds());
        hash.AppendData(numbers);
        Append(hash, row.Code);
        Append(hash, row.Actor);
        Append(hash, row.Caller);
        Append(hash, row.CommandId);
        AppendBytes(hash, row.CommandDigest);
        AppendBytes(hash, row.Data);
        AppendBytes(hash, row.PersonalDigest);
        return hash.GetHashAndReset();
    }

    /// <summary>Returns a digest that cannot be guessed back without the salt.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendBytes(hash, salt);
        AppendBytes(hash, content);
        return hash.GetHashAndReset();
    }

    // Every part is preceded by its length, so that no two rows share a form.
    private static void AppendBytes(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> small = stackalloc byte[256];
        AppendBytes(hash, text.Length <= 80 ? small[..Encoding.UTF8.GetBytes(text, small)] : Encoding.UTF8.GetBytes(text));
    }
}

/// <summary>What the hash of a journal row covers.</summary>
/// <param name="Code">The dossier's code.</param>
/// <param name="Version">The row's version.</param>
/// <param name="OccurredAt">The legal time.</param>
/// <param name="Actor">The acting account.</param>
/// <param name="Caller">The caller in whose name the command id is unique.</param>
/// <param name="CommandId">The command id.</param>
/// <param name="CommandDigest">The salted digest of the command.</param>
/// <param name="Data">The stored events.</param>
/// <param name="PersonalDigest">The salted digest of the personal part.</param>
public readonly record struct ChainedRow(
    string Code, int Version, DateTimeOffset OccurredAt, string Actor, string Caller, string CommandId, byte[] CommandDigest, byte[] Data, byte[] PersonalDigest);
