using Workflow.Engine;
using Workflow.Engine.Activation;
using Workflow.Engine.Setup;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;
using Workflow.Silo.Faults;

namespace Workflow.Silo.Dossiers;

/// <summary>Holds a dossier, one turn at a time, and lets go of it when another writer was faster or there is none.</summary>
[GrainType("workflow.dossier")]
internal sealed class DossierGrain(WorkflowEngineHosting hosting) : Grain, IDossierGrain
{
    // Null where the key is none of a dossier.
    private DossierActivation? _dossier;
    // The read that caused this activation, until it is answered.
    private object? _loadedFor;

    private DossierEngine Engine => hosting.Engine;

    /// <summary>Loads the dossier. What fails here is met again by the first call, which tells its caller.</summary>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!DossierGrainKey.TryRead(this.GetPrimaryKeyString(), out var code, out _))
        {
            return;
        }

        _dossier = Engine.Activate(code);
        _loadedFor = ReadMark.Current;
        try
        {
            await _dossier.LoadAsync(cancellationToken).ConfigureAwait(true);
        }
        catch (Exception fault) when (EngineFaults.Of(fault) is not null)
        {
            // Told by the first call.
        }
    }

    public async ValueTask<CommandAnswer> ExecuteAsync(DossierCall call)
    {
        if (_dossier is not { } dossier)
        {
            return new CommandAnswer(null, Misnamed());
        }

        try
        {
            return EngineFaults.AnswerOf(Engine, await dossier.ExecuteAsync(call.Command, call.Request).ConfigureAwait(true));
        }
        catch (Exception thrown) when (EngineFaults.Of(thrown) is { } fault)
        {
            return new CommandAnswer(null, fault);
        }
        finally
        {
            if (dossier.HasLost || !dossier.IsLoaded)
            {
                DeactivateOnIdle();
            }
        }
    }

    public async ValueTask<DossierAnswer> FindAsync()
    {
        try
        {
            if (_dossier is not { } dossier)
            {
                return new DossierAnswer(null, Misnamed());
            }

            // What was loaded during this very read was true during it.
            var loadedNow = _loadedFor is Guid read && read == ReadMark.Current ? dossier.Snapshot : null;
            _loadedFor = null;
            return new DossierAnswer(loadedNow ?? await dossier.FindAsync().ConfigureAwait(true));
        }
        catch (Exception thrown) when (EngineFaults.Of(thrown) is { } fault)
        {
            return new DossierAnswer(null, fault);
        }
        finally
        {
            LetGoOfNone();
        }
    }

    public async ValueTask<PermittedAnswer> PermittedAsync(PermittedCall call)
    {
        try
        {
            return _dossier is { } dossier ? new PermittedAnswer(await dossier.PermittedAsync(call.Actor).ConfigureAwait(true)) : new PermittedAnswer(null, Misnamed());
        }
        catch (Exception thrown) when (EngineFaults.Of(thrown) is { } fault)
        {
            return new PermittedAnswer(null, fault);
        }
        finally
        {
            LetGoOfNone();
        }
    }

    public async ValueTask<HistoryAnswer> HistoryAsync(HistoryCall call)
    {
        try
        {
            return _dossier is { } dossier
                ? new HistoryAnswer(await Engine.HistoryAsync(dossier.Code, call.FromVersion, call.Limit).ConfigureAwait(true))
                : new HistoryAnswer([], Misnamed());
        }
        catch (Exception thrown) when (EngineFaults.Of(thrown) is { } fault)
        {
            return new HistoryAnswer([], fault);
        }
        finally
        {
            LetGoOfNone();
        }
    }

    // Whoever asks for codes that are none must not fill the memory.
    private void LetGoOfNone()
    {
        if (_dossier is not { IsLoaded: true })
        {
            DeactivateOnIdle();
        }
    }

    private EngineFault Misnamed()
    {
        DeactivateOnIdle();
        _ = DossierGrainKey.TryRead(this.GetPrimaryKeyString(), out _, out var whyNot);
        return new EngineFault(EngineFaultKind.Argument, $"There is no such grain: {whyNot}.");
    }
}
