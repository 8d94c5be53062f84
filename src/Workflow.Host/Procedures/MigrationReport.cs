using System.Globalization;
using Workflow.Core.Migrations;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary>What a migration would do or did, for people and for scripts.</summary>
internal sealed class MigrationReport
{
    private const int MostShown = 20;
    private const int MostExamples = 3;

    private readonly string _what;
    private readonly string? _batch;
    private readonly MigrationPlan? _plan;
    private readonly IReadOnlyList<MigrationPreview> _all;

    private MigrationReport(string what, MigrationPlan? plan, string? batch, IReadOnlyList<MigrationPreview> all)
    {
        (_what, _plan, _batch, _all) = (what, plan, batch, all);
        Blocked = [.. all.Where(p => !p.IsMovable)];
    }

    /// <summary>The dossiers that cannot move, or did not.</summary>
    public IReadOnlyList<MigrationPreview> Blocked { get; }

    /// <summary>Of a dry run, where <paramref name="batch"/> is null, or of what was applied.</summary>
    public static MigrationReport Of(MigrationPlan plan, string? batch, IReadOnlyList<MigrationPreview> all) => new(batch is null ? "can move" : "moved", plan, batch, all);

    public static MigrationReport OfTakeBack(string batch, IReadOnlyList<MigrationPreview> all) => new("taken back", null, batch, all);

    public object Json() => new
    {
        Procedure = _plan?.From.Code,
        From = _plan?.Mapping.From,
        To = _plan?.Mapping.To,
        Batch = _batch,
        Applied = _batch is not null && _plan is not null,
        TakenBack = _plan is null,
        Dossiers = _all.Count,
        Movable = _all.Count - Blocked.Count,
        Blocked = Blocked.Select(p => new { Code = p.Code.Value, p.Before.State, p.Unmet }),
        Moves = _all.Where(p => p.IsMovable).Select(p => new
        {
            Code = p.Code.Value,
            From = p.Before.State,
            To = p.After!.State,
            DueBefore = p.Before.Due,
            DueAfter = p.After.Due,
            StepDueBefore = p.Before.StepDue,
            StepDueAfter = p.After.StepDue,
            TimeoutBefore = p.Before.TimeoutAt,
            TimeoutAfter = p.After.TimeoutAt,
        }),
    };

    public IEnumerable<string> Lines()
    {
        var movable = _all.Count - Blocked.Count;
        yield return $"{(_plan is null ? $"batch {_batch}" : $"{_plan.From} -> {_plan.To}")}: {Count(_all.Count)} dossiers, {Count(movable)} {_what}, {Count(Blocked.Count)} not";
        foreach (var group in _all.Where(p => p.IsMovable).GroupBy(p => (p.Before.State, To: p.After!.State)).OrderByDescending(g => g.Count()))
        {
            yield return $"  {Count(group.Count()),7}  {group.Key.State} -> {group.Key.To}";
        }

        // Dossiers that fail for one reason in one state are one line, whatever their number.
        foreach (var reason in Blocked.SelectMany(p => p.Unmet.Select(u => (p.Code, p.Before.State, Unmet: u))).GroupBy(b => (b.State, b.Unmet.Name)).OrderByDescending(g => g.Count()))
        {
            var examples = string.Join(", ", reason.Take(MostExamples).Select(b => b.Code.Value)) + (reason.Count() > MostExamples ? ", ..." : string.Empty);
            yield return $"  {Count(reason.Count()),7}  stay in {reason.Key.State}: {Faults.OneLine(reason.First().Unmet.ToString())}  ({examples})";
        }

        var moving = _all.Where(p => p.MovesDeadlines).ToList();
        if (moving.Count > 0)
        {
            yield return $"deadlines that move: {Count(moving.Count)}";
        }

        foreach (var line in moving.Take(MostShown).SelectMany(Deadlines))
        {
            yield return $"  {line}";
        }

        if (moving.Count > MostShown)
        {
            yield return $"  and those of {Count(moving.Count - MostShown)} more dossiers; --json names them all";
        }

        if (_plan is not null)
        {
            yield return _batch is null ? "nothing was changed; --apply moves what can move"
                : !_all.Any(p => p.IsMovable) ? "no dossier could be moved, so there is nothing to take back"
                : $"batch {_batch}; --take-back {_batch} takes it back";
        }
    }

    private static IEnumerable<string> Deadlines(MigrationPreview moved)
    {
        foreach (var (what, before, after) in ((string, DateTimeOffset?, DateTimeOffset?)[])
            [("promise", moved.Before.Due, moved.After!.Due), ("step", moved.Before.StepDue, moved.After.StepDue), ("timeout", moved.Before.TimeoutAt, moved.After.TimeoutAt)])
        {
            if (before != after)
            {
                yield return $"{moved.Code}  {what,-7}  {Shown(before)} -> {Shown(after)}";
            }
        }
    }

    private static string Shown(DateTimeOffset? time) => time is { } moment ? Times.Show(moment) : "none";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
