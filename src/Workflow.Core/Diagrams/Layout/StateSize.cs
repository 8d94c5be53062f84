namespace Workflow.Core.Diagrams.Layout;

/// <summary>A state's texts in lines, and the box that they need.</summary>
internal sealed record StateSize(double Width, double Height, IReadOnlyList<string> Title, IReadOnlyList<string> Details, IReadOnlyList<string> Legs)
{
    public const double TitleFont = 13;
    public const double DetailFont = 11;
    public const double LabelFont = 11;
    public const double TitleLine = 15.5;
    public const double DetailLine = 14;
    public const double LegLine = 19;
    public const double LabelLine = 13.5;
    public const double Badge = 15;
    public const double Padding = 9;
    private const double AboveAndBelow = 9;
    private const double WidestLeg = 250;

    private const double Corner = 16;
    private const double Narrowest = 92;

    /// <summary>What the heading of a frame takes.</summary>
    public double Heading => AboveAndBelow + (Title.Count * TitleLine) + (Details.Count * DetailLine) + (Legs.Count * LegLine);

    /// <summary>Measures a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="widest">How wide a line of it may be.</param>
    public static StateSize Of(DiagramState state, double widest)
    {
        var corner = state.Status is null && !state.IsInitial && !state.IsCurrent ? 0 : Corner;
        var title = Balanced(state.Title, widest - (2 * corner));
        var badges = state.Badges.Count == 0 ? 0 : (state.Badges.Sum(BadgeWidth)) + 6;
        IReadOnlyList<string> details = [.. state.Details.SelectMany(d => DiagramText.Wrap(d, DetailFont, widest - badges, 2))];
        if (details.Count == 0 && badges > 0)
        {
            details = [string.Empty];
        }

        var legs = state.Legs.Select(l => DiagramText.Wrap(l, DetailFont, WidestLeg, 1)[0]).ToList();
        var inside = Math.Max(
            Math.Max(title.Max(t => DiagramText.Width(t, TitleFont)) + (2 * corner), legs.Select(l => DiagramText.Width(l, DetailFont) + 12).DefaultIfEmpty(0).Max()),
            details.Select((d, i) => DiagramText.Width(d, DetailFont) + (i == details.Count - 1 ? badges : 0)).DefaultIfEmpty(0).Max());
        var height = AboveAndBelow + (title.Count * TitleLine) + (details.Count * DetailLine) + (legs.Count * LegLine);
        return new StateSize(Math.Round(Math.Max(Narrowest, inside + (2 * Padding))), height, title, details, legs);
    }

    // As few lines as the width allows, and these about equally long.
    private static IReadOnlyList<string> Balanced(string title, double widest)
    {
        var lines = DiagramText.Wrap(title, TitleFont, widest, 4);
        for (var width = widest - 8; lines.Count > 1 && width > widest / 2; width -= 8)
        {
            var narrower = DiagramText.Wrap(title, TitleFont, width, 5);
            if (narrower.Count > lines.Count || narrower.Count > 4)
            {
                break;
            }

            lines = narrower;
        }

        return lines;
    }

    public static double BadgeWidth(string badge) => Math.Max(Badge, DiagramText.Width(badge, 9.5) + 6) + 3;

    /// <summary>The size of an edge's label.</summary>
    public static (double Width, double Height) OfLabel(IReadOnlyList<string> lines) =>
        (Math.Round(lines.Max(l => DiagramText.Width(l, LabelFont)) + 8), (lines.Count * LabelLine) + 2);
}
