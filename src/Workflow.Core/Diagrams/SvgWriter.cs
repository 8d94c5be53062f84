using Workflow.Core.Diagrams.Layout;
using static Workflow.Core.Diagrams.SvgCanvas;

namespace Workflow.Core.Diagrams;

/// <summary>Draws a picture that was laid out.</summary>
internal sealed class SvgWriter
{
    private const double Margin = 18;
    private const double Narrowest = 470;
    private const double LineHeight = 22;

    private readonly DiagramModel _model;
    private readonly Drawing _drawing;
    private readonly IReadOnlyList<StateSize> _sizes;
    private readonly IReadOnlyList<IReadOnlyList<string>> _labels;
    private readonly SvgCanvas _canvas;

    private SvgWriter(DiagramModel model, Drawing drawing, IReadOnlyList<StateSize> sizes, IReadOnlyList<IReadOnlyList<string>> labels, SvgCanvas canvas) =>
        (_model, _drawing, _sizes, _labels, _canvas) = (model, drawing, sizes, labels, canvas);

    public static string Write(DiagramModel model)
    {
        var (drawing, sizes, labels) = DiagramLayout.Of(model);
        var width = Math.Max(drawing.Width, Narrowest);
        var heading = DiagramText.Wrap(model.Title, 17, width, 3);
        var subtitle = DiagramText.Wrap(model.Subtitle, 12, width, 2);
        var legend = SvgLegend.Of(model, width);
        var top = Margin + (heading.Count * LineHeight) + (subtitle.Count * 16) + 16;
        var height = top + drawing.Height + 20 + legend.Height + Margin;
        using var canvas = new SvgCanvas(width + (2 * Margin), height, model.Words.Code);
        canvas.Element("title", $"{model.Title} ({model.Subtitle})");
        canvas.Element("style", SvgStyle.Sheet);
        canvas.Rectangle("wf-paper", 0, 0, width + (2 * Margin), height);
        for (var i = 0; i < heading.Count; i++)
        {
            canvas.Text("wf-heading", Margin, Margin + 15 + (i * LineHeight), heading[i]);
        }

        for (var i = 0; i < subtitle.Count; i++)
        {
            canvas.Text("wf-soft", Margin, Margin + 12 + (heading.Count * LineHeight) + (i * 16), subtitle[i]);
        }

        canvas.Shift(Margin + Math.Round((width - drawing.Width) / 2, 1), top);
        new SvgWriter(model, drawing, sizes, labels, canvas).Draw();
        canvas.Close();
        canvas.Shift(Margin, top + drawing.Height + 20);
        legend.Draw(canvas);
        canvas.Close();
        return canvas.Finish();
    }

    private void Draw()
    {
        // Frames lie under everything, the outer before the inner; lines under labels, labels and boxes on top.
        foreach (var state in _model.States.Where(s => s.IsGroup).OrderBy(Depth))
        {
            DrawFrame(state, _drawing.Boxes[state.Id]);
        }

        foreach (var byEdge in _drawing.Routes.GroupBy(r => r.Edge).OrderBy(g => _model.Edges[g.Key].IsTaken && _model.IsPath).ThenBy(g => g.Key))
        {
            _canvas.Open(ClassOf(_model.Edges[byEdge.Key]));
            foreach (var route in byEdge)
            {
                DrawRoute(route);
            }

            _canvas.Close();
        }

        foreach (var loop in _drawing.Loops)
        {
            _canvas.Open(ClassOf(_model.Edges[loop.Edge]));
            _canvas.Path("wf-edge", $"M{Number(loop.X)} {Number(loop.Top)}h10a4 4 0 0 1 4 4V{Number(Math.Max(loop.Bottom - 4, loop.Top + 4))}a4 4 0 0 1 -4 4h-4");
            _canvas.Path("wf-head", $"M{Number(loop.X)} {Number(Math.Max(loop.Bottom, loop.Top + 8))}l8 -4v8z");
            _canvas.Close();
        }

        foreach (var (edge, box) in _drawing.Labels.OrderBy(l => l.Key))
        {
            DrawLabel(_model.Edges[edge], _labels[edge], box);
        }

        foreach (var state in _model.States.Where(s => s.IsGroup))
        {
            DrawHeading(state, _sizes[state.Id], _drawing.Boxes[state.Id]);
        }

        foreach (var state in _model.States.Where(s => !s.IsGroup))
        {
            DrawState(state, _sizes[state.Id], _drawing.Boxes[state.Id]);
        }
    }

    private int Depth(DiagramState state) => state.Parent is { } parent ? 1 + Depth(_model.States[parent]) : 0;

    private string ClassOf(DiagramEdge edge) => !_model.IsPath ? "wf-way" : edge.IsTaken ? "wf-taken" : "wf-pale";

    private void DrawRoute(Route route)
    {
        var path = new System.Text.StringBuilder();
        var last = route.Runs[0];
        path.Append($"M{Number(last.X)} {Number(last.Top + (route.Head < 0 ? 6 : 0))}");
        foreach (var run in route.Runs.Skip(1))
        {
            Down(last, last.Bottom);
            var middle = (last.Bottom + run.Top) / 2;
            path.Append(Math.Abs(run.X - last.X) < 0.3
                ? $"V{Number(run.Top)}"
                : $"C{Number(last.X)} {Number(middle)} {Number(run.X)} {Number(middle)} {Number(run.X)} {Number(run.Top)}");
            last = run;
        }

        Down(last, last.Bottom - (route.Head > 0 ? 6 : 0));
        _canvas.Path(route.IsBack ? "wf-edge wf-back" : "wf-edge", path.ToString());
        if (route.Head > 0)
        {
            _canvas.Path("wf-head", $"M{Number(last.X)} {Number(last.Bottom)}l-4 -8h8z");
        }
        else if (route.Head < 0)
        {
            _canvas.Path("wf-head", $"M{Number(route.Runs[0].X)} {Number(route.Runs[0].Top)}l-4 8h8z");
        }

        void Down(Run run, double to)
        {
            if (to > run.Top)
            {
                path.Append($"V{Number(to)}");
            }
        }
    }

    private void DrawLabel(DiagramEdge edge, IReadOnlyList<string> lines, Box box)
    {
        _canvas.Rectangle("wf-under", box.X + 1, box.Y, box.Width - 2, box.Height, 3);
        _canvas.Open(ClassOf(edge));
        for (var i = 0; i < lines.Count; i++)
        {
            _canvas.Text("wf-label", box.X + (box.Width / 2), box.Y + 10.5 + (i * StateSize.LabelLine), lines[i]);
        }

        _canvas.Close();
    }

    private void DrawFrame(DiagramState state, Box box)
    {
        _canvas.Open(StateClass(state));
        _canvas.Element("title", state.Name);
        _canvas.Rectangle("wf-frame", box.X, box.Y, box.Width, box.Height, 12);
        if (state.IsCurrent)
        {
            _canvas.Rectangle("wf-current", box.X - 2, box.Y - 2, box.Width + 4, box.Height + 4, 13);
        }

        _canvas.Close();
    }

    // A line that comes from above passes under it.
    private void DrawHeading(DiagramState state, StateSize size, Box box)
    {
        _canvas.Rectangle("wf-under", box.X + 8, box.Y + 4, size.Width - 16, size.Heading - 6, 4);
        _canvas.Open(StateClass(state));
        DrawTexts(state, size, box with { Width = size.Width });
        _canvas.Close();
    }

    private void DrawState(DiagramState state, StateSize size, Box box)
    {
        // Lines end at the box: what is pale must not let them shine through.
        _canvas.Rectangle("wf-under", box.X, box.Y, box.Width, box.Height, 8);
        _canvas.Open(StateClass(state));
        _canvas.Element("title", state.Name);
        _canvas.Rectangle("wf-box", box.X, box.Y, box.Width, box.Height, state.IsFinal ? 10 : 8);
        if (state.IsFinal)
        {
            _canvas.Rectangle("wf-inner", box.X + 3, box.Y + 3, box.Width - 6, box.Height - 6, 7);
        }

        if (state.IsCurrent)
        {
            _canvas.Rectangle("wf-current", box.X - 1, box.Y - 1, box.Width + 2, box.Height + 2, 9);
        }

        DrawTexts(state, size, box);
        _canvas.Close();
    }

    private static string StateClass(DiagramState state) => SvgStyle.ClassOf(state.Phase) + (state.IsVisited ? string.Empty : " wf-pale");

    private void DrawTexts(DiagramState state, StateSize size, Box box)
    {
        var middle = box.X + (box.Width / 2);
        var y = box.Y + 4.5;
        if (state.IsInitial || state.IsCurrent)
        {
            _canvas.Circle(state.IsCurrent ? "wf-here" : "wf-dot", box.X + 11, box.Y + 11, 4.5);
        }

        if (state.Status is { } status)
        {
            _canvas.Text("wf-status", box.Right - 7, box.Y + 13, FormattableString.Invariant($"{status}"));
        }

        foreach (var line in size.Title)
        {
            _canvas.Text("wf-state", middle, y + 12, line);
            y += StateSize.TitleLine;
        }

        var badges = state.Badges.Sum(StateSize.BadgeWidth);
        for (var i = 0; i < size.Details.Count; i++)
        {
            var room = i == size.Details.Count - 1 && badges > 0 ? badges + 6 : 0;
            _canvas.Text("wf-detail wf-middle", middle - (room / 2), y + 10.5, size.Details[i]);
            y += StateSize.DetailLine;
        }

        DrawBadges(state, box.Right - StateSize.Padding - badges + 3, y - StateSize.DetailLine - 1);
        foreach (var leg in size.Legs)
        {
            _canvas.Rectangle("wf-leg", box.X + 7, y + 2, box.Width - 14, StateSize.LegLine - 3, 3);
            _canvas.Text("wf-detail", box.X + 13, y + 13.5, leg);
            y += StateSize.LegLine;
        }
    }

    private void DrawBadges(DiagramState state, double x, double y)
    {
        foreach (var badge in state.Badges)
        {
            var exit = _model.Exits.First(e => e.Badge == badge);
            DrawBadge(_canvas, exit, x, y);
            x += StateSize.BadgeWidth(badge);
        }
    }

    internal static void DrawBadge(SvgCanvas canvas, DiagramExit exit, double x, double y)
    {
        var width = StateSize.BadgeWidth(exit.Badge) - 3;
        canvas.Rectangle($"{SvgStyle.ClassOf(exit.Phase)}-badge", x, y, width, StateSize.Badge, 4);
        canvas.Text("wf-badge-text", x + (width / 2), y + 11, exit.Badge);
    }
}
