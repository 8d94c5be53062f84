using Workflow.Core.Machines;

namespace Workflow.Core.Tests.Machines;

public class SharedTableTests
{
    [Fact]
    public void Fire_ManyThreadsOnOneTable_EachSeesItsOwnMachine()
    {
        TransitionTable<TraceContext> table = TraceMachines.Office();
        string[][] walks = [.. Enumerable.Range(0, 8).Select(seed => Walk(table, seed))];
        string[][] again = new string[8][];

        Thread[] threads = [.. Enumerable.Range(0, 8).Select(seed => new Thread(() => again[seed] = Walk(table, seed)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(walks, again);
    }

    [Fact]
    public void Firing_AnyQuestion_AllocatesNothing()
    {
        var builder = new MachineBuilder<long>().StartIn("A");
        builder.Configure("Outer").PermitReentry("restart").InitialTransition("A").OnExit("nothing", _ => { });
        builder.Configure("A").SubstateOf("Outer").Permit("go", "B").OnEntry("nothing", _ => { }).OnExit("nothing", _ => { });
        builder.Configure("B").SubstateOf("Outer").PermitIf("back", "A", "is positive", value => value > 0);
        TransitionTable<long> table = builder.Build();
        var room = new TriggerId[table.Triggers.Count];
        Ask(table, room, 1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int accepted = Ask(table, room, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(accepted > 0);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Build_ManyStatesWithATriggerEach_TakesNoRoomForTheEmptyPairs()
    {
        const int Count = 5_000;
        var builder = new MachineBuilder<int>().StartIn("S0");
        builder.Configure("Outer").Permit("stop", "S0");
        for (int state = 0; state < Count; state++)
        {
            builder.Configure($"S{state}").SubstateOf("Outer").Permit($"t{state}", $"S{(state + 1) % Count}");
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        TransitionTable<int> table = builder.Build();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // One byte for each of the 25,000,000 pairs would be more.
        Assert.InRange(allocated, 0, 25_000_000);
        Assert.Equal(table.State("S0"), table.Evaluate(table.State("S4999"), table.Trigger("t4999"), 0).Destination);
        Assert.Equal(table.State("S0"), table.Evaluate(table.State("S4999"), table.Trigger("stop"), 0).Destination);
    }

    // Every state with every trigger, with guards met and unmet: accepted, refused, left and entered.
    private static int Ask(TransitionTable<long> table, TriggerId[] room, int rounds)
    {
        int seen = 0;
        for (int round = 0; round < rounds; round++)
        {
            for (int state = 0; state < table.States.Count; state++)
            {
                seen += table.PermittedTriggers(new StateId(state), round & 1, room);
                for (int trigger = 0; trigger < room.Length; trigger++)
                {
                    Firing firing = table.Fire(new StateId(state), new TriggerId(trigger), round & 1);
                    seen += table.Exited(firing).Length + table.Entered(firing).Length;
                }
            }
        }

        return seen;
    }

    private static string[] Walk(TransitionTable<TraceContext> table, int seed)
    {
        var random = new Random(seed);
        var context = new TraceContext();
        StateId state = table.Initial;
        for (int step = 0; step < 20_000; step++)
        {
            Firing firing = table.Fire(state, new TriggerId(random.Next(table.Triggers.Count)), context);
            state = table.IsFinal(firing.Destination) ? table.Initial : firing.Destination;
        }

        return [.. context.Ran];
    }
}
