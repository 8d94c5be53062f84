using FsCheck;
using FsCheck.Fluent;
using Stateless;
using Workflow.Core.Guards;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Procedures;
using Workflow.StatelessBridge.Machines;

namespace Workflow.StatelessBridge.Tests.Conformance;

/// <summary>A procedure's table and the Stateless machines that run it give the same answers.</summary>
public sealed class ProcedureConformanceProperties
{
    public static TheoryData<string> Files => CatalogueFiles.Names;

    [Theory]
    [MemberData(nameof(Files))]
    public void Machines_ProcedureOfTheCatalogue_GiveTheSameAnswers(string file) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(5)),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Agree(ProcedureYaml.Read(new StringReader(CatalogueFiles.TextOf(file)), file), seed)));

    [Fact]
    public void Machines_AnyProcedure_GiveTheSameAnswers() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(60)),
        Prop.ForAll(ProcedureContents.All(), ArbMap.Default.ArbFor<int>(), (content, seed) => Agree(Procedure.Compile(content), seed)));

    private static void Agree(Procedure procedure, int seed)
    {
        var table = procedure.Table;
        var facts = new AnyFacts(procedure.Content, seed);
        var seam = new StatelessMachine<IDossierFacts>(table);
        for (var s = 0; s < table.States.Count; s++)
        {
            var state = new StateId(s);
            Assert.Equal(table.PermittedTriggers(state, facts), seam.PermittedTriggers(state, facts));
            AgreeOnHierarchy(procedure, facts, state);
            AgreeOnPermittedTriggers(procedure, facts, state);
            for (var t = 0; t < table.Triggers.Count; t++)
            {
                var trigger = new TriggerId(t);
                Assert.Equal(table.Evaluate(state, trigger, facts), seam.Evaluate(state, trigger, facts));
                Assert.Equal(table.UnmetGuards(state, trigger, facts), seam.UnmetGuards(state, trigger, facts));
                AgreeOnFiring(procedure, facts, state, trigger);
            }
        }
    }

    private static void AgreeOnHierarchy(Procedure procedure, AnyFacts facts, StateId state)
    {
        var machine = procedure.ToStateless(facts, procedure.Table.NameOf(state));

        Assert.Equal(
            procedure.Table.States.Where(outer => procedure.Table.IsIn(state, procedure.Table.State(outer))), procedure.Table.States.Where(machine.IsInState));
    }

    private static void AgreeOnPermittedTriggers(Procedure procedure, AnyFacts facts, StateId state)
    {
        var table = procedure.Table;
        if (Enumerable.Range(0, table.Triggers.Count).Any(t => table.Evaluate(state, new TriggerId(t), facts).Outcome == FiringOutcome.Ambiguous))
        {
            // Stateless has no list then; what it answers of each trigger is compared.
            return;
        }

        var asked = procedure.ToStateless(facts, table.NameOf(state)).GetPermittedTriggersAsync();

        Assert.True(asked.IsCompletedSuccessfully);
        Assert.Equal(table.PermittedTriggers(state, facts).Select(table.NameOf).Order(StringComparer.Ordinal), asked.GetAwaiter().GetResult().Order(StringComparer.Ordinal));
    }

    private static void AgreeOnFiring(Procedure procedure, AnyFacts facts, StateId state, TriggerId trigger)
    {
        var table = procedure.Table;
        var expected = table.Evaluate(state, trigger, facts);
        var ran = new List<string>();
        var machine = Traced(procedure.ToStateless(facts, table.NameOf(state)), table.States, ran);
        if (expected.Outcome == FiringOutcome.Ambiguous)
        {
            Assert.Throws<InvalidOperationException>(() => machine.Fire(table.NameOf(trigger)));
            return;
        }

        Assert.Equal(expected.IsAccepted, machine.CanFire(table.NameOf(trigger), out var unmet));
        Assert.Equal(OfTheOutermost(table, expected, facts), expected.IsAccepted ? [] : unmet?.Distinct(StringComparer.Ordinal) ?? []);
        if (!expected.IsAccepted)
        {
            Assert.Throws<InvalidOperationException>(() => machine.Fire(table.NameOf(trigger)));
            return;
        }

        machine.Fire(table.NameOf(trigger));

        Assert.Equal(table.NameOf(expected.Destination), machine.State);
        Assert.Equal([.. Names(table, table.Exited(expected), '-'), .. Names(table, table.Entered(expected), '+')], ran);
    }

    // Stateless names the unmet guards of the outermost state that declares the trigger, the table those of the innermost.
    private static IEnumerable<string> OfTheOutermost(TransitionTable<IDossierFacts> table, Firing firing, AnyFacts facts)
    {
        if (firing.Outcome != FiringOutcome.GuardUnmet)
        {
            return [];
        }

        var outermost = table.Transitions.Last(t => t.Trigger == firing.Trigger && table.IsIn(firing.Source, t.Source) && !table.Transitions.Any(o =>
            o.Trigger == firing.Trigger && o.Source != t.Source && table.IsIn(t.Source, o.Source))).Source;
        return Enumerable.Range(0, table.Transitions.Count).Where(i => table.Transitions[i].Source == outermost && table.Transitions[i].Trigger == firing.Trigger)
            .SelectMany(table.GuardsOf).Where(g => !g.Holds(facts)).Select(g => g.Name).Distinct(StringComparer.Ordinal);
    }

    private static StateMachine<string, string> Traced(StateMachine<string, string> machine, IReadOnlyList<string> states, List<string> ran)
    {
        foreach (var state in states)
        {
            machine.Configure(state).OnEntry(() => ran.Add("+" + state)).OnExit(() => ran.Add("-" + state));
        }

        return machine;
    }

    private static List<string> Names(TransitionTable<IDossierFacts> table, ReadOnlySpan<StateId> states, char mark)
    {
        var names = new List<string>();
        foreach (var state in states)
        {
            names.Add(mark + table.NameOf(state));
        }

        return names;
    }
}
