using System.Text.Encodings.Web;
using System.Text.Unicode;
using Orleans.Configuration;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Grains;
using Workflow.Grains.Calls;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration.GetConnectionString("Workflow") is not { Length: > 0 } database)
{
    Console.Error.WriteLine("PortalBackend: ConnectionStrings:Workflow is missing: give the silos' database, as ConnectionStrings__Workflow='Host=db;Database=workflow;Username=portal'");
    return 2;
}

// All that a client of the cluster needs: where its silos are written down, and the engine over their grains.
builder.UseOrleansClient(client =>
{
    client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (builder.Configuration["Cluster:Id"] ?? "workflow", builder.Configuration["Cluster:Service"] ?? "workflow"));
    client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", database));
    client.UseConnectionRetryFilter((_, stop) => Task.Delay(TimeSpan.FromSeconds(1), stop).ContinueWith(t => t.IsCompletedSuccessfully, TaskScheduler.Default));
    client.AddWorkflow();
});
var app = builder.Build();
var html = HtmlEncoder.Create(UnicodeRanges.All);

// Stands for the sign-in of a real portal: whoever holds the cookie is the person. No other site can send it (SameSite).
app.Use((context, next) =>
{
    if (context.Request.Cookies["person"] is not { Length: 32 } person)
    {
        person = Guid.NewGuid().ToString("N");
        context.Response.Cookies.Append("person", person, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
    }

    context.Items["person"] = Actor.Applicant(person);
    return next(context);
});

// Every page with a form bears a fresh command id, so a form that is sent twice, or again after an error, is one command.
app.MapGet("/", () => Page(200, "Birth registration", $"""
    <form method="post" action="/dossiers">
      <input type="hidden" name="id" value="{Guid.NewGuid():N}">
      <label>Your name <input name="applicant" required></label>
      <label>Name of the child <input name="child" required></label>
      <label>Date of birth <input name="born" type="date" required></label>
      <label>Commune <input name="unit" value="000.01.30.H28" required></label>
      <button>Submit</button>
    </form>
    """));

app.MapPost("/dossiers", (HttpContext context, IDossierEngine engine) => GiveAsync(context, (form, request) => engine.SubmitAsync(
    new SubmitDossier("1.001193", form["unit"].ToString())
    {
        Channel = Channel.Online,
        Applicant = new Applicant(form["applicant"].ToString()),
        Fields = [new FieldValue("child-name", form["child"].ToString()), new FieldValue("child-birth-date", form["born"].ToString())],
    },
    request)));

app.MapGet("/dossiers/{code}", async (string code, HttpContext context, IDossierEngine engine) =>
{
    var person = PersonOf(context);
    if (!DossierCode.IsCode(code) || await engine.FindAsync(new DossierCode(code)) is not { } dossier || dossier.Owner != person.Id)
    {
        return Page(404, "No such dossier", "<p>There is no dossier of yours under this code.</p>");
    }

    var actions = (await engine.PermittedAsync(new DossierCode(code), person) ?? []).Where(t => t.Roles.Any(person.Has)).Select(t => t.IsPermitted
        ? $"""<li><form method="post" action="/dossiers/{html.Encode(code)}"><input type="hidden" name="id" value="{Guid.NewGuid():N}"><input type="hidden" name="version" value="{dossier.Version}"><button name="trigger" value="{html.Encode(t.Trigger)}">{html.Encode(t.Trigger)}</button></form></li>"""
        : $"<li>{html.Encode(t.Trigger)}, not now: {html.Encode(string.Join("; ", t.Unmet.Select(u => u.Message)))}</li>");
    return Page(200, code, $"""
        <p>State: <b>{html.Encode(dossier.State)}</b>, version {dossier.Version}, with {html.Encode(dossier.Unit)}.</p>
        <p>{(dossier.Clock is { } clock ? $"Promised for {clock.Due:dd/MM/yyyy HH:mm}." : "No date is promised yet.")}</p>
        <ul>{string.Concat(actions)}</ul>
        """);
});

app.MapPost("/dossiers/{code}", (string code, HttpContext context, IDossierEngine engine) => GiveAsync(context, (form, request) => DossierCode.IsCode(code)
    ? engine.ExecuteAsync(new DossierCode(code), new FireTrigger(form["trigger"].ToString()), request with { ExpectedVersion = int.TryParse(form["version"], out var seen) ? seen : null })
    : ValueTask.FromResult<CommandResult>(new CommandResult.NotFound(default))));

app.Run();
return 0;

// Whatever becomes of a command is a value, and all of them are answered here.
async Task<IResult> GiveAsync(HttpContext context, Func<IFormCollection, CommandRequest, ValueTask<CommandResult>> give)
{
    try
    {
        var form = await context.Request.ReadFormAsync();
        return await give(form, new CommandRequest(new CommandId(form["id"].ToString()), PersonOf(context))) switch
        {
            CommandResult.Accepted done => SeeOther(context, $"/dossiers/{Uri.EscapeDataString(done.Code.Value)}"),
            CommandResult.Rejected refused => Page(422, "Not possible", $"<ul>{string.Concat(refused.Unmet.Select(u => $"<li>{html.Encode(u.ToString())}</li>"))}</ul>"),
            CommandResult.NotFound => Page(404, "No such dossier", "<p>There is no dossier of yours under this code.</p>"),
            CommandResult.IdReused => Page(409, "Sent before", "<p>This form was sent before with other content: open it anew.</p>"),
            CommandResult.Busy busy => Page(503, "Busy", $"<p>Send the form again in {Math.Ceiling(busy.RetryAfter.TotalSeconds)} s.</p>"),
            _ => throw new InvalidOperationException("A later release of the engine answers what this one does not know."),
        };
    }
    catch (Exception e) when (e is TimeoutException or EngineFaultException)
    {
        return Page(503, "No answer", "<p>Send the same form again: if it was done already, it is not done twice.</p>");
    }
    catch (Exception e) when (e is ArgumentException or InvalidDataException or BadHttpRequestException)
    {
        return Page(400, "Unusable form", $"<p>{html.Encode(e.Message)}</p>");
    }
}

static Actor PersonOf(HttpContext context) => (Actor)context.Items["person"]!;

static IResult SeeOther(HttpContext context, string path)
{
    context.Response.Headers.Location = path;
    return Results.StatusCode(303);
}

IResult Page(int status, string title, string body) =>
    Results.Content($"""<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.Encode(title)}</title><h1>{html.Encode(title)}</h1>{body}<p><a href="/">A new dossier</a></p></html>""", "text/html; charset=utf-8", null, status);
