using Workflow.Core.Definitions;
using Workflow.Core.Reorganisations;

namespace Workflow.Core.Tests.Reorganisations;

public sealed class ReorganisationYamlTests
{
    // What is replaced, by what, the defect's code, its line, a part of message or mend.
    public static TheoryData<string, string, string, int, string> Mistakes => new()
    {
        { "on: 2025-07-01", "on: 1 July", DefectCodes.WrongValue, 1, "a date" },
        { "on: 2025-07-01", "on: 0001-01-01", DefectCodes.WrongValue, 1, "no day comes before" },
        { "ground: Ngh", "because: Ngh", DefectCodes.MissingKey, 1, "'ground'" },
        { "changes:", "change:", DefectCodes.UnknownKey, 5, "did you mean 'changes'" },
        { "level: commune", "level: canton", DefectCodes.WrongValue, 4, "'canton'" },
        { "name: Xã mới", "name: Xã mới, from: 2025-08-01", DefectCodes.PlanUnit, 4, "dates of its own" },
        { "{ merge: ", "{ join: ", DefectCodes.PlanChange, 6, "neither merge, split, move nor dissolve" },
        { "{ merge: ", "{ move: x, merge: ", DefectCodes.PlanChange, 6, "merge and move at once" },
        { "merge: [000.01.30.H28, 000.02.30.H28]", "merge: []", DefectCodes.PlanChange, 6, "names no units" },
        { "merge: [000.01.30.H28, 000.02.30.H28], into: 000.41.00.H28", "merge: 000.01.30.H28, into: 000.01.30.H28", DefectCodes.PlanChange, 6, "takes over from itself" },
        { "dissolve: 000.03.30.H28", "dissolve: 000.01.30.H28", DefectCodes.PlanChange, 7, "a second time (first in line 6)" },
        { "dissolve: 000.03.30.H28, into: 000.04.30.H28", "dissolve: 000.03.30.H28, into: 000.02.30.H28", DefectCodes.PlanChange, 7, "the plan ends it" },
        { ", into: 000.04.30.H28 }", " }", DefectCodes.MissingKey, 7, "'into'" },
        { ", under: 000.00.00.H28", "", DefectCodes.MissingKey, 8, "'under'" },
        { "              - default: 000.04.30.H28".TrimStart(), "", DefectCodes.PlanRules, 9, "does not say who takes" },
        { "default: 000.04.30.H28", "default: 000.03.30.H28", DefectCodes.PlanRules, 15, "not among 'into'" },
        { "state: [signing], to: 000.00.00.H28", "state: [signing], to: 000.00.01.H28", DefectCodes.PlanRules, 14, "not among 'into'" },
        { "state: [signing], ", "", DefectCodes.PlanRules, 14, "no condition" },
        { "state: [signing], ", "status: 4, ", DefectCodes.UnknownKey, 14, "did you mean 'state'" },
        { "{ codes: D-1, to: 000.00.00.H28 }", "{ default: 000.00.00.H28 }", DefectCodes.PlanRules, 13, "behind the default" },
    };

    [Fact]
    public void Read_SoundPlan_GivesItsParts()
    {
        var plan = Plans.Read();

        Assert.Equal(new DateOnly(2025, 7, 1), plan.On);
        Assert.Equal(["000.41.00.H28"], plan.Units.Select(u => u.Code));
        Assert.Equal(["UnitsMerged", "UnitDissolved", "UnitMoved", "UnitSplit"], plan.Changes.Select(c => c.GetType().Name));
        var split = Assert.IsType<UnitSplit>(plan.Changes[3]);
        Assert.Equal(("000.04.30.H28", 3, 3), (split.Default, split.Into.Count, split.Rules.Count));
        Assert.Equal(["1.001193"], split.Rules[1].Procedures);
        Assert.Equal(["000.01.30.H28", "000.02.30.H28"], split.Rules[1].ReceivedBy);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_OneMistake_IsADefectWithFileAndLine(string passage, string replacement, string code, int line, string says)
    {
        var refusal = Assert.Throws<DefinitionException>(() => Plans.Read(Plans.With(passage, replacement)));

        Assert.True(
            refusal.Defects.Any(d => d.Code == code && d.Place.File == "plan.yaml" && d.Place.Line == line && d.ToString().Contains(says, StringComparison.Ordinal)),
            string.Join('\n', refusal.Defects));
    }

    [Fact]
    public void Id_StaysWithTheChangesWhateverGroundAndRulesSay()
    {
        var id = Plans.Read().Id;

        Assert.Matches("^2025-07-01-[0-9a-f]{8}$", id);
        Assert.Equal(id, Plans.Read(Plans.With("Nghị quyết", "Quyết định")).Id);
        Assert.Equal(id, Plans.Read(Plans.With("- { codes: D-1, to: 000.00.00.H28 }\n", "\n")).Id);
        Assert.NotEqual(id, Plans.Read(Plans.With("- { dissolve: 000.03.30.H28, into: 000.04.30.H28 }", "")).Id);
    }
}
