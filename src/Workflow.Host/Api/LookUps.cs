using System.Globalization;
using Workflow.Core.Dossiers;

namespace Workflow.Host.Api;

/// <summary>Where a dossier stands, for whoever knows its code: nobody can be recognised in it.</summary>
internal sealed record LookUpView(string Code, string Procedure, string State)
{
    public LabelView? ProcedureName { get; init; }

    public LabelView? StateLabel { get; init; }

    public int? PortalStatus { get; init; }

    /// <summary>The applicant's name with the first letter of each word alone.</summary>
    public string? Applicant { get; init; }

    public LabelView? ReceivingUnit { get; init; }

    public LabelView? Unit { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Timeliness { get; init; }
}

/// <summary>The public look-up by code.</summary>
internal static class LookUps
{
    public static async Task<ApiAnswer> FindAsync(ApiCall call)
    {
        var dossier = await call.Engine.FindAsync(call.Code(), call.Aborted).ConfigureAwait(false) ?? throw new ProblemException(Problems.NotFound("there is no dossier of this code: check it letter by letter"));
        var procedure = call.Office.Procedures.Find(dossier.Procedure, dossier.ProcedureVersion);
        var state = procedure?.Content.States.FirstOrDefault(s => s.Name == dossier.State);
        return ApiAnswer.Of(
            new LookUpView(dossier.Code, dossier.Procedure, dossier.State)
            {
                ProcedureName = LabelView.Of(procedure?.Content.Name),
                StateLabel = LabelView.Of(state?.Label),
                PortalStatus = (int?)state?.Status,
                Applicant = Masked(dossier.Personal?.Applicant),
                ReceivingUnit = LabelView.Of(call.Office.Units.Find(dossier.ReceivingUnit)?.Name),
                Unit = LabelView.Of(call.Office.Units.Find(dossier.Unit)?.Name),
                SubmittedAt = dossier.SubmittedAt,
                AcceptedAt = dossier.AcceptedAt,
                Due = dossier.Clock?.Due,
                ClosedAt = dossier.ClosedAt,
                Timeliness = Words.Of(dossier.Timeliness),
            },
            ApiJson.Context.LookUpView);
    }

    // Letters, however they are composed, and never how many follow.
    private static string? Masked(Applicant? applicant) => applicant is null ? null
        : string.Join(' ', applicant.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => StringInfo.GetNextTextElement(word) + "***"));
}
