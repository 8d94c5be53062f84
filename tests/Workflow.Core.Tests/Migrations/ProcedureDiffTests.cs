using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Migrations;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Migrations;

public class ProcedureDiffTests
{
    // Says everything that a definition can say, each list with at least one entry.
    private static readonly ProcedureContent s_full = new()
    {
        Version = new ProcedureVersion("1.1", 1),
        Name = new LocalizedName("Cấp", "A permit"),
        Sector = "s",
        Levels = [UnitLevel.Commune, UnitLevel.District],
        OnlineLevel = 3,
        Channels = [Channel.Online, Channel.Direct],
        Limit = TimeLimit.Days(5),
        LimitCases = [new LimitCase("a", TimeLimit.Days(2)), new LimitCase("b", TimeLimit.Days(3))],
        Budgets = [new BudgetDefinition("b1", TimeLimit.Days(1)), new BudgetDefinition("b2", TimeLimit.Days(2))],
        Roles = ["r1", "r2"],
        Fields = [new FieldDefinition("f1", FieldType.Text) { Label = new LocalizedName("l", "l"), Values = ["v1", "v2"] }, new FieldDefinition("f.2", FieldType.Number) { Values = ["v"], Least = 1, Most = 2 }],
        Documents = [new DocumentDefinition("d1", new LocalizedName("d")) { When = "c" }, new DocumentDefinition("d2", new LocalizedName("d"))],
        Fees = [new FeeDefinition("e1", new LocalizedName("e"), 5) { Per = "copy", When = "c", Times = "t" }, new FeeDefinition("e2", new LocalizedName("e"), 5)],
        Guards = [new NamedGuard("g1", "a") { Unmet = new LocalizedName("u") }, new NamedGuard("g2", "a")],
        Legs =
        [
            new LegDefinition("l1", "1.2", "receiving")
            {
                When = "w", After = ["l2", "l3"], Limit = TimeLimit.Days(1), Acknowledge = TimeLimit.Hours(2), DeemedAfter = TimeLimit.Days(9), IsLead = true,
                Fields = [new LegField("a", "b"), new LegField("c", "d")], Documents = ["d1", "d2"],
            },
            new LegDefinition("l2", "1.3", "receiving") { After = ["x"], Fields = [new LegField("a", "b")], Documents = ["d1"] },
        ],
        Initial = "s1",
        States =
        [
            new StateDefinition("s1")
            {
                Label = new LocalizedName("l"), Status = PortalStatus.Registered, Role = "r1", Parent = "p", Limit = TimeLimit.Days(1), Budget = "b1", Legs = ["l1", "l2"],
                Join = new JoinDefinition(JoinRule.Guard, "t1") { When = "w", Otherwise = "t2" }, Timeout = TimeLimit.Days(3), TimeoutTrigger = "t1",
            },
            new StateDefinition("s2") { IsFinal = true, Legs = ["l1"] },
        ],
        Triggers = [new TriggerDefinition("t1", Act.Accept) { Label = new LocalizedName("l"), Roles = ["r1", "r2"] }, new TriggerDefinition("t2", Act.Advance) { Roles = ["r1"] }],
        Transitions =
        [
            new TransitionDefinition("s1", "t1", "s2") { Guards = ["g1", "g2"], Roles = ["r1", "r2"] },
            new TransitionDefinition("s1", "t1", "s1") { Guards = ["g2"], Roles = ["r1"] },
            new TransitionDefinition("s1", "t2", "s2") { Guards = ["g2"], Roles = ["r1"] },
        ],
        Sources = ["a source", "another"],
        Unverified = ["a doubt", "another"],
    };

    /// <summary>A member that the comparison forgot would be a change that nobody sees.</summary>
    [Fact]
    public void AnyOneMember_Changed_IsADifference()
    {
        var all = Mutations.Of(s_full).ToList();

        Assert.True(all.Count > 150, $"Only {all.Count} members were changed.");
        Assert.All(all, m => Assert.True(ProcedureDiff.Between(s_full, m.Content).Differences.Count > 0, m.Member));
    }

    [Fact]
    public void SameDefinition_DoesNotDiffer() => Assert.Empty(ProcedureDiff.Between(s_full, s_full with { Place = new SourcePlace("f", 1, 1) }).Differences);

    [Fact]
    public void EachDifference_SaysWhereWhatAndHowMuchItWeighs()
    {
        var b = s_full with
        {
            Name = new LocalizedName("Cấp", "The permit"),
            Limit = TimeLimit.Days(7),
            Roles = ["r2"],
            Documents = [.. s_full.Documents, new DocumentDefinition("d3", new LocalizedName("new"))],
            States = [s_full.States[0], new StateDefinition("s3"), s_full.States[1] with { Limit = TimeLimit.Days(2) }],
        };

        Assert.Equal(
            [
                (DifferenceKind.Changed, "name.en", "A permit", "The permit", DifferenceWeight.ForPeople),
                (DifferenceKind.Changed, "limit", "5 days", "7 days", DifferenceWeight.Behaviour),
                (DifferenceKind.Removed, "roles.r1", "r1", null, DifferenceWeight.Breaking),
                (DifferenceKind.Added, "documents.d3", null, "new", DifferenceWeight.Breaking),
                (DifferenceKind.Added, "states.s3", null, "s3", DifferenceWeight.Behaviour),
                (DifferenceKind.Added, "states.s2.limit", null, "2 days", DifferenceWeight.Behaviour),
            ],
            ProcedureDiff.Between(s_full, b).Differences.Select(d => (d.Kind, d.Path, d.Before, d.After, d.Weight)));
    }

    [Fact]
    public void PartThatIsGone_IsToldOnceWithAllThatItHeld()
    {
        var gone = ProcedureDiff.Between(s_full, s_full with { States = [s_full.States[1]], Transitions = [], Triggers = s_full.Triggers });

        Assert.Equal("states.s1", Assert.Single(gone.Differences).Path);
        Assert.True(gone.BreaksRunning);
    }

    [Fact]
    public void TransitionsInAnotherOrder_Differ_AndStatesForPeopleAlone()
    {
        var other = s_full with { Transitions = [s_full.Transitions[2], s_full.Transitions[0], s_full.Transitions[1]] };
        var difference = Assert.Single(ProcedureDiff.Between(s_full, other).Differences);
        Assert.Equal((DifferenceKind.Reordered, "states.s1.on", "[t1, t2]", "[t2, t1]", DifferenceWeight.Behaviour), (difference.Kind, difference.Path, difference.Before, difference.After, difference.Weight));

        Assert.False(ProcedureDiff.Between(s_full, s_full with { States = [.. s_full.States.Reverse()] }).ChangesBehaviour);
    }

    [Fact]
    public void NamesWithPoints_AreQuotedInPaths()
    {
        var b = s_full with { Fields = [s_full.Fields[0], s_full.Fields[1] with { Type = FieldType.Date }] };

        Assert.Equal("fields.\"f.2\".type", Assert.Single(ProcedureDiff.Between(s_full, b).Differences).Path);
    }
}
