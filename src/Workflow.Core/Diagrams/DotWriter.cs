using System.Globalization;
using System.Text;

namespace Workflow.Core.Diagrams;

/// <summary>Writes a picture as a graph in the DOT language. Every text stands in a quoted string with what could end it or mean something escaped.</summary>
internal static class DotWriter
{
    public static string Write(DiagramModel model)
    {
        var text = new StringBuilder("digraph procedure {\n");
        text.Append(CultureInfo.InvariantCulture, $"    graph [label=\"{Escaped(model.Title)}\\n{Escaped(model.Subtitle)}\", labelloc=t, rankdir=TB, compound=true, fontname=\"sans-serif\"]\n");
        text.Append("    node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\", fontsize=11]\n");
        text.Append("    edge [fontname=\"sans-serif\", fontsize=9]\n");
        foreach (var state in model.States.Where(s => s.Parent is null))
        {
            WriteState(model, state, "    ", text);
        }

        foreach (var state in model.States.Where(s => s.IsInitial))
        {
            text.Append(CultureInfo.InvariantCulture, $"    start [shape=point, width=0.15, label=\"\"]\n    start -> {Node(model, state)}\n");
        }

        foreach (var edge in model.Edges)
        {
            var (from, to) = (model.States[edge.From], model.States[edge.To]);
            var ends = (from.IsGroup && edge.From != edge.To ? $", ltail=cluster_{from.Id}" : string.Empty) + (to.IsGroup && edge.From != edge.To ? $", lhead=cluster_{to.Id}" : string.Empty);
            var mark = !model.IsPath ? string.Empty : edge.IsTaken ? $", color=\"{DiagramColours.Accent}\", penwidth=2" : ", color=\"#cbd2d9\", fontcolor=\"#7b8794\"";
            text.Append(CultureInfo.InvariantCulture, $"    {Node(model, from)} -> {Node(model, to)} [label=\"{Lines(edge.Lines)}\"{mark}{ends}]\n");
        }

        if (model.Exits.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"    legend [shape=note, style=solid, fontsize=9, label=\"{Lines(model.Exits.Select(e => $"[{e.Badge}] {e.Trigger} → {e.Destination}"), "\\l")}\\l\"]\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void WriteState(DiagramModel model, DiagramState state, string indent, StringBuilder text)
    {
        var badges = string.Concat(state.Badges.Select(b => $" [{b}]"));
        var label = Lines(state.Details.Concat(state.Legs).Prepend(state.Title + badges).Where(l => l.Length > 0));
        var (fill, stroke) = state.IsVisited ? DiagramColours.Of(state.Phase) : ("#ffffff", "#cbd2d9");
        var ink = state.IsVisited ? "#1c2430" : "#7b8794";
        if (!state.IsGroup)
        {
            var border = state.IsFinal ? ", peripheries=2" : string.Empty;
            var mark = state.IsCurrent ? $", color=\"{DiagramColours.Accent}\", penwidth=3" : $", color=\"{stroke}\"";
            text.Append(CultureInfo.InvariantCulture, $"{indent}s{state.Id} [label=\"{label}\", fillcolor=\"{fill}\", fontcolor=\"{ink}\"{mark}{border}]\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster_{state.Id} {{\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}    label=\"{label}\"; style=rounded; color=\"{(state.IsCurrent ? DiagramColours.Accent : stroke)}\"; fontcolor=\"{ink}\"\n");
        foreach (var child in model.States.Where(s => s.Parent == state.Id))
        {
            WriteState(model, child, indent + "    ", text);
        }

        text.Append(indent).Append("}\n");
    }

    // An edge of a frame is drawn to a state within it and cut at the frame.
    private static string Node(DiagramModel model, DiagramState state)
    {
        while (state.IsGroup)
        {
            state = model.States.First(s => s.Parent == state.Id);
        }

        return FormattableString.Invariant($"s{state.Id}");
    }

    private static string Lines(IEnumerable<string> lines, string end = "\\n") => string.Join(end, lines.Select(Escaped));

    // Graphviz reads escapes after a backslash and entities after an ampersand.
    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal);
}
