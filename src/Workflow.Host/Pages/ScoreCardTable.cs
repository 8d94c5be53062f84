using Spectre.Console;
using Workflow.Core.Indicators;

namespace Workflow.Host.Pages;

/// <summary>The score card on a terminal; plain lines where there is none. All columns of the statutory report where they find room, the main ones otherwise.</summary>
internal static class ScoreCardTable
{
    private const int RoomForAll = 118;

    private static readonly (string Name, bool Main, bool Late, Func<StatutoryRow, int> Figure)[] s_columns =
    [
        ("Received", true, false, r => r.Received),
        ("online", false, false, r => r.Online),
        ("direct", false, false, r => r.DirectAndPost),
        ("carried", false, false, r => r.CarriedOver),
        ("Settled", true, false, r => r.Settled),
        ("early", true, false, r => r.Early),
        ("on time", true, false, r => r.OnTime),
        ("overdue", true, true, r => r.Overdue),
        ("In process", true, false, r => r.InProcess),
        ("in time", false, false, r => r.InTime),
        ("overdue", true, true, r => r.InProcessOverdue),
    ];

    public static void Write(IAnsiConsole console, ScoreCard card)
    {
        var words = PageWords.En;
        var (first, last) = card.Days;
        var t = card.Report.Total;
        console.Profile.Out.Writer.WriteLine(card.Title);
        console.Profile.Out.Writer.WriteLine(
            $"{words.Date(first)} to {words.Date(last)}; {words.Number(card.Dossiers)} {PageWords.Filled(words.Journal, words.Number(card.Events))}");
        if (console.Profile.Out.IsTerminal)
        {
            console.Write(Table(card, words, console.Profile.Width >= RoomForAll));
        }
        else
        {
            WriteLines(console.Profile.Out.Writer, card, words);
        }

        console.Profile.Out.Writer.WriteLine($"{words.OnTimeRate}: {words.Share(t.OnTimeRate)} of what was settled.");
        console.Profile.Out.Writer.WriteLine(card.Report.Holds
            ? $"Checked: received {words.Number(t.Received)} = settled {words.Number(t.Settled)} + in process {words.Number(t.InProcess)}; it holds for all {card.Report.Rows.Count} units."
            : "The identities of the report do not hold: see the rows marked with '!'.");
    }

    private static Table Table(ScoreCard card, PageWords words, bool all)
    {
        var columns = s_columns.Where(c => all || c.Main).ToList();
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn(new Text("Unit")).NoWrap());
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Name)).RightAligned().NoWrap());
        }

        foreach (var row in card.Report.Rows.Append(card.Report.Total))
        {
            var style = row.Unit is null ? new Style(decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(columns
                .Select(c => new Text(words.Number(c.Figure(row)), c.Late && c.Figure(row) > 0 ? new Style(Color.Red, decoration: style.Decoration) : style))
                .Prepend(new Text(NameOf(card, row, words), style)));
        }

        return table;
    }

    private static void WriteLines(TextWriter writer, ScoreCard card, PageWords words)
    {
        var rows = card.Report.Rows.Append(card.Report.Total).ToList();
        var width = rows.Max(r => NameOf(card, r, words).Length);
        writer.WriteLine($"{"Unit".PadRight(width)}  {string.Join(' ', s_columns.Select(c => c.Name.PadLeft(Room(c.Name))))}");
        foreach (var row in rows)
        {
            writer.WriteLine($"{NameOf(card, row, words).PadRight(width)}  {string.Join(' ', s_columns.Select(c => words.Number(c.Figure(row)).PadLeft(Room(c.Name))))}");
        }
    }

    private static int Room(string column) => Math.Max(8, column.Length);

    private static string NameOf(ScoreCard card, StatutoryRow row, PageWords words)
    {
        var name = row.Unit is null ? words.Total : words.Name(card.NameOf(row.Unit));
        return row.Holds ? name : $"! {name}";
    }
}
