using System.Globalization;
using System.Text;

namespace Workflow.Core.Diagrams;

/// <summary>Writes a picture as a Mermaid state diagram.</summary>
/// <remarks>Of a text only letters, digits and harmless marks stand as they are; the rest is written as Mermaid's <c>#NN;</c>, so no text can end a label or begin a directive.</remarks>
internal static class MermaidWriter
{
    public static string Write(DiagramModel model)
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        text.Append("    accTitle: ").Append(Encoded(model.Title)).Append('\n');
        text.Append("    accDescr: ").Append(Encoded(model.Subtitle)).Append('\n');
        foreach (var state in model.States.Where(s => s.Parent is null))
        {
            WriteState(model, state, "    ", text);
        }

        foreach (var state in model.States.Where(s => s.IsInitial && s.Parent is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"    [*] --> s{state.Id}\n");
        }

        foreach (var edge in model.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"    s{edge.From} --> s{edge.To} : {string.Join("<br/>", edge.Lines.Select(Encoded))}\n");
        }

        foreach (var state in model.States.Where(s => s.IsFinal && s.Parent is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"    s{state.Id} --> [*]\n");
        }

        if (model.Exits.Count > 0)
        {
            var lines = model.Exits.Select(e => Encoded($"[{e.Badge}] {e.Trigger} → {e.Destination}"));
            text.Append(CultureInfo.InvariantCulture, $"    state \"{string.Join("<br/>", lines)}\" as legend\n");
        }

        WriteClasses(model, text);
        return text.ToString();
    }

    private static void WriteState(DiagramModel model, DiagramState state, string indent, StringBuilder text)
    {
        var badges = string.Concat(state.Badges.Select(b => $" [{b}]"));
        var lines = state.Details.Concat(state.Legs).Prepend(state.Title + badges).Where(l => l.Length > 0);
        text.Append(CultureInfo.InvariantCulture, $"{indent}state \"{string.Join("<br/>", lines.Select(Encoded))}\" as s{state.Id}\n");
        if (!state.IsGroup)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}state s{state.Id} {{\n");
        foreach (var child in model.States.Where(s => s.Parent == state.Id))
        {
            WriteState(model, child, indent + "    ", text);
            if (child.IsInitial)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}    [*] --> s{child.Id}\n");
            }
        }

        text.Append(indent).Append("}\n");
    }

    private static void WriteClasses(DiagramModel model, StringBuilder text)
    {
        // A frame takes no class in Mermaid.
        var states = model.States.Where(s => !s.IsGroup).ToList();
        foreach (var phase in Enum.GetValues<DiagramPhase>().Where(p => states.Exists(s => s.Phase == p && s.IsVisited)))
        {
            var (fill, stroke) = DiagramColours.Of(phase);
            text.Append(CultureInfo.InvariantCulture, $"    classDef {ClassOf(phase)} fill:{fill},stroke:{stroke},color:#1c2430\n");
            text.Append(CultureInfo.InvariantCulture, $"    class {string.Join(',', states.Where(s => s.Phase == phase && s.IsVisited).Select(s => $"s{s.Id}"))} {ClassOf(phase)}\n");
        }

        Class(states.Where(s => !s.IsVisited), "pale", "fill:#ffffff,stroke:#cbd2d9,color:#7b8794");
        Class(states.Where(s => s.IsCurrent), "current", $"stroke:{DiagramColours.Accent},stroke-width:4px");
        if (model.Exits.Count > 0)
        {
            text.Append("    classDef legend fill:#ffffff,stroke:#cbd2d9,color:#56616f\n    class legend legend\n");
        }

        void Class(IEnumerable<DiagramState> members, string name, string style)
        {
            var ids = string.Join(',', members.Select(s => $"s{s.Id}"));
            if (ids.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    classDef {name} {style}\n    class {ids} {name}\n");
            }
        }
    }

    private static string ClassOf(DiagramPhase phase) => phase switch
    {
        DiagramPhase.Intake => "intake",
        DiagramPhase.InProcess => "process",
        DiagramPhase.Waiting => "waiting",
        DiagramPhase.Done => "done",
        _ => "refused",
    };

    private static string Encoded(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c > '~' || char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or ',' or '/' or '_')
            {
                encoded.Append(c);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
            }
        }

        return encoded.ToString();
    }
}
