using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>Maps the table of endpoints, and turns whatever goes wrong into a problem.</summary>
internal static partial class ApiRoutes
{
    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];

    public static void AddApi(this IServiceCollection services) => services.AddSingleton<ChangeSignal>().AddHealthChecks();

    public static void UseApi(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiRoutes));
        app.Use((context, next) => GuardAsync(context, next, logger));
        app.Use(CallerGate.ReadAsync);
        app.UseRouting();
        app.UseRateLimiter();
        app.Use(CallerGate.RefuseAsync);
        foreach (var endpoint in ApiTable.Of(app.Services))
        {
            var route = app.MapMethods(endpoint.Pattern, [endpoint.Method], context => AnswerAsync(endpoint, context)).WithName(endpoint.Name).WithMetadata(endpoint);
            if (endpoint.IsUncounted)
            {
                route.DisableRateLimiting();
            }
        }
    }

    private static async Task AnswerAsync(ApiEndpoint endpoint, HttpContext context)
    {
        var caller = CallerGate.CallerOf(context);
        switch (endpoint.Callers)
        {
            case Callers.Everyone:
                break;
            case Callers.Persons or Callers.Officers when caller is null:
                throw new ProblemException(Problems.NoToken());
            case Callers.Officers when !caller.IsOfficer:
                throw new ProblemException(Problems.Forbidden("this is for persons who act for a unit"));
        }

        var answer = await endpoint.Handler(new ApiCall(context)).ConfigureAwait(false);
        await answer.WriteAsync(context).ConfigureAwait(false);
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        foreach (var (name, value) in s_headers)
        {
            context.Response.Headers[name] = value;
        }

        try
        {
            await next(context).ConfigureAwait(false);
            if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest && context.Response.ContentLength is null)
            {
                await (context.Response.StatusCode switch
                {
                    StatusCodes.Status404NotFound => Problems.NotFound("there is nothing at this path: see /openapi/v1.json"),
                    StatusCodes.Status405MethodNotAllowed => Problems.NoMethod(context.Response.Headers.Allow),
                    var status => new Problem("refused", status, "The request was refused"),
                }).WriteAsync(context).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception fault)
        {
            var problem = ProblemOf(fault);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                Failed(logger, context.GetEndpoint()?.DisplayName ?? "no endpoint", problem.Kind, fault);
            }

            await problem.WriteAsync(context).ConfigureAwait(false);
        }
    }

    private static Problem ProblemOf(Exception fault) => fault switch
    {
        ProblemException told => told.Problem,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge(),
        BadHttpRequestException bad => new Problem("malformed-request", bad.StatusCode, "The request cannot be read"),
        StorageException or TimeoutException => Problems.StoreAway(),
#if ORLEANS
        Grains.Calls.EngineFaultException => Problems.StoreAway(),
#endif

        // The engine ends, and another host takes the command; or other writers were faster each time. Nothing was done.
        ObjectDisposedException or ContendedDossierException => Problems.Busy(TimeSpan.FromSeconds(2)),
        _ => Problems.Defect(),
    };

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A request to {Endpoint} failed: {Problem}")]
    private static partial void Failed(ILogger logger, string endpoint, string problem, Exception fault);
}
