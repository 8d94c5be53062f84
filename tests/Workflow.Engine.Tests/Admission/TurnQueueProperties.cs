using FsCheck;
using FsCheck.Fluent;
using Workflow.Engine.Admission;

namespace Workflow.Engine.Tests.Admission;

/// <summary>Units take turns, and nothing is lost, doubled or overtaken within a unit.</summary>
public sealed class TurnQueueProperties
{
    // A unit's number puts an item into the queue; a negative number takes as many out.
    private static readonly Arbitrary<int[]> Steps = Gen.Choose(-6, 5).ArrayOf().ToArbitrary();

    [Fact]
    public void Items_ComeOutOnce_InTheOrderOfTheirUnit() => Prop
        .ForAll(Steps, steps =>
        {
            var (queue, put, taken) = (new TurnQueue<(int Unit, int Number)>(), new List<(int Unit, int Number)>(), new List<(int Unit, int Number)>());
            foreach (var step in steps.Append(-steps.Length - 1))
            {
                if (step >= 0)
                {
                    put.Add((step, put.Count));
                    queue.Enqueue($"unit {step}", put[^1]);
                }

                for (var i = step; i < 0 && queue.TryDequeue(out var item); i++)
                {
                    taken.Add(item);
                }

                if (queue.Count != put.Count - taken.Count)
                {
                    return false;
                }
            }

            return queue.Count == 0 && put.GroupBy(p => p.Unit).All(unit => unit.SequenceEqual(taken.Where(t => t.Unit == unit.Key)));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Unit_WaitsForNoMoreTurnsThanThereAreUnits() => Prop
        .ForAll(Steps, steps =>
        {
            var queue = new TurnQueue<int>();
            var waiting = new Dictionary<int, int>();
            var since = new Dictionary<int, int>();
            foreach (var step in steps)
            {
                if (step >= 0)
                {
                    waiting[step] = waiting.GetValueOrDefault(step) + 1;
                    since.TryAdd(step, 0);
                    queue.Enqueue($"unit {step}", step);
                }

                for (var i = step; i < 0 && queue.TryDequeue(out var unit); i++)
                {
                    foreach (var other in since.Keys)
                    {
                        since[other]++;
                    }

                    // Six units at most, each of which may go before it once.
                    if (since.Values.Any(turns => turns > 6))
                    {
                        return false;
                    }

                    since[unit] = 0;
                    if (--waiting[unit] == 0)
                    {
                        since.Remove(unit);
                    }
                }
            }

            return true;
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void SingleCommand_AmongAFlood_ComesNext()
    {
        var queue = new TurnQueue<int>();
        for (var i = 0; i < 5_000; i++)
        {
            queue.Enqueue("flood", i);
        }

        queue.Enqueue("other", -1);

        Assert.True(queue.TryDequeue(out var item));
        Assert.Equal(0, item);
        Assert.True(queue.TryDequeue(out item));
        Assert.Equal(-1, item);
    }

    [Fact]
    public void SteadyState_AllocatesNothing()
    {
        var queue = new TurnQueue<int>();
        var units = Enumerable.Range(0, 40).Select(i => $"unit {i}").ToArray();
        Round(3);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Round(100);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64);

        void Round(int times)
        {
            for (var i = 0; i < times; i++)
            {
                foreach (var unit in units)
                {
                    queue.Enqueue(unit, 1);
                    queue.Enqueue(unit, 2);
                }

                while (queue.TryDequeue(out _))
                {
                }
            }
        }
    }
}
