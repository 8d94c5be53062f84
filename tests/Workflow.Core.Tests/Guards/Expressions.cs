using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

/// <summary>The schema of the tests and short ways to read expressions against it.</summary>
internal static class Expressions
{
    public static FactSchema Schema { get; } = new(
        [
            new FactField("kind", FactType.Text, Required: true) { Values = ["house", "works"] },
            new FactField("note", FactType.Text, Required: false),
            new FactField("area", FactType.Number, Required: false) { Least = 0, Most = 1000 },
            new FactField("floors", FactType.Number, Required: false),
            new FactField("ready", FactType.Flag, Required: false),
            new FactField("born", FactType.Date, Required: false),
            new FactField("seen-at", FactType.Moment, Required: false),
            new FactField("odd name", FactType.Text, Required: false),
        ],
        ["drawings", "land-certificate"],
        ["tax", "land"]);

    public static Condition Condition(string text)
    {
        var defects = new DefectList();
        var read = ExpressionReader.Condition(text, Schema, defects);
        return read ?? throw new InvalidOperationException(string.Join('\n', defects.All));
    }

    public static Defect Defect(string text)
    {
        var defects = new DefectList();
        Assert.Null(ExpressionReader.Condition(new ExpressionText(text) { Place = new SourcePlace("p.yaml", 7, 1) }, Schema, defects));
        return Assert.Single(defects.All);
    }
}
