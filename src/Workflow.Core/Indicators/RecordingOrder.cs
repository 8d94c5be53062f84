using System.Globalization;

namespace Workflow.Core.Indicators;

/// <summary>Finds rows that were recorded at another time than those around them. Rows come in the order of the journal. Not thread-safe.</summary>
/// <remarks>
/// Where one writer records, times follow the order of the journal unless its clock was set back, or somebody moved a row. A clock that was
/// set back shows once, a row that was moved shows where it stands.
/// </remarks>
/// <param name="tolerance">By how much a row may be recorded before those in front of it, not negative: the clocks of several writers differ.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tolerance"/> is negative.</exception>
public sealed class RecordingOrder(TimeSpan tolerance)
{
    private readonly TimeSpan _tolerance = tolerance >= TimeSpan.Zero ? tolerance : throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is not negative.");

    // The last row that is in its place, and the one in front of it.
    private Row? _last;
    private Row? _before;

    // Told as out of its place; when the next row is not behind the last one either, the clock was set back.
    private Row? _doubted;

    /// <summary>Takes in a row; returns the pattern that it, or the row in front of it, shows, or null.</summary>
    public Pattern? Fold(string dossier, int version, string actor, DateTimeOffset recordedAt)
    {
        var row = new Row(dossier, version, actor, recordedAt);
        if (_doubted is { } doubted)
        {
            _doubted = null;
            if (IsBefore(row, _last))
            {
                (_before, _last) = (null, doubted);
            }
        }

        if (!IsBefore(row, _last))
        {
            (_before, _last) = (_last, row);
            return null;
        }

        if (IsBefore(row, _before))
        {
            _doubted = row;
            return Found(row, $"recorded {Text(row)}, and stands behind what was recorded {Text(_last!)}");
        }

        // This one fits behind the one before the last, which then is the one that is out of its place.
        var misplaced = _last!;
        _last = row;
        return Found(misplaced, $"recorded {Text(misplaced)}, and stands before what was recorded {Text(row)}");
    }

    private bool IsBefore(Row row, Row? other) => other is not null && row.At + _tolerance < other.At;

    private static string Text(Row row) => row.At.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static Pattern Found(Row row, string why) => new(PatternKind.RecordedOutOfOrder, row.Dossier, row.Version, row.Actor, why);

    private sealed record Row(string Dossier, int Version, string Actor, DateTimeOffset At);
}
