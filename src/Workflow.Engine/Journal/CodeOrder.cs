namespace Workflow.Engine.Journal;

/// <summary>Orders codes by their UTF-8 bytes, as databases do; UTF-16 puts surrogates before U+E000 to U+FFFF.</summary>
internal sealed class CodeOrder : IComparer<string>
{
    public static CodeOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);

        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
            return x.Length - y.Length;
        return Rank(x[common]) - Rank(y[common]);
    }

    // Surrogates stand for code points above U+FFFF, hence behind every other char.
    private static int Rank(char value) => char.IsSurrogate(value) ? value + 0x10000 : value;
}
