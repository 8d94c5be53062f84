using System.CommandLine;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary><c>serve</c>: the engine behind an HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create(HostEnvironment environment)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where it listens, separated by ';'; port 0 for any that is free. Put a proxy that speaks https before it.",
            HelpName = "URLS",
            DefaultValueFactory = _ => DefaultUrl,
        };
        var engine = new Option<string>("--engine") { Description = $"Where dossiers are active: {EngineChoice.Offered}.", HelpName = "ENGINE", DefaultValueFactory = _ => EngineChoice.Local };
        var settings = new Option<string?>("--settings") { Description = "A JSON file of settings; variables WORKFLOW_SERVE__SECTION__NAME win over it.", HelpName = "FILE" };
        var development = new Option<bool>("--development") { Description = "Issue tokens to everybody at /dev/token; on this machine alone." };
        var store = new StoreOptions();
        var command = new Command("serve", "Serves the HTTP API until it is stopped.") { urls, engine, settings, development };
        store.AddTo(command);
        var silo = new SiloOptions();
        if (EngineChoice.HasCluster)
        {
            silo.AddTo(command);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var mistakes = new List<string>();
            var choice = new ServeChoice
            {
                Urls = parsed.GetRequiredValue(urls),
                Engine = parsed.GetRequiredValue(engine),
                SettingsFile = parsed.GetValue(settings),
                IsDevelopment = parsed.GetValue(development),
                Store = store.Choose(parsed, environment),
                Silo = silo.Read(parsed, EngineChoice.HasCluster && parsed.GetRequiredValue(engine) == EngineChoice.Cluster, mistakes),
            };
            return RunAsync(environment, choice, mistakes, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(HostEnvironment environment, ServeChoice choice, List<string> mistakes, CancellationToken cancellationToken)
    {
        var plan = ServePlan.Of(choice, environment, mistakes);
        if (mistakes.Count > 0)
        {
            foreach (var mistake in mistakes)
            {
                await environment.Error.WriteLineAsync($"workflow: {mistake}").ConfigureAwait(false);
            }

            return ExitStatus.Unusable;
        }

        await WebServer.RunAsync(
            plan,
            environment,
            app => environment.Output.WriteLine($"listening on {string.Join(" and ", app.Urls)} over {choice.Store.Name}{app.Services.GetService<SiloPlan>()}{(choice.IsDevelopment ? "; tokens from /dev/token" : string.Empty)}"),
            cancellationToken).ConfigureAwait(false);
        return ExitStatus.Done;
    }
}
