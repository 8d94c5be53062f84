using System.Globalization;

namespace Workflow.Engine.Journal;

/// <summary>A place in the journal of all dossiers: everything up to and including it has been read.</summary>
/// <remarks>
/// The default value stands before the first row. Cursors are ordered by epoch, then transaction, then position; those of a store
/// with one writer differ in their position alone.
/// </remarks>
/// <param name="Epoch">Counts how often the database was restored into another server or onto another timeline; 0 where that cannot be told.</param>
/// <param name="Transaction">The transaction that wrote the row; 0 where one writer commits in the order of positions.</param>
/// <param name="Position">The row's position.</param>
public readonly record struct JournalCursor(int Epoch, ulong Transaction, long Position) : IComparable<JournalCursor>
{
    /// <summary>The place of a row in a store with one writer.</summary>
    public static JournalCursor At(long position) => new(0, 0, position);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no cursor.</exception>
    public static JournalCursor Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('.');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new JournalCursor(epoch, transaction, position)
            : throw new FormatException($"'{text}' is no cursor: it has three numbers, such as 1.7405.98");
    }

    /// <inheritdoc/>
    public int CompareTo(JournalCursor other) => (Epoch, Transaction, Position).CompareTo((other.Epoch, other.Transaction, other.Position));

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(JournalCursor left, JournalCursor right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(JournalCursor left, JournalCursor right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(JournalCursor left, JournalCursor right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(JournalCursor left, JournalCursor right) => left.CompareTo(right) >= 0;

    /// <summary>Returns epoch, transaction and position with points between them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Transaction}.{Position}");
}
