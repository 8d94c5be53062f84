using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Units;

namespace Workflow.Core.Reorganisations;

/// <summary>The id of a plan: its day, and a digest of what it makes of the units.</summary>
internal static class PlanId
{
    private const int Digits = 8;

    public static string Of(Reorganisation plan)
    {
        var text = new StringBuilder();
        foreach (var unit in plan.Units)
        {
            text.Append(unit.Code).Append('|').Append(UnitLevels.NameOf(unit.Level)).Append('|').Append(unit.Parent).Append('\n');
        }

        foreach (var change in plan.Changes)
        {
            text.Append(change switch
            {
                UnitsMerged c => $"merge {string.Join(',', c.Units)} {c.Into}\n",
                UnitSplit c => $"split {c.Unit} {string.Join(',', c.Into)}\n",
                UnitMoved c => $"move {c.Unit} {c.Under}\n",
                UnitDissolved c => $"dissolve {c.Unit} {c.Into}\n",
                _ => throw new InvalidOperationException($"A plan knows no change {change.GetType().Name}."),
            });
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return $"{plan.On:yyyy-MM-dd}-{digest[..Digits]}";
    }
}
