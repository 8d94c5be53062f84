using System.Net;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Workflow.Host.Terminal;

namespace Workflow.Host.Pages;

/// <summary>Serves the score card on this machine alone, read-only.</summary>
internal static class ScoreCardServer
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
    ];

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="card">What to serve.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="started">Told the address once it answers.</param>
    /// <param name="cancellationToken">Stops it. Stopping is the ordinary end: nothing is thrown.</param>
    /// <exception cref="UnusableInputException">The port cannot be used.</exception>
    public static async Task RunAsync(ScoreCard card, int port, Action<Uri> started, CancellationToken cancellationToken)
    {
        RequirePort(port);
        var app = Build(card, port);
        await using (app.ConfigureAwait(false))
        {
            await StartAsync(app, port).ConfigureAwait(false);
            started(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var grace = new CancellationTokenSource(s_grace);
            await app.StopAsync(grace.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses a port that cannot be used, before long work is done for it.</summary>
    /// <exception cref="UnusableInputException">It is no port, or another process has it.</exception>
    public static void RequirePort(int port)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new UnusableInputException($"--port {port} is no port: give a number from 0 (any that is free) to {IPEndPoint.MaxPort}");
        }

        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException e)
        {
            throw Unusable(port, e);
        }
    }

    private static WebApplication Build(ScoreCard card, int port)
    {
        var pages = new[] { PageWords.Vi, PageWords.En }.ToDictionary(w => w.Language, w => Encoding.UTF8.GetBytes(ScoreCardPage.Render(card, w)), StringComparer.Ordinal);
        var style = Style();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });

        // Signals are the command line's: see Program.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, pages, style));
        return app;
    }

    private static async Task StartAsync(WebApplication app, int port)
    {
        try
        {
            // Not the caller's token: a server that is stopped while it starts is still stopped in order.
            await app.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw Unusable(port, e);
        }
    }

    private static UnusableInputException Unusable(int port, Exception cause) =>
        new($"port {port} is in use or cannot be used ({Faults.OneLine(cause.Message).TrimEnd('.')}): name another one with --port, or 0 for any that is free", cause);

    private static Task AnswerAsync(HttpContext context, Dictionary<string, byte[]> pages, byte[] style)
    {
        var response = context.Response;
        foreach (var (name, value) in s_headers)
        {
            response.Headers[name] = value;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        return context.Request.Path.Value switch
        {
            "/" => WriteAsync(context, "text/html; charset=utf-8", pages[PageWords.Of(context.Request.Query["lang"]).Language]),
            "/style.css" => WriteAsync(context, "text/css; charset=utf-8", style),
            "/health" => WriteAsync(context, MediaTypeNames.Application.Json, "{\"status\":\"ok\"}"u8.ToArray()),
            _ => NotFoundAsync(context),
        };
    }

    private static async Task WriteAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(context, "text/plain; charset=utf-8", "There is no such page: see /\n"u8.ToArray());
    }

    private static byte[] Style()
    {
        using var resource = typeof(ScoreCardServer).Assembly.GetManifestResourceStream("Workflow.Host.Pages.style.css")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
