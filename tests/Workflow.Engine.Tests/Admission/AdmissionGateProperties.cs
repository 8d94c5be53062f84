using FsCheck;
using FsCheck.Fluent;
using Workflow.Engine.Admission;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Admission;

/// <summary>What holds after any commands of any units have come and gone.</summary>
public sealed class AdmissionGateProperties
{
    private static readonly Arbitrary<Scene> Scenes = (
        from capacity in Gen.OneOf(Gen.Choose(1, 12), Gen.Choose(1, 200))
        from steps in Gen.Choose(0, 6).ArrayOf().SelectMany(units => Gen.Choose(0, 9).ArrayOf(units.Length).Select(kinds => units.Zip(kinds).ToArray()))
        select new Scene(capacity, steps)).ToArbitrary();

    [Fact]
    public void UnitWithinItsShare_IsLetInWheneverAPlaceIsFree() => Prop
        .ForAll(Scenes, scene => scene.Run((before, unit, admitted) =>
            admitted == (before.Free > 0 && before.Held(unit) < AdmissionGate.Share * before.Free)
            && (admitted || before.Free == 0 || before.Held(unit) > 0)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Total_IsNeverAboveTheBound() => Prop
        .ForAll(Scenes, scene => scene.Run((_, _, _) => true, gate => gate.Taken <= scene.Capacity))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void NearlyEmptyGate_RefusesNobody() => Prop
        .ForAll(Scenes, scene => scene.Run((before, _, admitted) => admitted || 3 * (scene.Capacity - before.Free) >= 2 * scene.Capacity))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void FloodOfOneUnit_LeavesAThirdOfWhatWasFreeAndTakesWhatItMay() => Prop
        .ForAll(Scenes, scene =>
        {
            var places = new Places(scene);
            var (free, held) = (places.Free, places.Held(0));
            while (places.TryEnter(0))
            {
            }

            // What it holds and what was free are shared out two to one; a last place may be cut in two.
            return places.Free >= Math.Min(free, (free + held) / (1 + AdmissionGate.Share))
                && places.Free <= Math.Max(0, (free + held + AdmissionGate.Share) / (1 + AdmissionGate.Share));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void EverythingLetIn_LeavesAndTheGateIsEmpty() => Prop
        .ForAll(Scenes, scene =>
        {
            var places = new Places(scene);
            places.Gate.EnterOwn();
            places.Gate.Close();
            var emptied = places.Gate.EmptyAsync();
            var refused = places.Gate.Enter("late", out var refusal) is null && refusal.Reason == RefusalReason.Draining && !places.Gate.TryEnterOwn();
            var early = emptied.IsCompleted;
            places.LeaveAll();
            early |= emptied.IsCompleted;
            places.Gate.Leave(null);
            return refused && !early && emptied.IsCompleted && places.Gate.Taken == 0;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void OwnWork_TakesNoPlace() => Prop
        .ForAll(Scenes, scene =>
        {
            var places = new Places(scene);
            var before = places.Gate.Taken;
            return Enumerable.Range(0, 2 * scene.Capacity).All(_ => places.Gate.TryEnterOwn()) && places.Gate.Taken == before;
        })
        .QuickCheckThrowOnFailure();

    /// <summary>Units (by number) that enter, or leave when the kind is below 3 and they can.</summary>
    internal sealed record Scene(int Capacity, (int Unit, int Kind)[] Steps)
    {
        public bool Run(Func<Places, int, bool, bool> holdsAtEntry, Func<AdmissionGate, bool>? holds = null)
        {
            var places = new Places(this with { Steps = [] });
            foreach (var (unit, kind) in Steps)
            {
                if (kind < 3 && places.Held(unit) > 0)
                {
                    places.Leave(unit);
                }
                else
                {
                    var before = places.Copy();
                    if (!holdsAtEntry(before, unit, places.TryEnter(unit)))
                    {
                        return false;
                    }
                }

                if (holds?.Invoke(places.Gate) == false)
                {
                    return false;
                }
            }

            return true;
        }

        public override string ToString() => $"{Capacity}: {string.Join(' ', Steps)}";
    }

    /// <summary>A gate, and what was let in as a test counts it.</summary>
    internal sealed class Places
    {
        private readonly int _capacity;
        private readonly Dictionary<int, Stack<UnitPlaces>> _held = [];

        public Places(Scene scene)
        {
            _capacity = scene.Capacity;
            Gate = new AdmissionGate(scene.Capacity, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), new VirtualClock(Office.Start));
            foreach (var (unit, kind) in scene.Steps)
            {
                if (kind < 3 && Held(unit) > 0)
                {
                    Leave(unit);
                }
                else
                {
                    TryEnter(unit);
                }
            }
        }

        private Places(int capacity, AdmissionGate gate) => (_capacity, Gate) = (capacity, gate);

        public AdmissionGate Gate { get; }

        public int Free => _capacity - _held.Values.Sum(h => h.Count);

        public int Held(int unit) => _held.TryGetValue(unit, out var held) ? held.Count : 0;

        public bool TryEnter(int unit)
        {
            if (Gate.Enter($"unit {unit}", out _) is not { } places)
            {
                return false;
            }

            if (!_held.TryGetValue(unit, out var held))
            {
                _held.Add(unit, held = []);
            }

            held.Push(places);
            return true;
        }

        public void Leave(int unit) => Gate.Leave(_held[unit].Pop());

        public void LeaveAll()
        {
            foreach (var unit in _held.Keys)
            {
                while (Held(unit) > 0)
                {
                    Leave(unit);
                }
            }
        }

        /// <summary>The counts as they are now; the gate goes on.</summary>
        public Places Copy()
        {
            var copy = new Places(_capacity, Gate);
            foreach (var (unit, held) in _held)
            {
                copy._held.Add(unit, new Stack<UnitPlaces>(held));
            }

            return copy;
        }
    }
}
