using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Definitions;
using Workflow.Core.Migrations;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Procedures;

namespace Workflow.Core.Tests.Migrations;

public class ProcedureDiffProperties
{
    /// <summary>Two definitions of one version have one content hash exactly when nothing differs that a hash covers.</summary>
    [Fact]
    public void Law_EqualHashIsNoDifference() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(60)),
        Prop.ForAll(ProcedureContents.All(), content =>
        {
            var procedure = Procedure.Compile(content);
            Assert.Empty(ProcedureDiff.Between(content, procedure.Content).Differences);
            foreach (var (member, changed) in Variants(procedure.Content))
            {
                if (Compiled(changed) is not { } other)
                {
                    continue;
                }

                var differs = ProcedureDiff.Between(procedure.Content, other.Content).Differences.Any(d => d.Path is not ("sources" or "unverified"));
                Assert.True(differs == (other.ContentHash != procedure.ContentHash), member);
            }
        }));

    [Fact]
    public void Law_TheWayBackIsTheSameTurnedRound() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(60)),
        Prop.ForAll(ProcedureContents.All(), ProcedureContents.All(), (a, b) =>
        {
            var there = ProcedureDiff.Between(a, b).Differences.Select(d => (d.Path, d.Before, d.After)).Order();
            var back = ProcedureDiff.Between(b, a).Differences.Select(d => (d.Path, d.After, d.Before)).Order();
            Assert.Equal(there, back);
        }));

    private static IEnumerable<(string Member, ProcedureContent Content)> Variants(ProcedureContent content)
    {
        yield return ("none", content with { });
        yield return ("states", content with { States = [.. content.States.Reverse()] });
        yield return ("triggers", content with { Triggers = [.. content.Triggers.Reverse()] });
        yield return ("transitions", content with { Transitions = [.. content.Transitions.Reverse()] });
        yield return ("guards", content with { Transitions = [.. content.Transitions.Select(t => t with { Guards = [.. t.Guards.Select(g => g.Text == "fees-paid" ? "fees-paid@1" : g)] })] });
        yield return ("roles", content with { Roles = [.. content.Roles.Reverse()] });
        yield return ("sources", content with { Sources = [.. content.Sources, "x"], Unverified = [] });
        yield return ("limit", content with { Limit = null });
        yield return ("documents", content with { Documents = [.. content.Documents.Select(d => d with { Required = !d.Required })] });
        yield return ("fields", content with { Fields = [.. content.Fields.SkipLast(1)] });
        yield return ("labels", content with { States = [.. content.States.Select(s => s with { Label = null })] });
    }

    private static Procedure? Compiled(ProcedureContent content)
    {
        try
        {
            return Procedure.Compile(content);
        }
        catch (DefinitionException)
        {
            return null;
        }
    }
}
