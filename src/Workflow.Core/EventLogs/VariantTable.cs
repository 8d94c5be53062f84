using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Workflow.Core.EventLogs;

/// <summary>Numbers the activities in the order in which they are first seen, and counts them.</summary>
internal sealed class ActivityTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<int> _counts = [];

    internal string this[int number] => _names[number];

    /// <summary>Counts one event and returns the number of its activity.</summary>
    internal int Add(string activity)
    {
        if (!_numbers.TryGetValue(activity, out int number))
        {
            number = _names.Count;
            _numbers.Add(activity, number);
            _names.Add(activity);
            _counts.Add(0);
        }

        _counts[number]++;
        return number;
    }

    internal int Find(string activity) => _numbers.GetValueOrDefault(activity, -1);

    /// <summary>Every activity, in the order first seen.</summary>
    internal IEnumerable<ActivityCount> Counts() => _names.Select((name, number) => new ActivityCount(name, _counts[number]));
}

/// <summary>Counts sequences of activities by their hash and keeps the sequences of the most frequent alone.</summary>
/// <remarks>
/// Exact in one pass: when a case is added its variant alone can rise in rank, and its sequence is at hand just then, so the
/// sequences kept are those of the most frequent variants after every case.
/// </remarks>
internal sealed class VariantTable(int kept)
{
    private readonly Dictionary<Digest, Entry> _entries = [];

    // The most frequent variants with their sequences, at most as many as are kept, in no order.
    private readonly List<Entry> _top = [];
    private int[] _numbers = [];

    internal int Count => _entries.Count;

    internal void Add(LogTrace trace, ActivityTable activities)
    {
        int length = trace.Events.Count;
        if (_numbers.Length < length)
        {
            _numbers = new int[Math.Max(length, _numbers.Length * 2)];
        }

        Span<int> numbers = _numbers.AsSpan(0, length);
        for (int i = 0; i < length; i++)
        {
            numbers[i] = activities.Add(trace.Events[i].Activity);
        }

        // Numbers stand for activities one to one and have a fixed width, so different sequences are different bytes.
        Digest digest = Digest.Of(MemoryMarshal.AsBytes(numbers));
        if (!_entries.TryGetValue(digest, out Entry? entry))
        {
            entry = new Entry(_entries.Count);
            _entries.Add(digest, entry);
        }

        entry.Cases++;
        Keep(entry, trace);
    }

    internal IReadOnlyList<LogVariant> Top(int count) =>
        [.. _top.OrderByDescending(e => e.Cases).ThenBy(e => e.SeenAs).Take(count).Select(e => new LogVariant(e.Sequence!, e.Cases))];

    private void Keep(Entry entry, LogTrace trace)
    {
        if (entry.Sequence is not null || kept == 0)
        {
            return;
        }

        if (_top.Count == kept)
        {
            Entry last = _top.MinBy(e => (e.Cases, -e.SeenAs))!;
            if ((entry.Cases, -entry.SeenAs).CompareTo((last.Cases, -last.SeenAs)) < 0)
            {
                return;
            }

            last.Sequence = null;
            _top.Remove(last);
        }

        entry.Sequence = [.. trace.Events.Select(e => e.Activity)];
        _top.Add(entry);
    }

    private sealed class Entry(int seenAs)
    {
        public int SeenAs { get; } = seenAs;

        public int Cases { get; set; }

        // Held only while the variant is among the most frequent.
        public string[]? Sequence { get; set; }
    }

    private readonly record struct Digest(UInt128 Low, UInt128 High)
    {
        public static Digest Of(ReadOnlySpan<byte> bytes)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes, hash);
            return MemoryMarshal.Read<Digest>(hash);
        }
    }
}
