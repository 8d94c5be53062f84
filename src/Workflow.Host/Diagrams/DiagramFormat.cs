using System.CommandLine;
using Workflow.Core.Diagrams;
using Workflow.Host.Terminal;

namespace Workflow.Host.Diagrams;

/// <summary>The options of commands that can show a picture.</summary>
internal sealed class DiagramFormat
{
    private readonly Option<string> _format = new("--format") { Description = "How to show it: text, or a picture in one of three notations.", DefaultValueFactory = _ => "text" };

    private readonly Option<string> _language = SharedOptions.Language();

    private readonly Option<bool> _allEdges = new("--all-edges") { Description = "Draw the exits that many states have as edges too, not as badges." };

    public DiagramFormat() => _format.AcceptOnlyFromAmong("text", "mermaid", "dot", "svg");

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_language);
        command.Add(_allEdges);
    }

    public bool IsText(ParseResult parsed) => parsed.GetValue(_format) == "text";

    /// <summary>Writes the picture that <paramref name="draw"/> makes, in the notation that was asked for.</summary>
    public Task WriteAsync(ParseResult parsed, HostEnvironment environment, Func<DiagramOptions, Diagram> draw)
    {
        var diagram = draw(new DiagramOptions
        {
            Language = parsed.GetValue(_language) == "en" ? DiagramLanguage.En : DiagramLanguage.Vi,
            AllEdges = parsed.GetValue(_allEdges),
        });
        return environment.Output.WriteAsync(parsed.GetValue(_format) switch
        {
            "mermaid" => diagram.ToMermaid(),
            "dot" => diagram.ToDot(),
            _ => diagram.ToSvg(),
        });
    }
}
