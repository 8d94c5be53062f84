namespace Workflow.Host.Api;

/// <summary>What is told of one dossier to those who reach it.</summary>
internal static class DossierReads
{
    private const int Page = 200;

    public static async Task<ApiAnswer> FindAsync(ApiCall call)
    {
        var (dossier, sight) = await call.DossierAsync().ConfigureAwait(false);
        var view = DossierView.Of(dossier, call.Office.Procedures.Find(dossier.Procedure, dossier.ProcedureVersion), sight);
        return ApiAnswer.Of(view, ApiJson.Context.DossierView) with { Version = dossier.Version };
    }

    public static async Task<ApiAnswer> PermittedAsync(ApiCall call)
    {
        var actor = call.Actor();
        var (dossier, _) = await call.DossierAsync().ConfigureAwait(false);
        var triggers = await call.Engine.PermittedAsync(call.Code(), actor, call.Aborted).ConfigureAwait(false) ?? throw new ProblemException(Problems.NoDossier());
        var procedure = call.Office.Procedures.Find(dossier.Procedure, dossier.ProcedureVersion);

        // The version is of before: where a command came between, it no longer matches, as it should.
        return ApiAnswer.Of(new PermittedView(dossier.Code, dossier.Version, [.. triggers.Select(t => TriggerView.Of(t, procedure))]), ApiJson.Context.PermittedView) with { Version = dossier.Version };
    }

    public static async Task<ApiAnswer> HistoryAsync(ApiCall call)
    {
        var from = call.Query("from", 1, 1, int.MaxValue);
        var limit = call.Query("limit", Page, 1, 1_000);
        var (dossier, sight) = await call.DossierAsync().ConfigureAwait(false);
        var entries = await call.Engine.HistoryAsync(call.Code(), from, limit, call.Aborted).ConfigureAwait(false);
        int? next = entries.Count > 0 && entries[^1].Version < dossier.Version ? entries[^1].Version + 1 : null;
        return ApiAnswer.Of(new HistoryView(dossier.Code, dossier.Version, [.. entries.Select(e => EntryView.Of(e, sight))], next), ApiJson.Context.HistoryView) with { Version = dossier.Version };
    }
}
