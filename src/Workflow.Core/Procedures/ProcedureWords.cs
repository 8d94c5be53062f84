using System.Collections.Frozen;
using Workflow.Core.Deadlines;
using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>The words of definition files for the closed lists of the model.</summary>
internal static class ProcedureWords
{
    public static FrozenDictionary<string, Channel> Channels { get; } = Words(("direct", Channel.Direct), ("online", Channel.Online), ("post", Channel.Post));

    public static FrozenDictionary<string, ClockPolicy> Clocks { get; } =
        Words(("restart", ClockPolicy.Restart), ("resume", ClockPolicy.Resume), ("none", ClockPolicy.None));

    public static FrozenDictionary<string, FieldType> FieldTypes { get; } =
        Words(("text", FieldType.Text), ("number", FieldType.Number), ("date", FieldType.Date), ("moment", FieldType.Moment), ("flag", FieldType.Flag));

    /// <summary>Whether a state stops the legal clock of itself; <c>runs</c> leaves that to its portal status.</summary>
    public static FrozenDictionary<string, bool> StateClocks { get; } =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["off"] = true, ["runs"] = false }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of<T>(FrozenDictionary<string, T> words, T value)
        where T : struct, Enum => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Key;

    private static FrozenDictionary<string, T> Words<T>(params (string Word, T Value)[] words) =>
        words.ToFrozenDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);
}
