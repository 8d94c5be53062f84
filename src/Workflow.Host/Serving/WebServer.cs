using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Workflow.Host.Access;
using Workflow.Host.Api;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>Serves the API over an engine until it is told to stop; then what was let in is answered, and the engine drains.</summary>
internal static class WebServer
{
    // Longer than the engine's own patience (20 seconds).
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(28);

    /// <summary>Serves until it is told to stop. Stopping is the ordinary end: nothing is thrown.</summary>
    /// <param name="plan">What is served.</param>
    /// <param name="environment">The streams, the clock, the catalogue.</param>
    /// <param name="started">Told the server once it answers.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UnusableInputException">An address cannot be listened on, or an option of the engine has a mistake.</exception>
    /// <exception cref="Engine.Journal.StorageException">The store cannot be used.</exception>
    public static async Task RunAsync(ServePlan plan, HostEnvironment environment, Action<WebApplication> started, CancellationToken cancellationToken)
    {
        RequireFree(plan);
        var app = await BuildAsync(plan, environment, cancellationToken).ConfigureAwait(false);
        await using (app.ConfigureAwait(false))
        {
            await StartAsync(app, plan).ConfigureAwait(false);
            started(app);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<WebApplication> BuildAsync(ServePlan plan, HostEnvironment environment, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = plan.IsDevelopment ? Environments.Development : Environments.Production });
        builder.WebHost.UseKestrelCore().UseUrls([.. plan.Urls.Select(u => u.OriginalString)]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = plan.Settings.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1_024;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddProvider(new LineLog(environment.Error, environment.Clock));

        // Signals are the command line's: see Program.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = s_patience);
        builder.Services.AddRouting();
        builder.Services.AddAccess(plan);
        builder.Services.AddApi();
        await EngineChoice.AddToAsync(builder, plan, environment, cancellationToken).ConfigureAwait(false);
        if (plan.Before is { } before)
        {
            builder.Services.AddSingleton(s => before(s.GetRequiredService<Engine.DossierEngine>()));
        }

        var app = builder.Build();
        app.UseApi();
        return app;
    }

    private static async Task StartAsync(WebApplication app, ServePlan plan)
    {
        try
        {
            // Not the caller's token: a server that is stopped while it starts is still stopped in order.
            await app.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OptionsValidationException e)
        {
            throw new UnusableInputException(string.Join("; ", e.Failures), e);
        }
        catch (Exception e) when (e is SocketException || e is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException or SocketException })
        {
            throw Unusable(string.Join(';', plan.Urls.Select(u => u.OriginalString)), e);
        }
    }

    // Before the store is opened for nothing.
    private static void RequireFree(ServePlan plan)
    {
        foreach (var url in plan.Urls.Where(u => u.Port != 0))
        {
            try
            {
                // A name that is no address stands for all of them.
                using var probe = new TcpListener(url.IsLoopback && url.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback : IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : IPAddress.Any, url.Port);
                probe.Start();
            }
            catch (SocketException e)
            {
                throw Unusable(url.OriginalString, e);
            }
        }
    }

    private static UnusableInputException Unusable(string urls, Exception cause) =>
        new($"--urls '{urls}' cannot be listened on ({Faults.OneLine(cause.Message).TrimEnd('.')}): name another address or port, or port 0 for any that is free", cause);

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
