using System.Collections.Frozen;

namespace Workflow.Core.Units;

/// <summary>The names of the levels of units in definition files.</summary>
public static class UnitLevels
{
    /// <summary>Every level by its name: <c>province</c>, <c>district</c>, <c>commune</c>.</summary>
    public static FrozenDictionary<string, UnitLevel> ByName { get; } = new Dictionary<string, UnitLevel>(StringComparer.Ordinal)
    {
        ["province"] = UnitLevel.Province,
        ["district"] = UnitLevel.District,
        ["commune"] = UnitLevel.Commune,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of a level.</summary>
    public static string NameOf(UnitLevel level) => level switch
    {
        UnitLevel.Province => "province",
        UnitLevel.District => "district",
        UnitLevel.Commune => "commune",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There is no such level."),
    };
}
