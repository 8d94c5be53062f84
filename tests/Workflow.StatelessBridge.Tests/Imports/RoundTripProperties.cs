using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Procedures;
using Workflow.StatelessBridge.Imports;
using Workflow.StatelessBridge.Tests.Conformance;

namespace Workflow.StatelessBridge.Tests.Imports;

/// <summary>Law: a procedure that went through Stateless and back has the states and transitions that it had.</summary>
public class RoundTripProperties
{
    public static TheoryData<string> Files => CatalogueFiles.Names;

    [Theory]
    [MemberData(nameof(Files))]
    public void FromOfToStateless_ProcedureOfTheCatalogue_KeepsStatesAndTransitions(string file) =>
        AssertRoundTrip(ProcedureYaml.Read(new StringReader(CatalogueFiles.TextOf(file)), file));

    [Fact]
    public void FromOfToStateless_AnyProcedure_KeepsStatesAndTransitions() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(200)), Prop.ForAll(ProcedureContents.All(), content => AssertRoundTrip(Procedure.Compile(content))));

    private static void AssertRoundTrip(Procedure procedure)
    {
        var table = procedure.Table;
        var names = table.Transitions.SelectMany(t => t.Guards).Distinct(StringComparer.Ordinal).ToDictionary(g => g, g => g, StringComparer.Ordinal);

        var import = StatelessProcedure.From(
            procedure.ToStateless(new AnyFacts(procedure.Content, 1)), procedure.Content with { Transitions = [] }, new StatelessImportOptions { GuardNames = names });

        Assert.Empty(import.NotCarried);
        Assert.Equal(procedure.Content.States, import.Content.States);
        Assert.Equal(procedure.Content.Initial, import.Content.Initial);
        Assert.Equal(
            table.Transitions.Select(t => Shown(table.NameOf(t.Source), table.NameOf(t.Trigger), table.NameOf(t.Destination), t.Kind == TransitionKind.Internal, t.Guards)).Order(StringComparer.Ordinal),
            import.Content.Transitions.Select(t => Shown(t.From, t.Trigger, t.To, t.Stays, t.Guards.Select(g => g.Text))).Order(StringComparer.Ordinal));
    }

    private static string Shown(string from, string trigger, string to, bool stays, IEnumerable<string> guards) => $"{from}|{trigger}|{to}|{stays}|{string.Join('&', guards)}";
}
