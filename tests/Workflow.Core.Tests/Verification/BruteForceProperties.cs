using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Guards;
using Workflow.Core.Verification;

namespace Workflow.Core.Tests.Verification;

/// <summary>Law: on small procedures over finite domains the verdict is that of trying out every state with every value of every field.</summary>
public class BruteForceProperties
{
    private static readonly string[] s_atoms =
    [
        "fields.kind = \"house\"", "fields.kind != \"house\"", "fields.kind in [\"works\", \"plant\"]", "fields.kind = \"works\"",
        "fields.ready", "not fields.ready", "has fields.ready", "not (has fields.ready)",
        "fields.area > 1", "fields.area <= 1", "fields.area = 2", "fields.area != 2", "fields.area > 2", "has fields.area", "fields.area < 0",
    ];

    // Every value of the finite fields; of the number every constant of the atoms, one between each two of them, and none.
    private static readonly TestFacts[] s_dossiers =
    [
        .. from kind in (string[])["house", "works", "plant"]
           from ready in (string?[])["true", "false", null]
           from area in (string?[])["0", "0.5", "1", "1.5", "2", "3", null]
           select Facts(kind, ready, area),
    ];

    [Fact]
    public void Verdict_OnAnyProcedure_IsThatOfTryingOutEverything()
    {
        var seen = new Seen();
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(300)), Prop.ForAll(Procedures().ToArbitrary(), content => AgreesWithBruteForce(content, seen)));

        // The law says something only where there is something to find.
        Assert.True(seen is { Compiled: > 100, DeadGuards: > 20, Overlaps: > 20, Traps: > 0, Unreached: > 0 }, $"{seen}");
    }

    private static bool AgreesWithBruteForce(ProcedureContent content, Seen seen)
    {
        if (Compiled(content) is not { } procedure)
        {
            return true;
        }

        var tried = new Trial(procedure);
        seen.Add(tried, content.States.Count);
        var view = new ProcedureView(procedure, VerificationContext.None);
        var endings = new Endings(view);
        var defects = ProcedureVerifier.Verify(procedure);

        Assert.Equal(tried.NeverHolding, view.Transitions.Where(t => t.NeverHolds).Select(t => t.Definition));
        Assert.Equal(tried.Entered, Named(view, endings.Entered));
        Assert.Equal(tried.Stuck, Named(view, endings.Stuck));
        Assert.Equal(tried.Ambiguous, defects.Where(d => d.Code == DefectCodes.OverlappingTransitions).Select(d => d.Place.Column).Distinct().Order());
        Assert.Equal(tried.NeverHolding.Count, defects.Count(d => d.Code == DefectCodes.GuardNeverHolds));
        Assert.Equal(content.States.Count - tried.Occupied, defects.Count(d => d.Code == DefectCodes.NeverReached));
        Assert.Equal(tried.Stuck.Count > 0, defects.Any(d => d.Code == DefectCodes.Livelock));
        return true;
    }

    private static List<string> Named(ProcedureView view, bool[] states) => [.. view.States.Where((_, i) => states[i]).Select(s => s.Name)];

    // A definition with errors is the compiler's to tell.
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

    private static TestFacts Facts(string kind, string? ready, string? area)
    {
        var facts = new TestFacts();
        facts.Fields.Add("kind", kind);
        if (ready is not null)
        {
            facts.Fields.Add("ready", ready);
        }

        if (area is not null)
        {
            facts.Fields.Add("area", area);
        }

        return facts;
    }

    private static Gen<ProcedureContent> Procedures() =>
        from count in Gen.Choose(2, 6)
        from way in Gen.ListOf(Guards(), count - 1)
        from extra in Gen.ListOf(from source in Gen.Choose(0, count - 2) from to in Gen.Choose(0, count - 1) from trigger in Gen.Elements("go", "turn") from guards in Guards() select (source, to, trigger, guards), 2 * count)
        from parent in Gen.Choose(0, count)
        select Content(count, parent, [.. way.Select((g, i) => (i, i + 1, "go", g)), .. extra]);

    // At most three guards of one or two atoms each, often none.
    private static Gen<string[]> Guards() => Gen.Frequency(
        (1, Gen.Constant(Array.Empty<string>())),
        (4, from count in Gen.Choose(1, 3)
            from guards in Gen.ListOf(from a in Gen.Elements(s_atoms) from b in Gen.Elements(s_atoms) from or in Gen.Elements(true, false) select or ? $"{a} or {b}" : a, count)
            select guards.ToArray()));

    // Places of transitions are told apart by their columns.
    private static ProcedureContent Content(int states, int parent, List<(int From, int To, string Trigger, string[] Guards)> transitions) => new()
    {
        Version = new ProcedureVersion("9.000001", 1),
        Name = new LocalizedName("Thủ tục"),
        Fields =
        [
            new FieldDefinition("kind", FieldType.Text) { Required = true, Values = ["house", "works", "plant"] },
            new FieldDefinition("ready", FieldType.Flag),
            new FieldDefinition("area", FieldType.Number) { Least = 0, Most = 3 },
        ],
        Initial = "s0",
        States = [.. Enumerable.Range(0, states).Select(i => new StateDefinition($"s{i}") { IsFinal = i == states - 1, Parent = i == 0 && parent is > 0 && parent < states - 1 ? $"s{parent}" : null })],
        Transitions =
        [
            .. transitions.Select((t, i) => new TransitionDefinition($"s{t.From}", t.Trigger, $"s{t.To}")
            {
                Guards = [.. t.Guards.Select(g => new ExpressionText(g))],
                Place = new SourcePlace("generated", 1, i + 1),
            }),
        ],
    };

    private sealed record Seen
    {
        public int Compiled { get; private set; }

        public int DeadGuards { get; private set; }

        public int Overlaps { get; private set; }

        public int Traps { get; private set; }

        public int Unreached { get; private set; }

        public void Add(Trial tried, int states)
        {
            Compiled++;
            DeadGuards += tried.NeverHolding.Count > 0 ? 1 : 0;
            Overlaps += tried.Ambiguous.Count > 0 ? 1 : 0;
            Traps += tried.Stuck.Count > 0 ? 1 : 0;
            Unreached += tried.Occupied < states ? 1 : 0;
        }
    }

    /// <summary>What comes of every state with every dossier, asked of the machine itself.</summary>
    private sealed class Trial
    {
        public Trial(Procedure procedure)
        {
            var content = procedure.Content;
            var guards = new ProcedureGuards(content, GuardRegistry.Standard);
            NeverHolding = [.. content.Transitions.Where(t => !s_dossiers.Any(d => t.Guards.All(g => guards.Find(g).Holds(d))))];
            Ambiguous =
            [
                .. content.Transitions.GroupBy(t => (t.From, t.Trigger)).SelectMany(alternatives => alternatives.Where((t, i) =>
                    alternatives.Take(i).Any(before => s_dossiers.Any(d => before.Guards.Concat(t.Guards).All(g => guards.Find(g).Holds(d)))))).Select(t => t.Place.Column).Order(),
            ];

            var never = NeverHolding.ToHashSet();
            var parents = content.States.ToDictionary(s => s.Name, s => s.Parent);
            var next = content.States.ToDictionary(s => s.Name, s => Next(s.Name, content, parents, never));
            Entered = InOrder(Reach("s0", next), content);
            Occupied = Entered.Concat(Entered.Select(s => parents[s]).OfType<string>()).Distinct().Count();
            var ends = content.States.Single(s => s.IsFinal).Name;
            Stuck = [.. Entered.Where(s => !Reach(s, next).Contains(ends))];
            AskTheMachine(procedure, next);
        }

        public List<TransitionDefinition> NeverHolding { get; }

        public List<int> Ambiguous { get; }

        public List<string> Entered { get; }

        /// <summary>How many states are entered or superstates of one that is.</summary>
        public int Occupied { get; }

        public List<string> Stuck { get; }

        // The transitions of a state and of its superstates, unless the state answers the trigger without a guard.
        private static HashSet<string> Next(string state, ProcedureContent content, Dictionary<string, string?> parents, HashSet<TransitionDefinition> never)
        {
            var next = new HashSet<string>();
            var answered = new HashSet<string>();
            for (var at = state; at is not null; at = parents[at])
            {
                var own = content.Transitions.Where(t => t.From == at && !answered.Contains(t.Trigger)).ToList();
                next.UnionWith(own.Where(t => !never.Contains(t)).Select(t => t.To));
                answered.UnionWith(own.Where(t => t.Guards.Count == 0).Select(t => t.Trigger));
            }

            return next;
        }

        private static HashSet<string> Reach(string from, Dictionary<string, HashSet<string>> next)
        {
            var reached = new HashSet<string> { from };
            for (var before = 0; before < reached.Count;)
            {
                before = reached.Count;
                reached.UnionWith(reached.ToList().SelectMany(s => next[s]));
            }

            return reached;
        }

        // Wherever the machine itself goes with any dossier, the ways tried lead too.
        private static void AskTheMachine(Procedure procedure, Dictionary<string, HashSet<string>> next)
        {
            var table = procedure.Table;
            foreach (var state in table.States)
            {
                foreach (var trigger in table.Triggers)
                {
                    foreach (var dossier in s_dossiers)
                    {
                        var firing = table.Evaluate(table.State(state), table.Trigger(trigger), dossier);
                        if (firing.Outcome == FiringOutcome.Moved)
                        {
                            Assert.Contains(table.NameOf(firing.Destination), next[state]);
                        }
                    }
                }
            }
        }

        private static List<string> InOrder(HashSet<string> names, ProcedureContent content) => [.. content.States.Select(s => s.Name).Where(names.Contains)];
    }
}
