using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Samples.Tests;

/// <summary>What docs/modelling.md shows is read and runs. The host's tests run its shell lines.</summary>
public sealed class ModellingPageTests
{
    private const string Page = "docs/modelling.md";

    [Fact]
    public void EveryDefinition_HasNoDefect()
    {
        var definitions = MarkdownBlocks.Of(Page, "yaml");

        Assert.True(definitions.Count >= 2);
        Assert.All(definitions, text => Assert.Empty(ProcedureYaml.Inspect(new StringReader(text), Page).Defects));
    }

    [Fact]
    public void TheCode_StandsInCompiledCodeAndDoesWhatThePageSays()
    {
        const string Unit = "000.01.30.H28";
        var compiled = MarkdownBlocks.Lines("tests/Workflow.Samples.Tests/ModellingSnippets.cs").ToHashSet(StringComparer.Ordinal);
        Assert.All(Assert.Single(MarkdownBlocks.Of(Page, "csharp")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), line => Assert.Contains(line, compiled));

        var calendar = new WorkingCalendarBuilder("vn", new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31)).Build();
        var units = new UnitTree([new Unit(Unit, new LocalizedName("Xã 01"), UnitLevel.Commune, null)]);
        var time = new DateTimeOffset(2020, 11, 6, 9, 0, 0, WorkingCalendar.Offset);
        var dossier = ModellingSnippets.Run(MarkdownBlocks.Of(Page, "yaml")[^1], Unit, time, calendar, units);

        Assert.Equal(("received", new DateOnly(2020, 11, 27)), (dossier.StateName, WorkingCalendar.DayOf(dossier.Clock!.PromisedDue)));
    }
}
