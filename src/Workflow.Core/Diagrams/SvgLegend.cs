using Workflow.Core.Diagrams.Layout;

namespace Workflow.Core.Diagrams;

/// <summary>What the marks of a picture mean: those that it uses, from left to right and from line to line.</summary>
internal sealed class SvgLegend
{
    private const double Line = 20;
    private const double Sample = 24;

    private readonly List<(double X, double Y, Action<SvgCanvas, double, double> Draw, string Text)> _items = [];

    private SvgLegend()
    {
    }

    public double Height { get; private set; }

    public static SvgLegend Of(DiagramModel model, double width)
    {
        var legend = new SvgLegend();
        var words = model.Words;
        var items = new List<(Action<SvgCanvas, double, double> Draw, string Text)>();
        foreach (var phase in Enum.GetValues<DiagramPhase>().Where(p => model.States.Any(s => s.Phase == p)))
        {
            items.Add((Swatch(phase, isFinal: false), words.Phase(phase)));
        }

        items.Add(((canvas, x, y) => canvas.Circle("wf-dot", x + 12, y + 8, 4.5), words.Initial));
        items.Add((Swatch(DiagramPhase.Done, isFinal: true), words.Final));
        if (model.IsPath)
        {
            items.Add(((canvas, x, y) => canvas.Circle("wf-here", x + 12, y + 8, 4.5), words.Current));
            items.Add((Stroke("wf-taken", "wf-edge"), words.Taken));
        }

        items.Add((Stroke("wf-way", "wf-edge wf-back"), words.Back));
        if (model.States.Any(s => s.Status is not null))
        {
            items.Add(((canvas, x, y) => canvas.Text("wf-status", x + 15, y + 12, "4"), words.StatusNumber));
        }

        if (model.Edges.SelectMany(e => e.Lines).Concat(model.States.SelectMany(s => s.Details.Concat(s.Legs))).Any(l => l.Contains('⏱', StringComparison.Ordinal)))
        {
            items.Add(((_, _, _) => { }, words.Timer));
        }

        foreach (var exit in model.Exits)
        {
            items.Add(((canvas, x, y) => SvgWriter.DrawBadge(canvas, exit, x + 3, y), $"{exit.Trigger} → {exit.Destination}"));
        }

        legend.Place(items, width);
        return legend;
    }

    public void Draw(SvgCanvas canvas)
    {
        foreach (var (x, y, draw, text) in _items)
        {
            draw(canvas, x, y);
            canvas.Text("wf-soft", x + Sample + 4, y + 12, text);
        }
    }

    private void Place(List<(Action<SvgCanvas, double, double> Draw, string Text)> items, double width)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var (draw, text) in items)
        {
            var shown = DiagramText.Wrap(text, 12, width - Sample - 8, 1)[0];
            var needed = Sample + 4 + DiagramText.Width(shown, 12) + 16;
            if (x > 0 && x + needed - 16 > width)
            {
                (x, y) = (0, y + Line);
            }

            _items.Add((x, y, draw, shown));
            x += needed;
        }

        Height = y + Line;
    }

    private static Action<SvgCanvas, double, double> Swatch(DiagramPhase phase, bool isFinal) => (canvas, x, y) =>
    {
        canvas.Open(SvgStyle.ClassOf(phase));
        canvas.Rectangle("wf-box", x + 1, y + 1, 22, 14, 4);
        if (isFinal)
        {
            canvas.Rectangle("wf-inner", x + 3.5, y + 3.5, 17, 9, 2.5);
        }

        canvas.Close();
    };

    private static Action<SvgCanvas, double, double> Stroke(string group, string cssClass) => (canvas, x, y) =>
    {
        canvas.Open(group);
        canvas.Path(cssClass, $"M{SvgCanvas.Number(x + 1)} {SvgCanvas.Number(y + 8)}h22");
        canvas.Close();
    };
}
