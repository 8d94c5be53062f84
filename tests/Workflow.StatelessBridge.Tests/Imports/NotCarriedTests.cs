using Stateless;
using Stateless.Reflection;
using Workflow.StatelessBridge.Imports;

namespace Workflow.StatelessBridge.Tests.Imports;

public class NotCarriedTests
{
    private readonly StateMachine<string, string> _machine = new("A");

    [Fact]
    public void From_MachineWithoutCode_CarriesEverything()
    {
        _machine.Configure("A").Permit("go", "B").Ignore("note").PermitReentry("again");

        Assert.Empty(Import().NotCarried);
    }

    [Fact]
    public void From_Actions_AreListedWithTheirState()
    {
        _machine.Configure("A").Permit("go", "B").OnEntry(() => { }, "print").OnEntryFrom("go", Beep).OnExit(() => { }, "lock").OnActivate(() => { }, "load").OnDeactivate(() => { }, "store")
            .OnEntryAsync(() => Task.CompletedTask, "send").OnExitAsync(() => Task.CompletedTask, "leave");

        Assert.Equal(
            [
                (NotCarriedKind.EntryAction, "A", null, "the entry action 'print'"),
                (NotCarriedKind.EntryAction, "A", "go", "the entry action 'Beep'"),
                (NotCarriedKind.EntryAction, "A", null, "the asynchronous entry action 'send'"),
                (NotCarriedKind.ExitAction, "A", null, "the exit action 'lock'"),
                (NotCarriedKind.ExitAction, "A", null, "the asynchronous exit action 'leave'"),
                (NotCarriedKind.ActivateAction, "A", null, "the activate action 'load'"),
                (NotCarriedKind.DeactivateAction, "A", (string?)null, "the deactivate action 'store'"),
            ],
            Import().NotCarried.Select(n => (n.Kind, n.State, n.Trigger, n.What)));
    }

    [Fact]
    public void From_InternalTransition_StaysAndItsActionIsListed()
    {
        _machine.Configure("A").Permit("go", "B").InternalTransition("note", () => { }).InternalTransitionAsync("tell", () => Task.CompletedTask)
            .InternalTransitionIf("count", _ => true, () => { }, "no-decision");

        var import = Import();

        Assert.Equal(["note", "tell", "count"], import.NotCarried.Where(n => n.Kind == NotCarriedKind.InternalAction).Select(n => n.Trigger));
        Assert.Equal([("tell", "the asynchronous internal transition")], import.NotCarried.Where(n => n.Kind == NotCarriedKind.UnnamedGuard).Select(n => (n.Trigger, n.What)));
        Assert.Equal([("note", 0), ("count", 1)], import.Content.Transitions.Where(t => t.Stays).Select(t => (t.Trigger, t.Guards.Count)));
    }

    [Fact]
    public void From_DynamicTransitions_AreListedWithWhereTheyMayLead()
    {
        _machine.Configure("A").Permit("go", "B")
            .PermitDynamic("choose", () => "B", "by weight", new DynamicStateInfos { { "B", "heavy" }, { "C", "light" } })
            .PermitDynamicAsync("look", () => Task.FromResult("B"));

        var import = Import();

        Assert.Equal(
            [
                (NotCarriedKind.DynamicTransition, "choose", "the transition that 'by weight' leads somewhere (B, C)"),
                (NotCarriedKind.DynamicTransition, "look", "the transition that without a name leads somewhere"),
            ],
            import.NotCarried.Select(n => (n.Kind, n.Trigger, n.What)));
        Assert.Equal(["go"], import.Content.Transitions.Select(t => t.Trigger));
    }

    [Fact]
    public void From_GuardWithoutAName_TakesItsTransitionWithIt()
    {
        _machine.Configure("A").Permit("go", "B").PermitIf("jump", "B", () => true).IgnoreIf("note", () => true);

        var import = Import();

        Assert.Equal([(NotCarriedKind.UnnamedGuard, "jump"), (NotCarriedKind.UnnamedGuard, "note")], import.NotCarried.Select(n => (n.Kind, n.Trigger)));
        Assert.Equal(["go"], import.Content.Transitions.Select(t => t.Trigger));
    }

    [Fact]
    public void From_GuardsWhoseDescriptionsGiveNoNameOfTheirOwn_AreListed()
    {
        _machine.Configure("A").Permit("go", "B").PermitIf("jump", "B", () => true, "lệ phí đã nộp")
            .PermitIf("run", "B", () => true, "no decision").PermitIf("walk", "B", () => true, "no-decision");

        Assert.Equal([(NotCarriedKind.GuardName, "jump"), (NotCarriedKind.GuardName, "walk")], Import().NotCarried.Select(n => (n.Kind, n.Trigger)));
    }

    [Fact]
    public void From_GuardOfParameters_IsCarriedByNameAndTheParametersListed()
    {
        var weigh = _machine.SetTriggerParameters<int>("weigh");
        _machine.Configure("A").Permit("go", "B").PermitIf(weigh, "B", grams => grams > 20, "no-decision");

        var import = Import();

        Assert.Equal((NotCarriedKind.Parameters, "A", "weigh"), Assert.Single(import.NotCarried.Select(n => (n.Kind, n.State, n.Trigger))));
        Assert.Equal("no-decision", Assert.Single(import.Content.Transitions.Single(t => t.Trigger == "weigh").Guards).Text);
    }

    [Fact]
    public void From_TriggerTakenWhereNothingLeadsOn_IsListed()
    {
        _machine.Configure("A").Permit("go", "B");
        _machine.Configure("B").Ignore("go");

        var import = Import();

        Assert.Equal((NotCarriedKind.TriggerOfTheEnd, "B", "go"), Assert.Single(import.NotCarried.Select(n => (n.Kind, n.State, n.Trigger))));
        Assert.True(import.Content.States.Single(s => s.Name == "B").IsFinal);
    }

    [Fact]
    public void From_InitialTransitionToNoSubstate_IsListed()
    {
        _machine.Configure("A").Permit("go", "B").InitialTransition("B");
        _machine.Configure("C").SubstateOf("A").Permit("go", "B");

        Assert.Contains(Import().NotCarried, n => n is { Kind: NotCarriedKind.InitialTransition, State: "A", Trigger: null } && n.Why.Contains("(B)", StringComparison.Ordinal));
    }

    [Fact]
    public void From_StrictImport_IsRefusedWithEveryFinding()
    {
        _machine.Configure("A").Permit("go", "B").OnExit(() => { }, "lock").PermitIf("jump", "B", () => true);

        var refusal = Assert.Throws<NotCarriedException>(() => StatelessProcedure.From(_machine, "9.000001", options: new StatelessImportOptions { Strict = true }));

        Assert.Equal([NotCarriedKind.ExitAction, NotCarriedKind.UnnamedGuard], refusal.NotCarried.Select(n => n.Kind));
        Assert.Contains("state 'A': the exit action 'lock': a procedure runs no code", refusal.Message, StringComparison.Ordinal);
    }

    private static void Beep()
    {
    }

    private StatelessImport Import() => StatelessProcedure.From(_machine, "9.000001");
}
