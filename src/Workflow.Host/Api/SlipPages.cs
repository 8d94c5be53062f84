using System.Text;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Forms;
using Workflow.Host.Access;
using Workflow.Host.Forms;

namespace Workflow.Host.Api;

/// <summary>The statutory slips that a dossier's events gave rise to, oldest first.</summary>
internal sealed record SlipsView(string Code, IReadOnlyList<SlipView> Slips);

/// <summary>A slip.</summary>
/// <param name="Form">The form's number in its circular.</param>
/// <param name="Circular">The circular's number.</param>
/// <param name="At">When it arose.</param>
/// <param name="Title">Its title.</param>
internal sealed record SlipView(string Form, string Circular, DateTimeOffset At, LabelView? Title);

/// <summary>Receipts and slips. The slip that controls the work goes from officer to officer, and not to the applicant.</summary>
internal static class SlipPages
{
    // The page bears its own style; still no script, and nothing from elsewhere.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const int HistoryPage = 1_000;

    public static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var (dossier, slips) = await ReadAsync(call).ConfigureAwait(false);
        return ApiAnswer.Of(new SlipsView(dossier.Code, [.. slips.Select(s => new SlipView(s.Number, Circulars.NumberOf(s.Circular), s.At, LabelView.Of(s.Title)))]), ApiJson.Context.SlipsView) with { Version = dossier.Version };
    }

    public static async Task<ApiAnswer> ShowAsync(ApiCall call)
    {
        var words = call.Query("language") switch
        {
            null or "vi" => SlipWords.Of("vi"),
            "en" => SlipWords.Of("en"),
            _ => throw new ProblemException(Problems.Malformed("the parameter 'language' is neither vi nor en")),
        };
        var (dossier, slips) = await ReadAsync(call).ConfigureAwait(false);
        var form = call.Path("form");
        var slip = slips.LastOrDefault(s => s.Number == form) ?? throw new ProblemException(Problems.NotFound("this dossier has no such slip for this person: see its slips"));
        call.Context.Response.Headers.ContentSecurityPolicy = Policy;
        return ApiAnswer.Of(Encoding.UTF8.GetBytes(SlipPage.Render(slip, words, lookUp: null)), "text/html; charset=utf-8") with { Version = dossier.Version };
    }

    private static async Task<(DossierSnapshot Dossier, IReadOnlyList<Slip> Slips)> ReadAsync(ApiCall call)
    {
        var (dossier, sight) = await call.DossierAsync().ConfigureAwait(false);
        var procedure = call.Office.Procedures.Find(dossier.Procedure, dossier.ProcedureVersion) ?? throw new Engine.Setup.MissingProcedureException(dossier.Code, new(dossier.Procedure, dossier.ProcedureVersion));
        var history = new List<HistoryEntry>();
        IReadOnlyList<HistoryEntry> page;
        do
        {
            page = await call.Engine.HistoryAsync(call.Code(), history.Count + 1, HistoryPage, call.Aborted).ConfigureAwait(false);
            history.AddRange(page);
        }
        while (page.Count == HistoryPage && history.Count < dossier.Version);

        // No more than the state that was read: a command may have come between.
        var slips = Slips.Of(procedure, dossier, [.. history.Where(e => e.Version <= dossier.Version)], call.Office.Units, null);
        return (dossier, [.. slips.Where(s => sight == Sight.Officer || s.Kind != SlipKind.Control)]);
    }
}
