using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class MachineDefectTests
{
    [Fact]
    public void Build_NoInitialState_IsADefect() =>
        Expect(MachineDefectCode.NoInitialState, null, builder => builder.Configure("B"), start: null);

    [Fact]
    public void Build_UnknownInitialState_IsADefect() =>
        Expect(MachineDefectCode.UnknownState, "'Gone'", _ => { }, start: "Gone");

    [Fact]
    public void Build_UnknownDestination_IsADefect() =>
        Expect(MachineDefectCode.UnknownState, "'Gone'", builder => builder.Configure("A").Permit("go", "Gone"));

    [Fact]
    public void Build_UnknownParent_IsADefect() =>
        Expect(MachineDefectCode.UnknownState, "'Gone'", builder => builder.Configure("A").SubstateOf("Gone"));

    [Fact]
    public void Build_SubstateCycle_IsOneDefectThatShowsIt() =>
        Expect(MachineDefectCode.SubstateCycle, "'B' in 'C' in 'B'", builder =>
        {
            builder.Configure("A").SubstateOf("B");
            builder.Configure("B").SubstateOf("C");
            builder.Configure("C").SubstateOf("B");
        });

    [Fact]
    public void Build_SubstateOfItself_IsADefect() =>
        Expect(MachineDefectCode.SubstateCycle, "'A' in 'A'", builder => builder.Configure("A").SubstateOf("A"));

    [Fact]
    public void Build_DuplicateUnguardedTransitions_AreADefect() =>
        Expect(MachineDefectCode.DuplicateTransition, "'go'", builder => builder.Configure("A").Permit("go", "B").Ignore("go"));

    [Fact]
    public void Build_GuardedBesideUnguarded_IsNoDefect() =>
        Assert.Empty(DefectsOf(builder => builder.Configure("A").Permit("go", "B").PermitIf("go", "B", "g", _ => false)));

    [Fact]
    public void Build_TransitionToItself_IsADefect() =>
        Expect(MachineDefectCode.TransitionToItself, "PermitReentry", builder => builder.Configure("A").Permit("go", "A"));

    [Fact]
    public void Build_InitialTransitionElsewhere_IsADefect() =>
        Expect(MachineDefectCode.InitialTransitionNotToSubstate, "'B'", builder => builder.Configure("A").InitialTransition("B"));

    [Fact]
    public void Build_InitialTransitionToGrandchild_IsADefect() =>
        Expect(MachineDefectCode.InitialTransitionNotToSubstate, "'C'", builder =>
        {
            builder.Configure("A").InitialTransition("C");
            builder.Configure("B").SubstateOf("A");
            builder.Configure("C").SubstateOf("B");
        });

    [Fact]
    public void Build_FinalStateThatIsLeft_IsADefect() =>
        Expect(MachineDefectCode.FinalStateLeft, "'go'", builder => builder.Configure("A").Permit("go", "B").AsFinal());

    [Fact]
    public void Build_FinalStateThatInheritsOrStays_IsNoDefect() =>
        Assert.Empty(DefectsOf(builder =>
        {
            builder.Configure("B").Permit("go", "A");
            builder.Configure("A").SubstateOf("B").AsFinal().Ignore("poke").InternalTransition("note");
        }));

    [Theory]
    [InlineData("", MachineDefectCode.EmptyName)]
    [InlineData("x201", MachineDefectCode.NameTooLong)]
    public void Build_BadNames_AreDefects(string text, MachineDefectCode code)
    {
        string name = text.Length == 0 ? text : new string('x', 201);

        Expect(code, "state", builder => builder.Configure(name));
        Expect(code, "trigger", builder => builder.Configure("A").Permit(name, "B"));
        Expect(code, "guard", builder => builder.Configure("A").PermitIf("go", "B", name, _ => true));
        Expect(code, "action", builder => builder.Configure("A").OnExit(name, _ => { }));
    }

    [Fact]
    public void Build_NamesOf200CharactersOrOfAnyText_AreSound() =>
        Assert.Empty(DefectsOf(builder => builder.Configure(new string('x', 200)).Permit("Bổ sung hồ sơ; \"nộp\"\n", "A")));

    [Fact]
    public void Build_TwoParentsOrInitialStates_AreContradictions()
    {
        Expect(MachineDefectCode.Contradiction, "'B', 'C'", builder =>
        {
            builder.Configure("C");
            builder.Configure("A").SubstateOf("B").SubstateOf("C").SubstateOf("B");
        });
        Expect(MachineDefectCode.Contradiction, "'A', 'B'", builder => builder.StartIn("B"));
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    public void Build_NestingBeyond64Levels_IsADefect(int levels, int defects) =>
        Assert.Equal(defects, DefectsOf(builder =>
        {
            builder.Configure("L1");
            for (int level = 2; level <= levels; level++)
            {
                builder.Configure($"L{level}").SubstateOf($"L{level - 1}");
            }
        }).Count(defect => defect.Code == MachineDefectCode.NestedTooDeep));

    [Fact]
    public void Build_ManyDefects_AreToldTogether()
    {
        var builder = new MachineBuilder<int>();
        builder.Configure("A").Permit("go", "Gone").Permit("go", "A").SubstateOf("Away").AsFinal();

        MachineDefinitionException told = Assert.Throws<MachineDefinitionException>(builder.Build);

        Assert.Equal(
            [
                MachineDefectCode.NoInitialState, MachineDefectCode.UnknownState, MachineDefectCode.UnknownState,
                MachineDefectCode.FinalStateLeft, MachineDefectCode.TransitionToItself, MachineDefectCode.FinalStateLeft,
                MachineDefectCode.DuplicateTransition,
            ],
            told.Defects.Select(defect => defect.Code));
        Assert.All(told.Defects, defect => Assert.Contains(defect.Message, told.Message, StringComparison.Ordinal));
    }

    private static void Expect(MachineDefectCode code, string? saying, Action<MachineBuilder<int>> declare, string? start = "A")
    {
        MachineDefect defect = Assert.Single(DefectsOf(declare, start));
        Assert.Equal(code, defect.Code);
        Assert.Contains(saying ?? string.Empty, defect.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', defect.Message);
    }

    // The defects of a machine of states A and B with what a test declares on top.
    private static IReadOnlyList<MachineDefect> DefectsOf(Action<MachineBuilder<int>> declare, string? start = "A")
    {
        var builder = new MachineBuilder<int>();
        builder.Configure("A");
        builder.Configure("B");
        if (start is not null)
        {
            builder.StartIn(start);
        }

        declare(builder);
        try
        {
            builder.Build();
            return [];
        }
        catch (MachineDefinitionException told)
        {
            return told.Defects;
        }
    }
}
