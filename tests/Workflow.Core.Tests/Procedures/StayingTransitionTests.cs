using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;

namespace Workflow.Core.Tests.Procedures;

public class StayingTransitionTests
{
    [Fact]
    public void Fire_StayingTriggerOfASuperstate_LeavesTheDossierAndItsTimersWhereTheyAre()
    {
        var scene = Scene.Posted(Build(b => b.Configure("office").Stay("note")));
        var before = scene.Dossier;
        Assert.NotNull(before.NextWakeUp);

        scene.Fire("11-09 09:00", "note", Office.Reception);

        Assert.True(scene.Event<DossierMoved>().Stays);
        Assert.Equal((before.StateName, before.EnteredAt, before.NextWakeUp), (scene.Dossier.StateName, scene.Dossier.EnteredAt, scene.Dossier.NextWakeUp));
        Assert.Equal("desk", scene.Dossier.StateName);
    }

    [Fact]
    public void Compile_StayingTransition_IsInternalInTheTable()
    {
        var procedure = Build(b => b.Configure("desk").Stay("note", "no-decision"));

        var transition = procedure.Table.Transitions.Single(t => procedure.Table.NameOf(t.Trigger) == "note");
        Assert.Equal((TransitionKind.Internal, "no-decision"), (transition.Kind, Assert.Single(transition.Guards)));
    }

    [Fact]
    public void ContentHash_StayingAndReentry_Differ()
    {
        var staying = Build(b => b.Configure("desk").Stay("note"));
        var reentry = Build(b => b.Configure("desk").Permit("note", "desk"));

        Assert.NotEqual(staying.ContentHash, reentry.ContentHash);
    }

    [Fact]
    public void Read_StayingTransition_IsWhatWasWritten()
    {
        var procedure = Build(b => b.Configure("desk").Stay("note"));
        using var written = new StringWriter();

        ProcedureYaml.Write(procedure.Content, written);

        Assert.Contains("note: { to: desk, stays: true }", written.ToString(), StringComparison.Ordinal);
        Assert.Equal(procedure.ContentHash, ProcedureYaml.Read(new StringReader(written.ToString()), "p.yaml").ContentHash);
    }

    [Fact]
    public void Compile_StayingTransitionToAnotherState_IsRefused()
    {
        var content = Builder().ToContent();
        var spoilt = content with { Transitions = [.. content.Transitions.Select(t => t with { Stays = t.Trigger == "finish" })] };

        var refusal = Assert.Throws<DefinitionException>(() => Procedure.Compile(spoilt));

        Assert.Contains(refusal.Defects, d => d.Code == DefectCodes.Machine && d.Message == "'finish' stays in 'desk' and leads to 'done'");
    }

    [Fact]
    public void Compile_StateThatOnlyStays_IsADeadEnd()
    {
        var refusal = Assert.Throws<DefinitionException>(() => Build(b =>
        {
            b.Configure("desk").Permit("leave", "cellar");
            b.Configure("cellar").Stay("note");
        }));

        Assert.Contains(refusal.Defects, d => d.Code == DefectCodes.DeadEnd && d.Message.Contains("cellar", StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_StayingTransitionOfASuperstate_EntersItNot()
    {
        // Entered itself, the superstate would be a dead end: nothing leads out of it but what its substates do.
        var procedure = Build(b => b.Configure("office").Stay("note"));

        Assert.Equal("office", procedure.Content.States.Single(s => s.Name == "desk").Parent);
    }

    [Fact]
    public void Compile_JoinThatFiresAStayingTrigger_IsRefused()
    {
        var refusal = Assert.Throws<DefinitionException>(() => Build(b =>
        {
            b.Leg(new LegDefinition("police", "2.000001", "agency of commune"));
            b.Configure("desk").Stay("joined").WaitsFor(new JoinDefinition(JoinRule.All, "joined"), "police");
        }));

        Assert.Contains(refusal.Defects, d => d.Code == DefectCodes.Join && d.Message.Contains("which stays", StringComparison.Ordinal));
    }

    private static Procedure Build(Action<ProcedureBuilder> add)
    {
        var builder = Builder();
        add(builder);
        return builder.Build();
    }

    private static ProcedureBuilder Builder()
    {
        var builder = new ProcedureBuilder("1.001193").Limit("5 working days");
        builder.Configure("desk").SubstateOf("office").Within("2 working days").Permit("finish", "done");
        builder.Configure("office");
        builder.Configure("done").AsFinal();
        return builder;
    }
}
