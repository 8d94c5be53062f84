using System.CommandLine;
using Workflow.Core.Calendars;
using Workflow.Core.EventLogs;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary><c>log profile FILE</c>: the figures of a log, in one pass.</summary>
internal static class ProfileCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The log, .xes or .xes.gz." };
        var json = SharedOptions.Json();
        var command = new Command("profile", "The figures of a log: cases, events, activities, variants, times, deadlines.") { file, json };
        command.SetAction((parsed, cancellation) => RunAsync(new Session(environment, parsed.GetValue(json)), parsed.GetRequiredValue(file), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string path, CancellationToken cancellationToken)
    {
        LogProfile profile;
        using (var progress = session.Progress($"reading {path}"))
        {
            profile = LogFile.Guard(path, () => LogProfile.Of(LogFile.Read(path, progress, cancellationToken), topVariants: 5));
        }

        await session.ResultAsync(
            new
            {
                profile.Cases,
                profile.Events,
                profile.Activities,
                profile.Variants,
                First = profile.First?.ToOffset(WorkingCalendar.Offset),
                Last = profile.Last?.ToOffset(WorkingCalendar.Offset),
                profile.OnTime,
                profile.Late,
                profile.NoDeadline,
                profile.MedianHours,
            },
            Lines(profile)).ConfigureAwait(false);
        return ExitStatus.Done;
    }

    private static IEnumerable<string> Lines(LogProfile profile)
    {
        yield return $"cases        {profile.Cases,12:N0}";
        yield return $"events       {profile.Events,12:N0}";
        yield return $"activities   {profile.Activities,12:N0}";
        yield return $"variants     {profile.Variants,12:N0}";
        yield return $"on time      {profile.OnTime,12:N0}";
        yield return $"late         {profile.Late,12:N0}";
        yield return $"no deadline  {profile.NoDeadline,12:N0}";
        if (profile is { First: { } first, Last: { } last, MedianHours: { } median })
        {
            yield return $"first event  {Times.Show(first)}";
            yield return $"last event   {Times.Show(last)}";
            yield return $"median case  {median:N2} hours from its first to its last event";
        }

        foreach (var activity in profile.ActivityCounts.Take(10))
        {
            yield return $"{activity.Count,8:N0}  {Faults.OneLine(activity.Activity)}";
        }

        foreach (var variant in profile.TopVariants)
        {
            yield return $"{variant.Cases,8:N0} cases went  {Faults.OneLine(string.Join(" > ", variant.Activities))}";
        }
    }
}
