using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Holds submissions, which are ordered by caller and command id, against first rows, which are ordered by code, without keeping either.</summary>
/// <remarks>
/// Both sides are summed up in buckets by code, by digests under a key of the run, which nobody can aim at. Only where two sums differ are the
/// dossiers and submissions of that bucket looked up one by one. Not thread-safe.
/// </remarks>
internal sealed class SubmissionAudit
{
    private const int Buckets = 4_096;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HashChain.Length);
    private readonly UInt128[] _firstRows = new UInt128[Buckets];
    private readonly UInt128[] _submissions = new UInt128[Buckets];

    /// <summary>Takes in the command of a dossier's first row.</summary>
    public void Take(string code, string caller, string commandId)
    {
        var (bucket, digest) = Digest(code, caller, commandId);
        _firstRows[bucket] += digest;
    }

    /// <summary>Reads the submissions and returns what does not hold. Every first row has been taken in.</summary>
    public async IAsyncEnumerable<ChainFault> VerifyAsync(IJournalStore store, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var submission in Scanning.AheadAsync(store.ScanSubmissionsAsync(ct), ct).ConfigureAwait(false))
        {
            var (bucket, digest) = Digest(submission.Code, submission.Caller, submission.CommandId);
            _submissions[bucket] += digest;
        }

        if (_firstRows.AsSpan().SequenceEqual(_submissions))
        {
            yield break;
        }

        var explained = new HashSet<(string Caller, string CommandId)>();
        await foreach (var head in store.ScanDossiersAsync(null, ct).ConfigureAwait(false))
        {
            if (Differs(head.Code) && await FirstRowAsync(store, head.Code, ct).ConfigureAwait(false) is { } row)
            {
                var submission = await store.FindSubmissionAsync(row.Caller, row.CommandId, ct).ConfigureAwait(false);
                if (submission is null)
                {
                    yield return new ChainFault(head.Code, 1, "its submission is not recorded: the same submission would make another dossier");
                }
                else if (submission.Code != head.Code)
                {
                    explained.Add((row.Caller, row.CommandId));
                    yield return new ChainFault(head.Code, 1, $"its submission is recorded as that of dossier {submission.Code}");
                }
            }
        }

        await foreach (var submission in store.ScanSubmissionsAsync(ct).ConfigureAwait(false))
        {
            if (!Differs(submission.Code) || explained.Contains((submission.Caller, submission.CommandId)))
            {
                continue;
            }

            var row = await FirstRowAsync(store, submission.Code, ct).ConfigureAwait(false);
            if (row is null)
            {
                yield return new ChainFault(submission.Code, 1, "a submission is recorded that became it, and its first row is missing");
            }
            else if (row.Caller != submission.Caller || row.CommandId != submission.CommandId)
            {
                yield return new ChainFault(submission.Code, 1, "a submission is recorded as having become it that is not its first command");
            }
        }
    }

    private bool Differs(string code)
    {
        var bucket = Bucket(code);
        return _firstRows[bucket] != _submissions[bucket];
    }

    private static async ValueTask<JournalRow?> FirstRowAsync(IJournalStore store, string code, CancellationToken ct)
    {
        await foreach (var scanned in store.ScanRowsAsync(code, ct).ConfigureAwait(false))
        {
            if (scanned.Row is { Version: 1 } row)
            {
                return row;
            }

            if (scanned.Version > 1)
            {
                break;
            }
        }

        return null;
    }

    private (int Bucket, UInt128 Digest) Digest(string code, string caller, string commandId)
    {
        var length = 8 + Encoding.UTF8.GetByteCount(code) + Encoding.UTF8.GetByteCount(caller) + Encoding.UTF8.GetByteCount(commandId);
        var text = length <= 1_024 ? stackalloc byte[length] : new byte[length];
        var at = 4 + Encoding.UTF8.GetBytes(code, text[4..]);
        BinaryPrimitives.WriteInt32BigEndian(text, at);
        var second = Encoding.UTF8.GetBytes(caller, text[(at + 4)..]);
        BinaryPrimitives.WriteInt32BigEndian(text[at..], second);
        Encoding.UTF8.GetBytes(commandId, text[(at + 4 + second)..]);
        Span<byte> hash = stackalloc byte[HashChain.Length];
        HMACSHA256.HashData(_key, text, hash);
        return (Bucket(code), BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    private static int Bucket(string code) => (int)((uint)string.GetHashCode(code, StringComparison.Ordinal) % Buckets);
}
