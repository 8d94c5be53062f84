using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    // So many dossiers are projected at once: they share commits, and callers' commands go on between them.
    private const int ProjectedAtOnce = 64;

    private readonly SemaphoreSlim _publishing = new(1, 1);

    /// <summary>The calendar that decisions are made with.</summary>
    public CalendarBook Calendar => _parts.Calendar;

    /// <summary>Publishes a calendar, decides with it from now on, and computes the promised dates of all open dossiers again.</summary>
    /// <remarks>
    /// Each date that moves is recorded in its dossier as a <see cref="PromiseRecomputed"/>, under a command id made of the version that is known now, so that
    /// a publication that broke off is finished by another one, and one that is repeated does nothing twice. A dossier whose history must be
    /// replayed first, because an earlier release stored it, is. Publications follow each other. Days off that are new and bear no decision day
    /// are known from today on: see <see cref="CalendarBook.Following"/>.
    /// </remarks>
    /// <param name="calendar">The calendar: of the same code, and knowing all that the present one does.</param>
    /// <param name="policy">What becomes of a date that another one is computed for.</param>
    /// <param name="progress">Told how many dossiers were visited, now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends the pass over the dossiers; what was done stays, and the calendar stays published.</param>
    /// <exception cref="CalendarConflictException">The calendar cannot follow the present one; nothing was done.</exception>
    /// <exception cref="DefinitionConflictException">Its version is published with other content; nothing was done.</exception>
    /// <exception cref="StorageException">The storage failed. Publish again.</exception>
    /// <exception cref="MissingProcedureException">An open dossier follows a procedure's version that this host lacks. Publish again once it has it.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public async ValueTask<CalendarPublication> PublishCalendarAsync(
        CalendarBook calendar,
        ProjectionPolicy policy = ProjectionPolicy.Recompute,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ThrowIfDisposed();
        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var following = await PublishFollowingAsync(calendar, cancellationToken).ConfigureAwait(false);
            await _parts.Definitions.AdoptAsync(following).ConfigureAwait(false);
            return await ProjectOpenAsync(following, new ProjectDeadline(policy), progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _publishing.Release();
        }
    }

    private async ValueTask<CalendarBook> PublishFollowingAsync(CalendarBook given, CancellationToken ct)
    {
        while (true)
        {
            // Another host may publish meanwhile: then the calendar has to follow that one.
            await _parts.Definitions.CatchUpAsync(ct).ConfigureAwait(false);
            var revision = _parts.Definitions.Revision;
            var present = _parts.Calendar;
            var calendar = given.Following(present, WorkingCalendar.DayOf(_parts.Now));
            if (calendar.FaultAfter(present) is { } fault)
            {
                throw new CalendarConflictException(fault);
            }

            if (await DefinitionPublication.TryPublishAsync(_parts.Store, calendar, revision, _parts.Now, ct).ConfigureAwait(false))
            {
                return calendar;
            }
        }
    }

    private async ValueTask<CalendarPublication> ProjectOpenAsync(
        CalendarBook calendar, ProjectDeadline command, IProgress<int>? progress, CancellationToken ct)
    {
        var (dossiers, moved) = (0, 0);
        var together = new List<Task<ProjectionOutcome>>(ProjectedAtOnce);
        var refused = new List<RefusedProjection>();
        await foreach (var code in _parts.Store.ReadAllOpenAsync(new OpenDossiers(), ct).ConfigureAwait(false))
        {
            together.Add(ProjectAsync(new DossierCode(code), calendar, command));
            if (together.Count == ProjectedAtOnce)
            {
                await FinishAsync().ConfigureAwait(false);
            }
        }

        await FinishAsync().ConfigureAwait(false);
        return new CalendarPublication(dossiers, moved, refused);

        async ValueTask FinishAsync()
        {
            foreach (var outcome in await Task.WhenAll(together).ConfigureAwait(false))
            {
                dossiers++;
                moved += outcome.Moved ? 1 : 0;
                if (outcome.Refused is { } why)
                {
                    refused.Add(why);
                }
            }

            together.Clear();
            progress?.Report(dossiers);
        }
    }

    private async Task<ProjectionOutcome> ProjectAsync(DossierCode code, CalendarBook calendar, ProjectDeadline command)
    {
        Admit();
        try
        {
            var entry = await _directory.EnterAsync(code).ConfigureAwait(false);
            try
            {
                return await entry.Active.ProjectInTurnAsync(calendar, command).ConfigureAwait(false);
            }
            finally
            {
                _directory.Leave(entry);
            }
        }
        finally
        {
            Discharge();
        }
    }
}

/// <summary>What the publication of a calendar came to.</summary>
/// <param name="Dossiers">How many open dossiers were visited.</param>
/// <param name="Moved">How many promised dates are others now.</param>
/// <param name="Refused">The dossiers whose dates could not be computed again, with the reason.</param>
public sealed record CalendarPublication(int Dossiers, int Moved, IReadOnlyList<RefusedProjection> Refused);

/// <summary>A dossier whose promised date could not be computed again.</summary>
/// <param name="Code">The dossier.</param>
/// <param name="Unmet">Why.</param>
public sealed record RefusedProjection(DossierCode Code, IReadOnlyList<UnmetGuard> Unmet);
