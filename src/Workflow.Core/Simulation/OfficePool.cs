using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Simulation;

/// <summary>The officers of all units: each takes one step at a time, in office hours, in the order of arrival.</summary>
internal sealed class OfficePool(WorkingCalendar calendar, IReadOnlyDictionary<string, RoleStaff> staff)
{
    private readonly Dictionary<(string Unit, string Role), Desk> _desks = [];

    /// <summary>Gives a step to the officer of the role who is free first and returns who has done it when.</summary>
    public (Actor Officer, DateTimeOffset Done) Work(string unit, string role, DateTimeOffset from, SeededRandom random)
    {
        if (!_desks.TryGetValue((unit, role), out var desk))
        {
            var kind = staff.GetValueOrDefault(role, RoleStaff.Default);
            _desks.Add((unit, role), desk = new Desk(unit, role, kind));
        }

        var officer = desk.FirstFree();
        var start = calendar.NextOfficeMoment(desk.FreeFrom[officer] > from ? desk.FreeFrom[officer] : from);
        var minutes = Math.Clamp(random.Exponential(desk.Staff.Minutes), desk.Staff.Minutes / 5, desk.Staff.Minutes * 4);
        var done = calendar.AddWorkingTime(start, TimeSpan.FromMinutes(minutes));
        desk.FreeFrom[officer] = done;
        return (desk.Officers[officer], done);
    }

    private sealed class Desk(string unit, string role, RoleStaff staff)
    {
        public RoleStaff Staff { get; } = staff;

        public DateTimeOffset[] FreeFrom { get; } = new DateTimeOffset[staff.Officers];

        public Actor[] Officers { get; } =
            [.. Enumerable.Range(1, staff.Officers).Select(n => Actor.Officer($"{unit}/{role}-{n}", unit, role))];

        public int FirstFree()
        {
            var first = 0;
            for (var i = 1; i < FreeFrom.Length; i++)
            {
                first = FreeFrom[i] < FreeFrom[first] ? i : first;
            }

            return first;
        }
    }
}
