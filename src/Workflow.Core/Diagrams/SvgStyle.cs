using System.Text;

namespace Workflow.Core.Diagrams;

/// <summary>The style sheet within an SVG: colours as variables, for light and dark screens, and light on paper.</summary>
internal static class SvgStyle
{
    private const string Rules = """
        .wf-diagram { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
        .wf-diagram text { fill: var(--wf-ink); }
        .wf-paper { fill: var(--wf-paper); }
        .wf-heading { font-size: 17px; font-weight: 600; }
        .wf-soft, .wf-diagram .wf-soft { fill: var(--wf-soft); font-size: 12px; }
        .wf-state { font-size: 13px; font-weight: 600; text-anchor: middle; }
        .wf-detail { font-size: 11px; }
        .wf-middle { text-anchor: middle; }
        .wf-diagram .wf-status { font-size: 9px; fill: var(--wf-soft); text-anchor: end; }
        .wf-diagram .wf-badge-text { font-size: 9.5px; font-weight: 600; text-anchor: middle; fill: var(--wf-paper); }
        .wf-box { stroke-width: 1.3; }
        .wf-inner { fill: none; stroke-width: 1; }
        .wf-frame { fill: none; stroke-width: 1.2; stroke-dasharray: 6 4; }
        .wf-leg { fill: var(--wf-paper); stroke-width: 0.8; }
        .wf-edge { fill: none; stroke: var(--wf-line); stroke-width: 1.2; }
        .wf-back { stroke-dasharray: 5 3; }
        .wf-head { fill: var(--wf-line); }
        .wf-label { font-size: 11px; text-anchor: middle; }
        .wf-under { fill: var(--wf-paper); }
        .wf-dot { fill: var(--wf-ink); }
        .wf-taken .wf-edge { stroke: var(--wf-accent); stroke-width: 2.2; }
        .wf-taken .wf-head { fill: var(--wf-accent); }
        .wf-taken .wf-label { font-weight: 600; }
        .wf-pale { opacity: 0.42; }
        .wf-current { fill: none; stroke: var(--wf-accent); stroke-width: 3; }
        .wf-here { fill: var(--wf-accent); }
        """;

    private static readonly (string Name, DiagramPhase Phase)[] s_phases =
    [
        ("intake", DiagramPhase.Intake), ("process", DiagramPhase.InProcess), ("waiting", DiagramPhase.Waiting), ("done", DiagramPhase.Done), ("refused", DiagramPhase.Refused),
    ];

    /// <summary>The style sheet. No text of a definition is in it.</summary>
    public static string Sheet { get; } = Build();

    public static string ClassOf(DiagramPhase phase) => $"wf-{s_phases.First(p => p.Phase == phase).Name}";

    private static string Build()
    {
        var text = new StringBuilder("\n");
        text.Append(".wf-diagram { ").Append(Light()).Append(" }\n");
        text.Append("@media screen and (prefers-color-scheme: dark) { .wf-diagram { ").Append(Dark()).Append(" } }\n");
        text.Append("@media print { .wf-diagram { max-width: 100%; height: auto; print-color-adjust: exact; -webkit-print-color-adjust: exact; } }\n");
        foreach (var (name, _) in s_phases)
        {
            text.Append($".wf-{name} .wf-box {{ fill: var(--wf-{name}-fill); }} .wf-{name} .wf-box, .wf-{name} .wf-inner, .wf-{name} .wf-frame, .wf-{name} .wf-leg {{ stroke: var(--wf-{name}); }} .wf-{name}-badge {{ fill: var(--wf-{name}); }}\n");
        }

        return text.Append(Rules.ReplaceLineEndings("\n")).Append('\n').ToString();
    }

    private static string Light() => "--wf-paper: #ffffff; --wf-ink: #1c2430; --wf-soft: #56616f; --wf-line: #6b7682; --wf-accent: " + DiagramColours.Accent + ";" + Phases(DiagramColours.Of);

    private static string Dark() => "--wf-paper: #14181d; --wf-ink: #e8ecef; --wf-soft: #a3afbb; --wf-line: #8d99a6; --wf-accent: #ff7eb0;" + Phases(DiagramColours.OnDark);

    private static string Phases(Func<DiagramPhase, (string Fill, string Stroke)> colours) =>
        string.Concat(s_phases.Select(p => $" --wf-{p.Name}-fill: {colours(p.Phase).Fill}; --wf-{p.Name}: {colours(p.Phase).Stroke};"));
}
