using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using Workflow.StatelessBridge.Imports;

namespace Workflow.StatelessBridge.Tests.Imports;

public class StatelessImportTests
{
    private static readonly StatelessImportOptions s_options = new() { Guards = PermitMachine.Guards() };

    [Fact]
    public void From_ConfiguredMachine_HasItsStatesAndTransitions()
    {
        var content = StatelessProcedure.From(new PermitMachine().Configured().Machine, "9.000001", options: s_options).Content;

        Assert.Equal("Filed", content.Initial);
        Assert.Equal(
            ["Filed", "Office", "Appraisal < Office", "Signing < Office", "Refused final", "Granted final"],
            content.States.Select(s => s.Name + (s.Parent is null ? "" : $" < {s.Parent}") + (s.IsFinal ? " final" : "")));
        Assert.Equal(
            [
                "Filed Take Appraisal [AreFeesPaid]", "Filed Remind stays", "Office Refuse Refused", "Office Restart Appraisal", "Office Note stays",
                "Appraisal Propose Signing [the-documents-are-complete]", "Signing Grant Granted", "Appraisal Restart Appraisal",
            ],
            content.Transitions.Select(Shown));
    }

    [Fact]
    public void Compile_ConfiguredMachine_RunsDossiers()
    {
        var import = StatelessProcedure.From(new PermitMachine().Configured().Machine, "9.000001", options: s_options);
        var scene = Scene.Posted(import.Compile());

        scene.Fire("11-06 10:00", "Take", Office.Reception).Fire("11-06 10:10", "Note", Office.Reception);

        Assert.Equal("Appraisal", scene.Dossier.StateName);
        Assert.True(scene.Event<DossierMoved>().Stays);
        Assert.Equal(FiringOutcome.Reentered, Outcome(scene.Dossier, "Restart"));
        Assert.Equal("Refused", scene.Fire("11-06 11:00", "Refuse", Office.Reception).Dossier.StateName);
        Assert.True(scene.Dossier.IsClosed);
    }

    [Fact]
    public void From_DefinitionOfTheRest_LendsItsLimitsAndNamesToTheStates()
    {
        var rest = new ProcedureBuilder("9.000001", 3).Named("Giấy phép", "A permit").Limit("10 working days");
        rest.Configure("Appraisal").Named("Thẩm định").Within("2 working days");
        rest.Configure("Filed").Shows(PortalStatus.Registered);

        var content = StatelessProcedure.From(new PermitMachine().Configured().Machine, rest.ToContent(), s_options).Content;

        Assert.Equal((new ProcedureVersion("9.000001", 3), "A permit", "10 working days"), (content.Version, content.Name.En, content.Limit.ToString()));
        Assert.Equal("Filed", content.Initial);
        var appraisal = content.States.Single(s => s.Name == "Appraisal");
        Assert.Equal(("Thẩm định", "2 working days", "Office"), (appraisal.Label!.Vi, appraisal.Limit.ToString(), appraisal.Parent));
    }

    [Fact]
    public void ContentHash_NewVersionOfAGuard_IsAnother()
    {
        var machine = new PermitMachine().Configured().Machine;

        var first = StatelessProcedure.From(machine, "9.000001", options: s_options).Compile();
        var second = StatelessProcedure.From(machine, "9.000001", options: new StatelessImportOptions { Guards = PermitMachine.Guards(version: 2) }).Compile();

        Assert.NotEqual(first.ContentHash, second.ContentHash);
        Assert.Equal(first.ContentHash, StatelessProcedure.From(new PermitMachine().Configured().Machine, "9.000001", options: s_options).Compile().ContentHash);
    }

    [Fact]
    public void From_GuardThatIsNotRegistered_IsListedAndTheProcedureRefusedByItsName()
    {
        var import = StatelessProcedure.From(new PermitMachine().Configured().Machine, "9.000001");

        Assert.Contains(import.NotCarried, n => n is { Kind: NotCarriedKind.MissingGuard, State: "Filed", Trigger: "Take", What: "the guard 'AreFeesPaid'" });
        Assert.Contains(Assert.Throws<DefinitionException>(import.Compile).Defects, d => d.Code == DefectCodes.UnknownGuard && d.Message.Contains("'AreFeesPaid'", StringComparison.Ordinal));
    }

    [Fact]
    public void From_GuardNames_MayBeVersionsAndExpressions()
    {
        var options = new StatelessImportOptions
        {
            GuardNames = new Dictionary<string, string> { ["AreFeesPaid"] = "fees-paid@1", ["the documents are complete"] = "fields.area <= 100" },
        };
        var rest = new ProcedureBuilder("9.000001").Field("area", FieldType.Number).ToContent();

        var import = StatelessProcedure.From(new PermitMachine().Configured().Machine, rest, options);

        Assert.Equal([NotCarriedKind.InternalAction], import.NotCarried.Select(n => n.Kind));
        Assert.Equal(["fees-paid@1", "fields.area <= 100"], import.Content.Transitions.SelectMany(t => t.Guards).Select(g => g.Text));
        Assert.Equal("9.000001@1", import.Compile().ToString());
    }

    [Fact]
    public void From_StateThatTheMachineLacks_IsRefused()
    {
        var rest = new ProcedureBuilder("9.000001");
        rest.Configure("Apraisal");

        var refusal = Assert.Throws<ArgumentException>(() => StatelessProcedure.From(new PermitMachine().Configured().Machine, rest.ToContent(), s_options));

        Assert.Contains("'Apraisal'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_TransitionsInTheRest_AreRefused()
    {
        var rest = new ProcedureBuilder("9.000001");
        rest.Configure("Filed").Permit("Take", "Office");

        Assert.Throws<ArgumentException>(() => StatelessProcedure.From(new PermitMachine().Configured().Machine, rest.ToContent(), s_options));
    }

    [Fact]
    public void From_TwoStatesOfOneName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => StatelessProcedure.From(
            new PermitMachine().Configured().Machine, "9.000001", options: s_options with { NameOf = _ => "same" }));

    [Fact]
    public void From_NameOf_NamesStatesAndTriggers()
    {
        var options = s_options with { NameOf = value => value is Place place ? $"at-{place}".ToLowerInvariant() : $"{value}".ToLowerInvariant() };

        var content = StatelessProcedure.From(new PermitMachine().Configured().Machine, "9.000001", options: options).Content;

        Assert.Contains(content.Transitions, t => (t.From, t.Trigger, t.To) == ("at-signing", "grant", "at-granted"));
    }

    [Fact]
    public void From_Machine_LeavesItAsItIs()
    {
        var permit = new PermitMachine { HasFees = true }.Configured();

        StatelessProcedure.From(permit.Machine, "9.000001", options: s_options);

        Assert.Equal(Place.Filed, permit.Machine.State);
        permit.Machine.Fire(Step.Take);
        Assert.Equal(Place.Appraisal, permit.Machine.State);
        permit.Machine.Configure(Place.Signing).InitialTransition(Place.Granted);
    }

    private static string Shown(TransitionDefinition t) =>
        $"{t.From} {t.Trigger} {(t.Stays ? "stays" : t.To)}{(t.Guards.Count == 0 ? "" : $" [{string.Join(", ", t.Guards)}]")}";

    private static FiringOutcome Outcome(Dossier dossier, string trigger) =>
        dossier.Procedure.Table.Evaluate(dossier.State, dossier.Procedure.Table.Trigger(trigger), dossier.FactsFor(Actor.System, dossier.LastOccurredAt)).Outcome;
}
