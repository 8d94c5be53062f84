using System.Security.Cryptography;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Simulation;

namespace Workflow.Core.Tests.Simulation;

public sealed class DistrictSimulationTests
{
    [Fact]
    public void Run_CarriedOutByADecider_IsRefusedNothing()
    {
        Assert.Empty(new SimulatedJournal(Districts.Scenario(seed: 1)).Refusals);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameCommands()
    {
        Assert.Equal(Fingerprint(seed: 7), Fingerprint(seed: 7));
    }

    [Fact]
    public void Run_OtherSeed_GivesOtherCommands()
    {
        Assert.NotEqual(Fingerprint(seed: 7), Fingerprint(seed: 8));
    }

    [Fact]
    public void Run_Commands_ComeInTheOrderOfTheirTimesAndNumbers()
    {
        var commands = new DistrictSimulation(Districts.Scenario(seed: 2)).Run().ToList();

        Assert.Equal(commands.OrderBy(c => c.At).Select(c => c.At), commands.Select(c => c.At));
        Assert.All(commands.GroupBy(c => c.Case), one => Assert.Equal(Enumerable.Range(0, one.Count()), one.Select(c => c.Number)));
        Assert.Equal(Enumerable.Range(0, 400), commands.Where(c => c.Number == 0).Select(c => c.Case));
    }

    [Fact]
    public void Run_Officers_WorkInOfficeHoursAlone()
    {
        var scenario = Districts.Scenario(seed: 3);
        var byOfficers = new DistrictSimulation(scenario).Run().Where(c => c.Actor.Unit is not null && c.Command is FireTrigger).ToList();

        Assert.NotEmpty(byOfficers);
        // A step may end with the last second of the office hours, which is no longer inside them.
        Assert.All(byOfficers, c => Assert.True(
            scenario.Calendar.IsOfficeTime(c.At) || scenario.Calendar.IsOfficeTime(c.At.AddTicks(-1)), $"{c.At:O} is outside office hours."));
    }

    [Fact]
    public void Run_OneOfficer_DoesOneStepAtATime()
    {
        var times = new DistrictSimulation(Districts.Scenario(seed: 4)).Run()
            .Where(c => c.Actor.Id == "000.01.30.H28/head-1").Select(c => c.At).ToList();

        Assert.True(times.Count > 50);
        Assert.Equal(times.Count, times.Distinct().Count());
    }

    [Fact]
    public void Run_Arrivals_FallOnEveryHourAndDayOfThePeriod()
    {
        var arrivals = new DistrictSimulation(Districts.Scenario(seed: 5, dossiers: 4000)).Run().Where(c => c.Number == 0).Select(c => c.At).ToList();

        Assert.Equal(24, arrivals.Select(a => a.Hour).Distinct().Count());
        Assert.Equal(47, arrivals.Select(WorkingCalendar.DayOf).Distinct().Count());
    }

    [Fact]
    public void Run_EveryFate_Happens()
    {
        var journal = new SimulatedJournal(Districts.Scenario(seed: 6, dossiers: 1500));

        Assert.Equal(
            [PortalStatus.NotAccepted, PortalStatus.Withdrawn, PortalStatus.Stopped, PortalStatus.ResultReturned],
            journal.Dossiers.Where(d => d.IsClosed).Select(d => d.Status!.Value).Distinct().Order());
        Assert.Contains(journal.Dossiers, d => d.SupplementCount == 1);
        Assert.Contains(journal.Dossiers, d => d.ReappointmentCount == 1);
        Assert.Contains(journal.Dossiers, d => d.Timeliness == Timeliness.Overdue);
        Assert.Contains(journal.Dossiers, d => d.Timeliness == Timeliness.Early);
        Assert.Contains(journal.Commands, c => c.Command is FireTrigger { Payment: not null });
        Assert.Contains(journal.Rows, r => r.Events is [DossierMoved { Trigger: "confirm" }] or [DeadlineMissed, DossierMoved { Trigger: "confirm" }]);
    }

    private static string Fingerprint(int seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var command in new DistrictSimulation(Districts.Scenario(seed)).Run())
        {
            hash.AppendData(DossierJson.Write(command.Command));
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{command.Case}/{command.Number}/{command.At:O}/{command.Actor.Id}"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
