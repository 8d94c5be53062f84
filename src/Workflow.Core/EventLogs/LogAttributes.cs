using System.Collections;

namespace Workflow.Core.EventLogs;

/// <summary>The attributes of one owner, in the order of the file, each key once.</summary>
/// <remarks>Immutable, compared by value (order included) and safe to share between threads.</remarks>
public sealed class LogAttributes : IReadOnlyList<LogAttribute>, IEquatable<LogAttributes>
{
    private readonly LogAttribute[] _items;

    /// <summary>Takes over a copy of <paramref name="items"/>.</summary>
    /// <exception cref="ArgumentException">A key stands twice among <paramref name="items"/>, or is empty.</exception>
    public LogAttributes(params IEnumerable<LogAttribute> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = [.. items];
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (LogAttribute item in _items)
        {
            if (string.IsNullOrEmpty(item.Key) || !keys.Add(item.Key))
            {
                throw new ArgumentException($"The attribute key '{item.Key}' is empty or stands twice.", nameof(items));
            }
        }
    }

    private LogAttributes(LogAttribute[] distinct)
    {
        _items = distinct;
    }

    /// <summary>No attributes.</summary>
    public static LogAttributes Empty { get; } = new(distinct: []);

    /// <summary>For the reader, which has refused doubles with their line already.</summary>
    internal static LogAttributes FromDistinct(List<LogAttribute> items) => items.Count == 0 ? Empty : new(distinct: items.ToArray());

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public LogAttribute this[int index] => _items[index];

    /// <summary>Returns the value under <paramref name="key"/> (ordinal, case-sensitive), or <see langword="null"/> when there is none.</summary>
    public LogValue? Find(string key)
    {
        foreach (LogAttribute item in _items)
        {
            if (item.Key == key)
            {
                return item.Value;
            }
        }

        return null;
    }

    /// <summary>Returns the text under <paramref name="key"/>, or <see langword="null"/> when there is none or it is of another type.</summary>
    public string? FindText(string key) => (Find(key) as LogValue.Text)?.Value;

    /// <inheritdoc/>
    public bool Equals(LogAttributes? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LogAttributes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (LogAttribute item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<LogAttribute> GetEnumerator() => ((IEnumerable<LogAttribute>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
