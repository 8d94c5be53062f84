namespace Workflow.Core.Diagrams;

/// <summary>The colours of the phases on white: a light fill and a border that is told from the others without the fill.</summary>
internal static class DiagramColours
{
    public const string Accent = "#d6336c";

    public static (string Fill, string Stroke) Of(DiagramPhase phase) => phase switch
    {
        DiagramPhase.Intake => ("#e1effa", "#2b77b8"),
        DiagramPhase.InProcess => ("#eeebfa", "#6554b8"),
        DiagramPhase.Waiting => ("#fdf0d3", "#a86a0c"),
        DiagramPhase.Done => ("#dcf3e6", "#1b7f55"),
        _ => ("#fae4e4", "#b23b43"),
    };

    /// <summary>The same on a dark ground.</summary>
    public static (string Fill, string Stroke) OnDark(DiagramPhase phase) => phase switch
    {
        DiagramPhase.Intake => ("#16324a", "#6db3ea"),
        DiagramPhase.InProcess => ("#2b2650", "#a99af0"),
        DiagramPhase.Waiting => ("#453310", "#e6b04d"),
        DiagramPhase.Done => ("#143d2c", "#5ccf9b"),
        _ => ("#4a2226", "#f08a92"),
    };
}
