using Workflow.Core.Definitions;
using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Procedures;
using Workflow.Core.Units;
using Workflow.Core.Verification;

namespace Workflow.Core.Tests.Verification;

public class CatalogueTests
{
    private static readonly VerificationContext s_context = new()
    {
        Calendar = Repository.Vietnam.Latest,
        Units = UnitTreeYaml.Read(new StringReader(CatalogueFiles.Units()), "units.yaml"),
        Procedures = CatalogueFiles.Catalogue,
    };

    [Fact]
    public void Catalogue_OfTheRepository_HasNoErrors()
    {
        var errors = CatalogueFiles.Catalogue.All.SelectMany(p => ProcedureVerifier.Verify(p, s_context)).Where(d => d.Severity == DefectSeverity.Error);

        Assert.Empty(errors.Select(d => d.ToString()));
    }

    [Fact]
    public void Verdict_OfTheSameProcedure_IsTheSameEachTime()
    {
        foreach (var procedure in CatalogueFiles.Catalogue.All.Append(ThirtyStates()))
        {
            var (once, again) = (ProcedureVerifier.Verify(procedure, s_context), ProcedureVerifier.Verify(procedure, s_context));

            Assert.Equal(once.Select(d => d.ToString()), again.Select(d => d.ToString()));
            Assert.Equal(once.SelectMany(d => d.Schedule), again.SelectMany(d => d.Schedule));
            Assert.Equal(once.Select(d => d.Place.Line), once.Select(d => d.Place.Line).Order());
        }
    }

    [Fact]
    public void ProcedureOfThirtyStates_WithMoreWaysThanCanBeWalked_StillShowsOneThatIsTooLong()
    {
        var defect = Assert.Single(ProcedureVerifier.Verify(ThirtyStates(), s_context));

        Assert.Equal((DefectCodes.StepsExceedLimit, DefectSeverity.Warning), (defect.Code, defect.Severity));
        Assert.Equal("-3 working days", defect.Schedule[^1].Remaining);
    }

    // Each of 27 steps of a day can be skipped or sent back: more than a hundred thousand ways; all steps take 27 days of 24.
    private static Procedure ThirtyStates() => Procedure.Compile(new ProcedureContent
    {
        Version = new ProcedureVersion("9.000030", 1),
        Name = new LocalizedName("Ba mươi trạng thái"),
        Limit = TimeLimit.WorkingDays(24),
        Initial = "open",
        States = [new StateDefinition("open"), .. Enumerable.Range(0, 27).Select(i => new StateDefinition($"s{i}") { Limit = TimeLimit.WorkingDays(1) }), new StateDefinition("s27"), new StateDefinition("done") { IsFinal = true }],
        Transitions =
        [
            new TransitionDefinition("open", "accept", "s0"),
            .. Enumerable.Range(0, 27).SelectMany(i => (TransitionDefinition[])
            [
                new TransitionDefinition($"s{i}", "go", $"s{i + 1}"),
                new TransitionDefinition($"s{i}", "skip", $"s{Math.Min(27, i + 2)}"),
                new TransitionDefinition($"s{i}", "send-back", $"s{Math.Max(0, i - 1)}"),
            ]),
            new TransitionDefinition("s27", "close", "done"),
        ],
    });
}
