using Stateless;
using Workflow.Core.Dossiers;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using Workflow.StatelessBridge.Imports;

namespace Workflow.StatelessBridge.Tests;

public class ReadmeTests
{
    [Fact]
    public void Example_DoesWhatItSays()
    {
        var (left, running) = Example(new Order(IsPaid: false), p => Scene.Posted(p).Dossier);

        Assert.StartsWith("state 'desk': the entry action 'Print': a procedure runs no code: ", Assert.Single(left).ToString(), StringComparison.Ordinal);
        Assert.Equal("desk", running.State);
    }

    [Fact]
    public void EveryLineOfCode_StandsInThisFile()
    {
        var compiled = MarkdownBlocks.Lines("tests/Workflow.StatelessBridge.Tests/ReadmeTests.cs").ToHashSet(StringComparer.Ordinal);
        var quoted = MarkdownBlocks.Of("src/Workflow.StatelessBridge/README.md", "csharp").SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();

        Assert.NotEmpty(quoted);
        Assert.All(quoted, line => Assert.Contains(line, compiled));
    }

    private static (IReadOnlyList<NotCarried> Left, StateMachine<string, string> Running) Example(Order order, Func<Procedure, Dossier> submit)
    {
        var machine = new StateMachine<string, string>("filed");
        machine.Configure("filed").PermitIf("take", "desk", () => order.IsPaid, "paid in full").Ignore("remind");
        machine.Configure("desk").Permit("grant", "granted").Permit("turn-down", "turned-down").OnEntry(Print);

        var paid = new GuardDefinition("paid-in-full", 1, "the fees are not paid", facts => facts.FeesOutstanding == 0);
        var options = new StatelessImportOptions { Guards = GuardRegistry.Standard.With(paid) };
        var import = StatelessProcedure.From(machine, "9.000001", options: options);
        var left = import.NotCarried;                  // state 'desk': the entry action 'Print': a procedure runs no code: ...
        var procedure = import.Compile();              // with durability, deadlines and audit, like any other

        var dossier = submit(procedure);
        var running = procedure.ToStateless(dossier);  // in the state of the dossier, and its guards ask the dossier
        running.Fire("take");
        return (left, running);
    }

    private static void Print()
    {
    }

    private sealed record Order(bool IsPaid);
}
