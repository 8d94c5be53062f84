using System.CommandLine;
using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Host.Procedures;
using Workflow.Host.Terminal;

namespace Workflow.Host.Calendars;

/// <summary><c>calendar due</c>: the moment at which a limit ends.</summary>
internal static class DueCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var received = new Option<string>("--received") { Description = "When the complete dossier was received: RFC 3339, or a date for its first moment in Vietnam.", HelpName = "TIME", Required = true };
        var limit = new Option<string>("--limit") { Description = "The limit, such as '10 working days', '15 days', '8 working hours', '24 hours' or '1 month'.", HelpName = "LIMIT", Required = true };
        var known = new Option<string?>("--known") { Description = "Count with what was known of the calendar at this time; otherwise each promise counts with what was known when it was made.", HelpName = "TIME" };
        var policy = new Option<string>("--policy") { Description = "What a suspension does: pause holds the limit up, restart starts it again.", DefaultValueFactory = _ => "pause" };
        policy.AcceptOnlyFromAmong("pause", "restart");
        var suspend = new Option<string[]>("--suspend") { Description = "A suspension, as FROM/TO; may be given several times.", HelpName = "FROM/TO", AllowMultipleArgumentsPerToken = false };
        var explain = new Option<bool>("--explain") { Description = "List every day from the reception on, whether it counts, and by which rule." };
        var json = SharedOptions.Json();
        var command = new Command("due", "The moment at which a time limit ends; one in days ends at 23:59:59 of its last day.") { received, limit, known, policy, suspend, explain, json };
        command.SetAction((parsed, _) =>
        {
            var start = Times.Read("--received", parsed.GetRequiredValue(received));
            var clock = parsed.GetValue(policy) == "restart" ? ClockPolicy.Restart : ClockPolicy.Resume;
            DateTimeOffset? moment = parsed.GetValue(known) is { } text ? Times.Read("--known", text) : null;
            var suspensions = (parsed.GetValue(suspend) ?? []).Select(Suspension).OrderBy(s => s.From).ToList();
            DemandOrder(start, suspensions);
            var session = new Session(environment, parsed.GetValue(json));
            return RunAsync(session, start, Limit(parsed.GetRequiredValue(limit)), clock, moment, suspensions, parsed.GetValue(explain));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Session session, DateTimeOffset received, TimeLimit limit, ClockPolicy policy, DateTimeOffset? known, List<Suspension> suspensions, bool explain)
    {
        var book = Catalogue.Calendar(session.Environment);
        var explained = Explained(book, received, limit, policy, known, suspensions);
        var due = explained.Due.ToOffset(WorkingCalendar.Offset);
        var calendar = book.KnownAt(known ?? received).Version;
        if (explain && !session.IsJson)
        {
            DayTable.Write(session.Environment, explained);
        }

        await session.ResultAsync(
            explain
                ? new { Due = due, Limit = limit.ToString(), Calendar = calendar, Days = explained.Days.Select(DayTable.Row) }
                : new { Due = due, Limit = limit.ToString(), Calendar = calendar },
            [$"due {Times.Show(due)}"]).ConfigureAwait(false);
        return ExitStatus.Done;
    }

    private static DeadlineExplanation Explained(
        CalendarBook book, DateTimeOffset received, TimeLimit limit, ClockPolicy policy, DateTimeOffset? known, List<Suspension> suspensions)
    {
        try
        {
            return DeadlineExplanation.Of(limit, policy, received, suspensions, at => book.KnownAt(known ?? at));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UnusableInputException(
                $"the limit cannot be counted: the calendar {book.Code} covers {book.Latest.FirstDay:yyyy-MM-dd} to {book.Latest.LastDay:yyyy-MM-dd}; let the limit begin and end within these days", e);
        }
    }

    // Two may touch: the clock then goes on and stands still again at one moment.
    private static void DemandOrder(DateTimeOffset received, List<Suspension> suspensions)
    {
        for (var i = 0; i < suspensions.Count; i++)
        {
            var from = suspensions[i].From;
            if (from < received)
            {
                throw new UnusableInputException($"the suspension from {Times.Show(from)} begins before the reception at {Times.Show(received)}: let it begin with the reception or later");
            }

            if (i > 0 && from < suspensions[i - 1].To)
            {
                throw new UnusableInputException(
                    $"the suspension from {Times.Show(from)} begins before the one from {Times.Show(suspensions[i - 1].From)} ends at {Times.Show(suspensions[i - 1].To)}: let suspensions not overlap, or give them as one");
            }
        }
    }

    private static TimeLimit Limit(string text) =>
        TimeLimit.TryParse(text, out var limit)
            ? limit
            : throw new UnusableInputException($"--limit '{Faults.OneLine(text)}' is not a time limit: write '10 working days', '15 days', '8 working hours', '24 hours' or '1 month'");

    private static Suspension Suspension(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 2)
        {
            throw new UnusableInputException($"--suspend '{Faults.OneLine(text)}' is not a suspension: write FROM/TO, such as 2020-11-09/2020-11-12");
        }

        var (from, to) = (Times.Read("--suspend", parts[0]), Times.Read("--suspend", parts[1]));
        return from <= to ? new Suspension(from, to) : throw new UnusableInputException($"--suspend '{Faults.OneLine(text)}' ends before it begins: write FROM/TO");
    }
}
