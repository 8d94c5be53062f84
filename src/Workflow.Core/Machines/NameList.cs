namespace Workflow.Core.Machines;

/// <summary>Names, numbered in the order of their first mention.</summary>
internal sealed class NameList
{
    public const int MaxLength = 200;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public string this[int index] => _names[index];

    public int Mention(string name)
    {
        if (!_positions.TryGetValue(name, out int index))
        {
            index = _names.Count;
            _names.Add(name);
            _positions.Add(name, index);
        }

        return index;
    }

    public bool TryFind(string name, out int index) => _positions.TryGetValue(name, out index);

    public IReadOnlyList<string> AsReadOnly() => _names.AsReadOnly();
}

internal static class DistinctListExtensions
{
    public static void AddOnce<T>(this List<T> list, T item)
    {
        if (!list.Contains(item))
        {
            list.Add(item);
        }
    }
}
