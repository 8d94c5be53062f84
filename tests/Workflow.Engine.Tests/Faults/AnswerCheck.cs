using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Audit;

namespace Workflow.Engine.Tests.Faults;

/// <summary>Compares what callers were told with what is stored.</summary>
internal sealed class AnswerCheck
{
    private const int MostTexts = 20;

    private readonly List<string> _texts = [];

    /// <summary>How many commands were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>How many rows the journal has.</summary>
    public long Stored { get; private set; }

    /// <summary>How many answered commands are not stored as they were answered.</summary>
    public int Lost { get; private set; }

    /// <summary>How many commands were done more than once.</summary>
    public int Twice { get; private set; }

    /// <summary>How much else is wrong: gaps, times that go back, commands that nobody gave, chains that do not hold.</summary>
    public int Wrong { get; private set; }

    /// <summary>The first of all that is wrong, a line each; empty when nothing is.</summary>
    public string Faults => string.Join('\n', _texts);

    /// <summary>Checks a store that nobody writes to.</summary>
    /// <param name="store">The store.</param>
    /// <param name="book">The answers.</param>
    /// <param name="wasGiven">Whether a command (caller, command id) was given at all.</param>
    public static async Task<AnswerCheck> RunAsync(IJournalStore store, AnswerBook book, Func<string, string, bool> wasGiven)
    {
        var check = await RunAsync(RowsOf(store), book, wasGiven);
        var totals = await store.CountAsync(default);
        if (totals.Events != check.Stored)
        {
            check.TellWrong($"The journal shows {check.Stored} of its {totals.Events} rows.");
        }

        var audit = await AuditedStore.VerifyAsync(store);
        foreach (var broken in audit.Broken)
        {
            check.TellWrong(broken.ToString());
        }

        return check;
    }

    /// <summary>Checks the rows of a journal, in its order.</summary>
    public static async Task<AnswerCheck> RunAsync(IAsyncEnumerable<JournalRow> rows, AnswerBook book, Func<string, string, bool> wasGiven)
    {
        var check = new AnswerCheck { Answered = book.Count };
        var stored = new HashSet<(string, string)>();
        var last = new Dictionary<string, (int Version, DateTimeOffset OccurredAt)>(StringComparer.Ordinal);
        foreach (var contradiction in book.Contradictions)
        {
            check.Twice++;
            check.Tell($"Answered twice: {contradiction}");
        }

        await foreach (var row in rows)
        {
            check.Stored++;
            check.Compare(row, book, wasGiven, stored.Add(KeyOf(row)));
            var (version, occurredAt) = last.GetValueOrDefault(row.Code);
            if (row.Version != version + 1)
            {
                check.TellWrong($"Version {row.Version} of {row.Code} follows version {version}.");
            }

            if (row.OccurredAt < occurredAt)
            {
                check.TellWrong($"Version {row.Version} of {row.Code} goes back to {row.OccurredAt:O}.");
            }

            last[row.Code] = (row.Version, row.OccurredAt);
        }

        foreach (var lost in book.Answers.Where(a => !stored.Contains(a.Key)))
        {
            check.Lost++;
            check.Tell($"Lost: {lost.Value}");
        }

        return check;
    }

    /// <summary>Fails when anything is wrong, and prints the figures.</summary>
    /// <param name="what">What was done to the engine meanwhile.</param>
    public void AssertHolds(string what)
    {
        var figures = $"{what}: {Answered} answered, {Stored} stored, {Lost} lost, {Twice} twice, {Wrong} otherwise wrong.";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        TestContext.Current.SendDiagnosticMessage("{0}", figures);
        Assert.True(Lost + Twice + Wrong == 0, $"{figures}\n{Faults}");
        Assert.True(Answered > 0, "Nothing was answered, so nothing is shown.");
    }

    // Callers of these tests use an id once; the engine's own, once per dossier.
    private static (string Caller, string CommandId) KeyOf(JournalRow row) =>
        (row.Caller, row.Caller.StartsWith("system:", StringComparison.Ordinal) ? $"{row.Code} {row.CommandId}" : row.CommandId);

    private static async IAsyncEnumerable<JournalRow> RowsOf(IJournalStore store)
    {
        const int PageLength = 1_000;
        for (var page = await store.ReadJournalAsync(default, PageLength, default); page.Count > 0; page = await store.ReadJournalAsync(page[^1].Cursor, PageLength, default))
        {
            foreach (var row in page)
            {
                yield return row;
            }
        }
    }

    private void Compare(JournalRow row, AnswerBook book, Func<string, string, bool> wasGiven, bool isFirst)
    {
        if (!isFirst)
        {
            Twice++;
            Tell($"Stored twice: {row.CommandId} of {row.Caller}, again as version {row.Version} of {row.Code}.");
        }
        else if (!book.Answers.TryGetValue((row.Caller, row.CommandId), out var answer))
        {
            // What was not answered may have been done.
            if (!wasGiven(row.Caller, row.CommandId))
            {
                TellWrong($"Nobody gave {row.CommandId} of {row.Caller}, version {row.Version} of {row.Code}.");
            }
        }
        else if ((answer.Code, answer.Version, answer.Outcome) != (row.Code, row.Version, Outcome.Of(row.Data)))
        {
            Lost++;
            Tell($"Stored otherwise: {answer}, as version {row.Version} of {row.Code}, {Outcome.Of(row.Data)}.");
        }
    }

    private void TellWrong(string text)
    {
        Wrong++;
        Tell(text);
    }

    private void Tell(string text)
    {
        if (_texts.Count < MostTexts)
        {
            _texts.Add(text);
        }
    }
}
