using System.Globalization;
using System.Text.Json;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>A command that a dossier accepted, without personal data: enough to know what to read again.</summary>
internal sealed record ChangeView(string Code, int Version, DateTimeOffset OccurredAt, IReadOnlyList<string> Kinds)
{
    public string? State { get; init; }

    public int? PortalStatus { get; init; }
}

/// <summary>Live changes of the dossiers in a person's reach, as server-sent events in the order of the journal; each bears the cursor from which to go on.</summary>
internal static class Changes
{
    private const int Page = 200;

    // A token's rights are looked at again when the client comes back.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(15);

    // Who reads far back leaves room for commands.
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(20);

    public static async Task<ApiAnswer> StreamAsync(ApiCall call)
    {
        var wait = call.Query("wait") switch
        {
            null or "true" => true,
            "false" => false,
            _ => throw new ProblemException(Problems.Malformed("the parameter 'wait' is neither true nor false")),
        };
        var store = call.Part<IJournalStore>();
        var end = await store.ReadEndAsync(call.Aborted).ConfigureAwait(false);
        var after = Told(call) ?? end;
        if (after > end)
        {
            throw new ProblemException(Problems.CursorGone());
        }

        var following = call.Part<ChangeSignal>().Follow(call.Caller.Id) ?? throw new ProblemException(Problems.TooMany(s_silence));
        return new StreamAnswer(call, store, following, after, wait);
    }

    private static JournalCursor? Told(ApiCall call)
    {
        var text = call.Query("after") ?? call.OptionalHeader("Last-Event-ID");
        try
        {
            return text is null ? null : JournalCursor.Parse(text);
        }
        catch (FormatException)
        {
            throw new ProblemException(Problems.Malformed("the cursor in Last-Event-ID or 'after' is none that a change bore: leave it out to begin now"));
        }
    }

    private sealed record StreamAnswer(ApiCall Call, IJournalStore Store, IDisposable Following, JournalCursor After, bool Wait) : ApiAnswer(StatusCodes.Status200OK)
    {
        protected override async Task WriteBodyAsync(HttpContext context)
        {
            try
            {
                context.Response.ContentType = "text/event-stream";
                using var life = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, Call.Part<IHostApplicationLifetime>().ApplicationStopping);
                life.CancelAfter(s_longest);
                await context.Response.Body.FlushAsync(life.Token).ConfigureAwait(false);
                await FollowAsync(context.Response, life.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The client comes back with the last cursor.
            }
            finally
            {
                Following.Dispose();
            }
        }

        private async Task FollowAsync(HttpResponse response, CancellationToken cancellationToken)
        {
            var signal = Call.Part<ChangeSignal>();
            var after = After;
            while (true)
            {
                var grown = signal.Next();
                var rows = await Store.ReadJournalAsync(after, Page, cancellationToken).ConfigureAwait(false);
                foreach (var row in rows)
                {
                    after = row.Cursor;
                    if (await TextAsync(row, cancellationToken).ConfigureAwait(false) is { } text)
                    {
                        await response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
                    }
                }

                if (rows.Count > 0)
                {
                    // A cursor without data moves the client on past what is not for it.
                    await response.WriteAsync($"id: {after}\n\n", cancellationToken).ConfigureAwait(false);
                    await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                }

                if (rows.Count == Page)
                {
                    await Task.Delay(s_breath, cancellationToken).ConfigureAwait(false);
                }
                else if (!Wait)
                {
                    return;
                }
                else if (rows.Count == 0 && await Task.WhenAny(grown, Task.Delay(s_silence, cancellationToken)).ConfigureAwait(false) != grown)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await response.WriteAsync(": still here\n\n", cancellationToken).ConfigureAwait(false);
                    await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        // Null for a dossier out of reach, by where it is now.
        private async ValueTask<string?> TextAsync(JournalRow row, CancellationToken cancellationToken)
        {
            if (await Call.Engine.FindAsync(new DossierCode(row.Code), cancellationToken).ConfigureAwait(false) is not { } dossier || Call.Reach.SightOf(Call.Caller, dossier) == Sight.None)
            {
                return null;
            }

            var events = DossierJson.ReadRecorded(row.Data, []).Events;
            var moved = events.OfType<DossierMoved>().LastOrDefault();
            var submitted = events.OfType<DossierSubmitted>().LastOrDefault();
            var change = new ChangeView(row.Code, row.Version, row.OccurredAt, [.. events.Select(e => EventView.KindOf(e.GetType()))])
            {
                State = moved?.To ?? submitted?.State,
                PortalStatus = (int?)(moved is not null ? moved.Status : submitted?.Status),
            };
            return string.Create(CultureInfo.InvariantCulture, $"id: {row.Cursor}\nevent: change\ndata: {JsonSerializer.Serialize(change, ApiJson.Context.ChangeView)}\n\n");
        }
    }
}
