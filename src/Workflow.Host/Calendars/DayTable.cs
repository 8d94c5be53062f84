using System.Globalization;
using Spectre.Console;
using Workflow.Core.Deadlines;
using Workflow.Host.Terminal;

namespace Workflow.Host.Calendars;

/// <summary>The days of a time limit, each with its rule: a table on a terminal, plain lines elsewhere.</summary>
internal static class DayTable
{
    public static void Write(HostEnvironment environment, DeadlineExplanation explained)
    {
        if (!environment.OutputIsTerminal)
        {
            foreach (var day in explained.Days)
            {
                environment.Output.WriteLine($"{Date(day)}  {Counts(day),-8}  {Words(day)}");
            }

            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn(new Text("Day")).NoWrap());
        table.AddColumn(new TableColumn(new Text("Counts")).NoWrap());
        table.AddColumn(new TableColumn(new Text("Rule")));
        foreach (var day in explained.Days)
        {
            var style = day.Counts ? Style.Plain : new Style(decoration: Decoration.Dim);
            table.AddRow(new Text(Date(day), style), new Text(Counts(day), style), new Text(Words(day), style));
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(environment.Output) }).Write(table);
    }

    /// <summary>A day under <c>--json</c>.</summary>
    public static object Row(ExplainedDay day) => new
    {
        Date = day.Date.ToString("O", CultureInfo.InvariantCulture),
        day.Counts,
        Rule = Words(day),
        Hours = day.Count == DayCount.Part ? Math.Round(day.Time.TotalHours, 4) : (double?)null,
        Articles = day.Rules.Select(r => r.Article).OfType<string>(),
        Vi = string.Join("; ", day.Rules.Select(r => r.Text.Vi)),
    };

    private static string Date(ExplainedDay day) => day.Date.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Counts(ExplainedDay day) => day.Count switch
    {
        DayCount.Whole => "yes",
        DayCount.Part => $"{Math.Round(day.Time.TotalHours, 2).ToString("0.##", CultureInfo.InvariantCulture)} h",
        _ => "no",
    };

    private static string Words(ExplainedDay day) => string.Join("; ", day.Rules);
}
