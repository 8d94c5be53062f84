using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Benchmarks;

/// <summary>A procedure of 30 states: 26 steps in a row, each of which can also be skipped or sent back, with guards, step limits in two units and a shared budget.</summary>
internal static class ThirtyStates
{
    private const int Steps = 26;

    public static Procedure Compile() => Procedure.Compile(new ProcedureContent
    {
        Version = new ProcedureVersion("9.000030", 1),
        Name = new LocalizedName("Ba mươi trạng thái"),
        Limit = TimeLimit.Days(60),
        Budgets = [new BudgetDefinition("council", TimeLimit.WorkingDays(5))],
        Roles = ["reception", "officer", "applicant", "system"],
        Fields = [new FieldDefinition("area", FieldType.Number) { Least = 0, Most = 5000 }, new FieldDefinition("kind", FieldType.Text) { Required = true, Values = ["house", "works"] }],
        Initial = "open",
        States =
        [
            new StateDefinition("open") { Status = PortalStatus.Registered, Role = "reception" },
            .. Enumerable.Range(0, Steps).Select(i => new StateDefinition($"step-{i}")
            {
                Status = i == 0 ? PortalStatus.Accepted : PortalStatus.Processing,
                Role = i == 0 ? "reception" : "officer",
                Limit = i % 5 == 4 ? null : i % 7 == 3 ? TimeLimit.Days(2) : new TimeLimit(0.5m + (i % 3), TimeLimitUnit.WorkingDays),
                Budget = i % 5 == 4 ? "council" : null,
            }),
            new StateDefinition("ready") { Status = PortalStatus.Processed, Role = "reception" },
            new StateDefinition("returned") { Status = PortalStatus.ResultReturned, IsFinal = true },
            new StateDefinition("withdrawn") { Status = PortalStatus.Withdrawn, IsFinal = true },
        ],
        Transitions =
        [
            new TransitionDefinition("open", "accept", "step-0"),
            .. Enumerable.Range(0, Steps).SelectMany(StepOf),
            new TransitionDefinition("ready", "return-result", "returned"),
        ],
    });

    private static IEnumerable<TransitionDefinition> StepOf(int step)
    {
        var here = $"step-{step}";
        yield return new TransitionDefinition(here, "go", To(step + 1)) { Guards = [new ExpressionText($"fields.area <= {step * 100}")] };
        yield return new TransitionDefinition(here, "go", To(step + 2)) { Guards = [new ExpressionText($"fields.area > {step * 100} and fields.kind = \"works\"")] };
        yield return new TransitionDefinition(here, "pass", To(step + 1));
        yield return new TransitionDefinition(here, "withdraw", "withdrawn");
        if (step > 1)
        {
            yield return new TransitionDefinition(here, "send-back", $"step-{step - 1}");
        }
    }

    private static string To(int step) => step < Steps ? $"step-{step}" : "ready";
}
