using System.Buffers;
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

    // What is longer is put together in a pooled array. One piece costs one call of the system's hash.
    private const int OnStack = 1_024;

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

        var length = Length + 12 + (7 * sizeof(int))
            + Encoding.UTF8.GetByteCount(row.Code) + Encoding.UTF8.GetByteCount(row.Actor)
            + Encoding.UTF8.GetByteCount(row.Caller) + Encoding.UTF8.GetByteCount(row.CommandId)
            + row.CommandDigest.Length + row.Data.Length + row.PersonalDigest.Length;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var bytes = rented is null ? stackalloc byte[OnStack] : rented;
        previous.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[Length..], row.Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(Length + 4)..], row.OccurredAt.ToUnixTimeMilliseconds());
        var rest = bytes[(Length + 12)..];
        rest = Put(rest, row.Code);
        rest = Put(rest, row.Actor);
        rest = Put(rest, row.Caller);
        rest = Put(rest, row.CommandId);
        rest = Put(rest, row.CommandDigest);
        rest = Put(rest, row.Data);
        Put(rest, row.PersonalDigest);
        return HashAndReturn(bytes[..length], rented);
    }

    /// <summary>Returns a digest that cannot be guessed back without the salt.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        var length = (2 * sizeof(int)) + salt.Length + content.Length;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var bytes = rented is null ? stackalloc byte[OnStack] : rented;
        Put(Put(bytes, salt), content);
        return HashAndReturn(bytes[..length], rented);
    }

    // Some of the bytes are personal: a pooled array is not given back with them.
    private static byte[] HashAndReturn(ReadOnlySpan<byte> bytes, byte[]? rented)
    {
        var hash = SHA256.HashData(bytes);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return hash;
    }

    // Every part is preceded by its length, so that no two rows share a form.
    private static Span<byte> Put(Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, bytes.Length);
        bytes.CopyTo(to[sizeof(int)..]);
        return to[(sizeof(int) + bytes.Length)..];
    }

    private static Span<byte> Put(Span<byte> to, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, to[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(to, length);
        return to[(sizeof(int) + length)..];
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
