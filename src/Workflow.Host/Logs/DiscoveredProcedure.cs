using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary>Makes a procedure of a directly-follows graph: a state after each activity, a trigger for each, and one end.</summary>
/// <remarks>
/// <para>A dossier starts in <c>start</c>, is in the state named like the activity that happened last, and ends in <c>closed</c>
/// through <c>close</c>, permitted where cases of the log ended. A name that an activity bears already is put in parentheses.</para>
/// <para>No roles and no portal status: the log says nothing of either, so anybody may fire every trigger.</para>
/// </remarks>
internal static class DiscoveredProcedure
{
    /// <summary>The longest name that a procedure can give to a state or a trigger.</summary>
    public const int LongestName = 200;

    /// <param name="path">The log's file, after which the procedure is called.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="fields">The fields to declare.</param>
    /// <exception cref="UnusableInputException">The log has no case, or an activity cannot be the name of a state.</exception>
    public static Procedure Create(string path, DirectlyFollowsGraph graph, TraceFields fields)
    {
        if (graph.Activities.Count == 0)
        {
            throw new UnusableInputException($"{path}: the log has no case to learn from: name one that has");
        }

        foreach (var activity in graph.Activities)
        {
            RefuseImpossible(path, activity.Activity);
        }

        var names = graph.Activities.Select(a => a.Activity).ToHashSet(StringComparer.Ordinal);
        var (start, closed, close) = (Free("start", names), Free("closed", names), Free("close", names));
        var builder = new ProcedureBuilder(CodeOf(path)).Named($"Phát hiện từ {FileOf(path)}", $"Discovered from {FileOf(path)}");
        fields.Declare(builder);
        var initial = builder.Configure(start);
        foreach (var first in graph.Starts)
        {
            initial.Permit(first.Activity, first.Activity);
        }

        foreach (var activity in graph.Activities)
        {
            // Declared, so that an activity called like an act ("pay", "sign") is nothing but a step of the work.
            builder.Trigger(activity.Activity, Act.Advance).Configure(activity.Activity);
        }

        foreach (var pair in graph.Pairs)
        {
            builder.Configure(pair.From).Permit(pair.To, pair.To);
        }

        builder.Trigger(close, Act.Advance);
        foreach (var last in graph.Ends)
        {
            builder.Configure(last.Activity).Permit(close, closed);
        }

        builder.Configure(closed).AsFinal();
        return builder.Build();
    }

    private static void RefuseImpossible(string path, string activity)
    {
        if (activity.Length > LongestName || activity.Any(char.IsControl))
        {
            var shown = Faults.OneLine(activity.Length <= 60 ? activity : $"{activity[..60].TrimEnd()}...");
            throw new UnusableInputException($"{path}: the activity '{shown}' cannot name a state: rename it to 1 to {LongestName} characters in one line");
        }
    }

    private static string Free(string name, HashSet<string> taken)
    {
        while (taken.Contains(name))
        {
            name = $"({name})";
        }

        return name;
    }

    private static string FileOf(string path)
    {
        var name = Faults.OneLine(Path.GetFileName(path));
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    private static string CodeOf(string path)
    {
        var name = FileOf(path);
        foreach (var ending in (ReadOnlySpan<string>)[".gz", ".xes"])
        {
            name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        return name.Length == 0 ? "log" : name;
    }
}
