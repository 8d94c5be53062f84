using Workflow.Core.Procedures;

namespace Workflow.Core.Diagrams;

/// <summary>A picture of a procedure, or of one dossier's path through it, as text in three notations. Immutable and safe to share between threads.</summary>
/// <remarks>
/// The same procedure, path and options give the same text on any machine. Names come from files: whatever they hold, they stand in the
/// texts as names and change nothing of their structure.
/// </remarks>
public sealed class Diagram
{
    private readonly DiagramModel _model;

    private Diagram(DiagramModel model) => _model = model;

    internal DiagramModel Model => _model;

    /// <summary>The picture of a procedure.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="options">How it is drawn; in Vietnamese, common exits as badges, when null.</param>
    public static Diagram Of(Procedure procedure, DiagramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return new Diagram(DiagramBuilder.Build(procedure, path: null, options ?? new DiagramOptions()));
    }

    /// <summary>The picture of a dossier's path: what it visited is marked, its state highlighted, the times stand at the edges, the rest is pale.</summary>
    /// <param name="procedure">The version of the procedure that the dossier follows.</param>
    /// <param name="path">The path. A step that the procedure does not know (the dossier took it under another version) is drawn when its states are known.</param>
    /// <param name="options">How it is drawn; in Vietnamese, common exits as badges, when null.</param>
    public static Diagram Of(Procedure procedure, DossierPath path, DiagramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(path);
        return new Diagram(DiagramBuilder.Build(procedure, path, options ?? new DiagramOptions()));
    }

    /// <summary>The picture as a Mermaid state diagram.</summary>
    public string ToMermaid() => MermaidWriter.Write(_model);

    /// <summary>The picture as a graph in the DOT language of Graphviz.</summary>
    public string ToDot() => DotWriter.Write(_model);

    /// <summary>The picture as an SVG document that needs nothing else: laid out, for light and dark screens and for paper.</summary>
    public string ToSvg() => SvgWriter.Write(_model);
}
