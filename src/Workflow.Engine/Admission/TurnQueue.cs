using System.Diagnostics.CodeAnalysis;

namespace Workflow.Engine.Admission;

/// <summary>A queue in which units take turns: each turn gives one item of one unit, and a unit's items come in their order.</summary>
/// <remarks>
/// A unit with one item waits for as many turns as there are units, however many items others have. With one unit it is a plain queue.
/// Not safe to share between threads.
/// </remarks>
internal sealed class TurnQueue<T>
{
    private const int MostSpares = 256;
    private const int LongestSpare = 64;

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Stack<Line> _spares = [];

    // The line whose turn was last, or null; the next one is behind it in the ring. Every line of the ring has items, unless it is the only one.
    private Line? _last;

    /// <summary>How many items wait.</summary>
    public int Count { get; private set; }

    public void Enqueue(string unit, T item)
    {
        LineOf(unit).Items.Enqueue(item);
        Count++;
    }

    /// <summary>Whose turn is next, and stays so.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        item = Count == 0 ? default : _last!.Next.Items.Peek();
        return Count > 0;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        var line = _last!.Next;
        item = line.Items.Dequeue();
        Count--;
        if (line.Items.Count > 0)
        {
            _last = line;
        }
        else if (line != _last)
        {
            _last.Next = line.Next;
            Retire(line);
        }

        return true;
    }

    private Line LineOf(string unit)
    {
        if (_last is { } only && only.Next == only)
        {
            if (only.Unit == unit)
            {
                return only;
            }

            if (only.Items.Count == 0)
            {
                _last = null;
                Retire(only);
            }
        }

        if (_lines.TryGetValue(unit, out var line))
        {
            return line;
        }

        line = _spares.TryPop(out var spare) ? spare : new Line();
        line.Unit = unit;
        _lines.Add(unit, line);

        // At the end of the round: those that wait come first.
        line.Next = _last?.Next ?? line;
        (_last ?? line).Next = line;
        _last = line;
        return line;
    }

    private void Retire(Line line)
    {
        _lines.Remove(line.Unit);
        if (_spares.Count < MostSpares && line.Items.EnsureCapacity(0) <= LongestSpare)
        {
            _spares.Push(line);
        }
    }

    private sealed class Line
    {
        public Line() => Next = this;

        public string Unit { get; set; } = "";

        public Queue<T> Items { get; } = new();

        public Line Next { get; set; }
    }
}
