using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Units;
using Workflow.Engine.Setup;
using Workflow.Host.Access;
using Workflow.Host.Serving;

namespace Workflow.Host.Tests.Access;

/// <summary>Reach over a tree that changes: east and west are merged into the new commune on 1 July 2025, north moves, and the south office ends without a successor.</summary>
public sealed class ReachTests
{
    private static readonly DateOnly s_last = new(2025, 6, 30);

    private static readonly UnitTree s_units = new(
    [
        Of("province", UnitLevel.Province, null),
        Of("hills", UnitLevel.District, "province") with { Until = s_last },
        Of("plain", UnitLevel.District, "province") with { Until = s_last },
        Of("east", UnitLevel.Commune, "hills") with { Until = s_last, Successors = ["new"] },
        Of("west", UnitLevel.Commune, "hills") with { Until = s_last, Successors = ["new"] },
        Of("north", UnitLevel.Commune, "province") with { FormerParents = [new FormerParent("plain", s_last)] },
        Of("south", UnitLevel.Commune, "province") with { Until = s_last },
        Of("new", UnitLevel.Commune, "province") with { From = s_last.AddDays(1) },
    ]);

    private static readonly Reach s_before = new(new Office(s_last));
    private static readonly Reach s_after = new(new Office(s_last.AddDays(1)));

    [Theory]
    [InlineData("east", "east", true)]
    [InlineData("hills", "east", true)]
    [InlineData("hills", "north", false)]
    [InlineData("plain", "north", true)]
    [InlineData("province", "north", true)]
    [InlineData("east", "hills", false)]
    [InlineData("east", "west", false)]
    [InlineData("nowhere", "east", false)]
    [InlineData("province", "nowhere", false)]
    public void Unit_IsReachedByTheTreeInForce(string held, string unit, bool reached) => Assert.Equal(reached, s_before.Covers(Officer(held), unit));

    [Theory]
    [InlineData("new", "east", true)]
    [InlineData("new", "west", true)]
    [InlineData("province", "east", true)]
    [InlineData("province", "south", true)]
    [InlineData("north", "south", false)]
    [InlineData("plain", "north", false)]
    [InlineData("hills", "east", false)]
    [InlineData("east", "east", false)]
    [InlineData("east", "new", false)]
    public void Unit_ThatEnded_IsReachedThroughThoseThatTookItsPlace_OrTheLastAboveIt(string held, string unit, bool reached) => Assert.Equal(reached, s_after.Covers(Officer(held), unit));

    [Fact]
    public void Dossier_IsSeenByEachOfItsUnits_ItsOwner_AndNobodyElse()
    {
        var dossier = new DossierSnapshot
        {
            Code = "1", Procedure = "p", ProcedureVersion = 1, Version = 1, State = "s", Owner = "citizen", ReceivingUnit = "east", CompetentUnit = "west", Unit = "north",
        };

        Assert.All((string[])["east", "west", "north", "hills", "plain", "province"], unit => Assert.Equal(Sight.Officer, s_before.SightOf(Officer(unit), dossier)));
        Assert.Equal(Sight.None, s_before.SightOf(Officer("south"), dossier));
        Assert.Equal(Sight.Owner, s_before.SightOf(Officer("south") with { Id = "citizen" }, dossier));
        Assert.Equal(Sight.Owner, s_before.SightOf(Citizen("citizen"), dossier));
        Assert.Equal(Sight.None, s_before.SightOf(Citizen("other"), dossier));
    }

    [Fact]
    public void Roles_CountInTheirUnitAndBelowIt_AndNowhereElse()
    {
        var person = new Caller("mai", "hills", new Dictionary<string, IReadOnlyList<string>> { ["hills"] = ["reception"], ["east"] = ["head"], ["plain"] = ["professional"] }, null);

        Assert.Equal(["reception", "applicant"], s_before.ActorOf(person, null)!.Roles);
        Assert.Equal(["applicant", "head", "reception"], s_before.ActorOf(person, "east")!.Roles.Order(StringComparer.Ordinal));
        Assert.Equal(["reception", "applicant"], s_before.ActorOf(person, "west")!.Roles);
        Assert.Equal(("mai", "north"), (s_before.ActorOf(person, "north")!.Id, s_before.ActorOf(person, "north")!.Unit));
        Assert.Null(s_before.ActorOf(person, "province"));
        Assert.Null(s_before.ActorOf(Citizen("citizen"), "east"));
        Assert.Equal(["applicant"], s_before.ActorOf(Citizen("citizen"), null)!.Roles);
    }

    private static Caller Officer(string unit) => new("mai", unit, new Dictionary<string, IReadOnlyList<string>> { [unit] = [] }, null);

    private static Caller Citizen(string id) => new(id, null, new Dictionary<string, IReadOnlyList<string>>(), null);

    private static Unit Of(string code, UnitLevel level, string? parent) => new(code, new LocalizedName(code), level, parent);

    private sealed class Office(DateOnly today) : IOffice
    {
        public UnitTree Units => s_units;

        public DateOnly Today => today;

        public ProcedureSet Procedures { get; } = new();
    }
}
