using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.LegOffice;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>Laws of legs, for every order in which agencies answer.</summary>
public class LegProperties
{
    private static readonly string[] s_names = ["a", "b", "c", "d"];

    [Fact]
    public void Law_TheWayOnIsTakenExactlyOnceAndOnlyWhenTheRuleHolds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Stories()), story =>
        {
            var scene = Sent(new JoinDefinition(story.Rule, "all-agreed") { Otherwise = "not-agreed" }, Legs(story));
            var taken = 0;
            var minute = 0;
            foreach (var (number, outcome) in story.Told)
            {
                var decision = scene.Decide(At(++minute), new EndLeg(number, outcome, Office.Time(At(minute))), Actor.System);
                if (!decision.IsAccepted)
                {
                    continue;
                }

                scene.Ends(At(minute), number, outcome);
                taken += scene.Last.OfType<DossierMoved>().Count();

                // A naive count over what was told.
                var round = scene.Dossier.Legs;
                var well = round.Count(l => l.EndedWell);
                var badly = round.Count(l => l.EndedBadly);
                var expected = story.Rule == JoinRule.All
                    ? badly > 0 ? "stuck" : well == round.Count ? "concluding" : "waiting"
                    : well > 0 ? "concluding" : badly == round.Count ? "stuck" : "waiting";
                Assert.Equal(expected, scene.Dossier.StateName);
            }

            Assert.Equal(scene.Dossier.StateName == "waiting" ? 0 : 1, taken);
        }));

    [Fact]
    public void Law_EveryStoryToldToTheEndLeavesTheWait() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Stories()), story =>
        {
            var scene = Sent(new JoinDefinition(story.Rule, "all-agreed") { Otherwise = "not-agreed" }, Legs(story));
            for (var minute = 1; scene.Dossier.StateName == "waiting"; minute++)
            {
                // In a sequence without circles some leg is always out.
                var open = scene.Dossier.Legs.First(l => l.IsOpen);
                scene.Ends(At(minute), open.Number, story.Told[open.Number % story.Told.Length].Outcome);
            }

            Assert.DoesNotContain(scene.Dossier.Legs, l => l.IsOpen);
        }));

    [Fact]
    public void Law_ParallelLegsCommute() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(
            Arb.From(from outcomes in Gen.ArrayOf(Gen.Elements(LegOutcome.Well, LegOutcome.Badly), 4) from order in Gen.Shuffle([1, 2, 3, 4]) from other in Gen.Shuffle([1, 2, 3, 4]) select (outcomes, order, other)),
            story => Assert.Equal(Run(story.outcomes, story.order), Run(story.outcomes, story.other))));

    [Fact]
    public void Law_TimersOfLegsAreEachToldOnceAndLieAhead() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Arb.From(from story in Stories() from limits in Gen.ArrayOf(Gen.Choose(1, 40), 12) select (story, limits)), given =>
        {
            // Short enough that four legs after each other end within the year that the scene writes no year of.
            var legs = Legs(given.story).Select((l, i) => l with
            {
                Acknowledge = TimeLimit.Parse($"{given.limits[i]} working hours"),
                Limit = TimeLimit.Days(given.limits[i + 4] / 4 + 1),
                DeemedAfter = given.limits[i + 8] % 2 == 0 ? TimeLimit.Days(given.limits[i + 8] / 4) : null,
            }).ToArray();
            var scene = Sent(new JoinDefinition(given.story.Rule, "all-agreed") { Otherwise = "not-agreed" }, legs);
            var told = new List<(string, int)>();
            while (scene.Dossier.NextWakeUp is { } next)
            {
                Assert.True(next > scene.Dossier.LastOccurredAt);
                scene.Wake(next.ToString("MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));
                told.AddRange(scene.Last.Select(e => e switch
                {
                    LegUnacknowledged l => ("ack", l.Number),
                    LegLate l => ("late", l.Number),
                    LegDeemedAgreed l => ("deemed", l.Number),
                    _ => default,
                }).Where(t => t != default));
            }

            Assert.Equal(told.Distinct(), told);
        }));

    private static string Run(LegOutcome[] outcomes, int[] order)
    {
        // Without another way nothing is recalled, so every leg can be told.
        var scene = Sent(new JoinDefinition(JoinRule.All, "all-agreed"), [.. s_names.Select(n => new LegDefinition(n, "X.1", "receiving"))]);
        foreach (var number in order)
        {
            scene.Ends("11-09 09:00", number, outcomes[number - 1]);
        }

        return scene.Dossier.StateName + " " + scene.States() + " " + string.Join(' ', scene.Dossier.Legs.Select(l => l.Outcome));
    }

    private static LegDefinition[] Legs(Story story) =>
        [.. s_names.Select((n, i) => new LegDefinition(n, "X.1", "receiving") { After = [.. s_names.Take(i).Where((_, j) => story.After[(i * 4) + j])] })];

    private static Gen<Story> Stories() =>
        from rule in Gen.Elements(JoinRule.All, JoinRule.Any)
        from after in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(true)), (2, Gen.Constant(false))), 16)
        from told in Gen.ArrayOf(from number in Gen.Choose(0, 5) from outcome in Gen.Frequency((4, Gen.Constant(LegOutcome.Well)), (1, Gen.Constant(LegOutcome.Badly))) select (number, outcome), 20)
        select new Story(rule, after, told);

    private static string At(int minute) => $"11-09 09:{minute:D2}";

    private sealed record Story(JoinRule Rule, bool[] After, (int Number, LegOutcome Outcome)[] Told);
}
