using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>Every endpoint of the host. What stands here is routed, documented and tested for who may call it; there are no others.</summary>
internal static class ApiTable
{
    private static readonly ApiContext s_json = ApiJson.Context;

    /// <summary>The endpoints that a host serves: those of development only where it issues tokens.</summary>
    public static IEnumerable<ApiEndpoint> Of(IServiceProvider services) => services.GetService<DevelopmentIssuer>() is null ? All : [.. All, DevelopmentToken];

    /// <summary>The counter of the development issuer.</summary>
    public static ApiEndpoint DevelopmentToken { get; } =
        new("issueDevelopmentToken", HttpMethods.Post, "/dev/token", Callers.Everyone, "Issues a token to whoever asks on this machine, in development.", DevelopmentTokens.IssueAsync) { Body = s_json.TokenRequest, Answer = s_json.TokenView };

    /// <summary>The endpoints of every host.</summary>
    public static IReadOnlyList<ApiEndpoint> All { get; } =
    [
        new("submitDossier", HttpMethods.Post, "/v1/dossiers", Callers.Persons, "Submits a dossier, which gets its code.", DossierCommands.SubmitAsync)
        {
            Body = s_json.SubmitRequest, Answer = s_json.OutcomeView, Status = StatusCodes.Status201Created, IsCommand = true, TakesUnit = true,
        },
        new("getDossier", HttpMethods.Get, "/v1/dossiers/{code}", Callers.Persons, "Shows a dossier as it is now.", DossierReads.FindAsync) { Answer = s_json.DossierView },
        new("getPermitted", HttpMethods.Get, "/v1/dossiers/{code}/permitted", Callers.Persons, "Says what this person may do with the dossier now and, where not, why not.", DossierReads.PermittedAsync)
        {
            Answer = s_json.PermittedView, TakesUnit = true,
        },
        new("getHistory", HttpMethods.Get, "/v1/dossiers/{code}/history", Callers.Persons, "Shows the accepted commands of a dossier, oldest first.", DossierReads.HistoryAsync)
        {
            Answer = s_json.HistoryView, Query = [("from", "The first version to show, from 1."), ("limit", "The most to show, 1 to 1000; 200 unless told.")],
        },
        new("getSlips", HttpMethods.Get, "/v1/dossiers/{code}/slips", Callers.Persons, "Lists the statutory slips of a dossier, oldest first.", SlipPages.ListAsync) { Answer = s_json.SlipsView },
        new("getSlip", HttpMethods.Get, "/v1/dossiers/{code}/slips/{form}", Callers.Persons, "Shows the newest slip of a form as a page to be printed.", SlipPages.ShowAsync)
        {
            MediaType = "text/html", Query = [("language", "vi or en; vi unless told.")],
        },
        Command("fireTrigger", "/v1/dossiers/{code}/triggers/{trigger}", Callers.Persons, "Fires a trigger of the dossier's procedure.", DossierCommands.FireAsync) with { Body = s_json.FireRequest },
        Command("attachDocuments", "/v1/dossiers/{code}/documents", Callers.Persons, "Adds documents while the dossier is open.", DossierCommands.AttachAsync) with { Body = s_json.AttachRequest },
        Command("recordPayment", "/v1/dossiers/{code}/payments", Callers.Persons, "Records a payment that moves nothing. A citizen's is told by a payment client.", DossierCommands.PayAsync) with { Body = s_json.PaymentPart },
        Command("assignDossier", "/v1/dossiers/{code}/assignment", Callers.Officers, "Gives the dossier to a unit, a role or an officer.", DossierCommands.AssignAsync) with { Body = s_json.AssignRequest },
        Command("reappointDossier", "/v1/dossiers/{code}/reappointment", Callers.Officers, "Promises a new date with an apology.", DossierCommands.ReappointAsync) with { Body = s_json.ReappointRequest },
        new("getWorkList", HttpMethods.Get, "/v1/work-list", Callers.Officers, "Shows a page of what a unit has to do, those due first at its head.", WorkLists.ListAsync)
        {
            Answer = s_json.WorkListView,
            Query =
            [
                ("unit", "The unit; the person's own unless told."), ("state", "The state."), ("role", "The role that is waited for."), ("officer", "The officer's account."),
                ("dueBefore", "Due before this time (excluded)."), ("closed", "Whether closed dossiers are shown too; false unless told."), ("limit", "The most to show, 1 to 200; 50 unless told."), ("cursor", "Where the page before ended."),
            ],
        },
        new("streamChanges", HttpMethods.Get, "/v1/changes", Callers.Persons, "Tells the changes of all dossiers in this person's reach as they happen, as server-sent events; Last-Event-ID goes on where a stream broke off.", Changes.StreamAsync)
        {
            Answer = s_json.ChangeView, MediaType = "text/event-stream",
            Query = [("after", "The cursor (the id of a change) after which to begin, where Last-Event-ID cannot be sent; the end of the journal unless told."), ("wait", "Whether to go on with what happens from now on; true unless told.")],
        },
        new("getProcedures", HttpMethods.Get, "/v1/procedures", Callers.Everyone, "Shows the procedures in which new dossiers are taken.", Procedures.ListAsync) { Answer = s_json.ProceduresView },
        new("getProcedure", HttpMethods.Get, "/v1/procedures/{code}", Callers.Everyone, "Shows what a procedure asks for, in its newest version.", Procedures.FindAsync) { Answer = s_json.ProcedureView },
        new("getUnits", HttpMethods.Get, "/v1/units", Callers.Everyone, "Shows the units that exist on a day.", Units.ListAsync) { Answer = s_json.UnitsView, Query = [("on", "The day; today unless told.")] },
        new("lookUpDossier", HttpMethods.Get, "/v1/look-up/{code}", Callers.Everyone, "Shows where a dossier stands to whoever knows its code, with its names masked.", LookUps.FindAsync) { Answer = s_json.LookUpView },
        new("getOpenApi", HttpMethods.Get, "/openapi/v1.json", Callers.Everyone, "Shows this document.", OpenApi.ShowAsync),
        new("getLive", HttpMethods.Get, "/health/live", Callers.Everyone, "Says whether the process can go on.", Health.LiveAsync) { Answer = s_json.HealthView, IsUncounted = true },
        new("getReady", HttpMethods.Get, "/health/ready", Callers.Everyone, "Says whether commands can be sent to this host.", Health.ReadyAsync) { Answer = s_json.HealthView, IsUncounted = true },
    ];

    private static ApiEndpoint Command(string name, string pattern, Callers callers, string summary, ApiHandler handler) =>
        new(name, HttpMethods.Post, pattern, callers, summary, handler) { Answer = s_json.OutcomeView, IsCommand = true, NeedsVersion = true, TakesUnit = true };
}
