using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Indicators;

/// <summary>Finds dossiers that were overdue, ended without a result, and were taken in again by the same unit. Not thread-safe.</summary>
/// <remarks>
/// Dossiers come in the order of their codes, which of one unit is that of their days. Applicants are compared by digests under a key of the
/// run, so that nothing that is kept or told names one: by the number of the identity document, or the name where none was given.
/// </remarks>
/// <param name="key">Any bytes; others in each run.</param>
public sealed class RepeatedFilings(byte[] key)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    private readonly Dictionary<UInt128, (string Dossier, DateTimeOffset EndedAt)> _ended = [];

    /// <summary>Takes in a dossier; returns the pattern that it shows, or null.</summary>
    /// <param name="submitted">Its submission, with its personal part unless that was erased.</param>
    /// <param name="submittedAt">When it was submitted.</param>
    /// <param name="actor">Who submitted it.</param>
    /// <param name="endedOverdueAt">When it ended without a result after its promise had passed; null when it did not.</param>
    public Pattern? Fold(DossierSubmitted submitted, DateTimeOffset submittedAt, string actor, DateTimeOffset? endedOverdueAt)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        if (submitted.Personal?.Applicant is not { } applicant || (_ended.Count == 0 && endedOverdueAt is null))
        {
            return null;
        }

        var filing = Digest(submitted.ReceivingUnit, submitted.Procedure, applicant.IdNumber ?? string.Empty, applicant.IdNumber is null ? applicant.Name : string.Empty);
        var found = _ended.TryGetValue(filing, out var before) && submittedAt >= before.EndedAt && submittedAt - before.EndedAt <= s_soon
            ? new Pattern(
                PatternKind.SubmittedAgain, submitted.Code, 1, actor,
                $"the same unit, procedure and applicant as dossier {before.Dossier}, which was overdue and ended without a result at {before.EndedAt:yyyy-MM-dd HH:mm}")
            : null;
        if (endedOverdueAt is { } ended)
        {
            _ended[filing] = (submitted.Code, ended);
        }

        return found;
    }

    private UInt128 Digest(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part.Trim().ToUpperInvariant());
            BinaryPrimitives.WriteInt32BigEndian(number, text.Length);
            hash.AppendData(number);
            hash.AppendData(text);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
    }
}
