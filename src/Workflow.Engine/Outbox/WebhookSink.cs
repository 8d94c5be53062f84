using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Workflow.Engine.Outbox;

/// <summary>Posts deliveries to a webhook, signed, within a time limit.</summary>
/// <remarks>
/// The endpoint is not trusted: no redirect is followed, no cookie kept, its headers are bounded and its body is not read, nor shown anywhere. What
/// tells how a delivery fared is the status alone.
/// </remarks>
internal sealed class WebhookSink : IDeliverySink
{
    private const int LongestHeadersKilobytes = 16;
    private const int LongestDrain = 4_096;

    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly List<byte[]> _keys;
    private readonly DeliveryOptions _options;

    public WebhookSink(StoredSubscriber subscriber, DeliveryOptions options)
    {
        _options = options;
        _address = new Uri(subscriber.Url!);
        _keys = [.. subscriber.Secrets.Select(WebhookSecret.Key).OfType<byte[]>()];
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !_address.IsLoopback,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = options.AtOnce,
            MaxResponseHeadersLength = LongestHeadersKilobytes,
            MaxResponseDrainSize = LongestDrain,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),

            // So that an address that moves is found.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async ValueTask<DeliveryAnswer> DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_options.TimeLimit, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var request = Request(delivery);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return Answer(response);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return DeliveryAnswer.Unavailable(string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.TimeLimit.TotalSeconds:0.#} s"));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return DeliveryAnswer.Unavailable($"no answer ({(fault as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown})");
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(Delivery delivery)
    {
        var id = WebhookSignature.IdOf(delivery);
        var timestamp = _options.Time.GetUtcNow().ToUnixTimeSeconds();
        var content = new ReadOnlyMemoryContent(delivery.Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(delivery.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(id, timestamp, delivery.Body.Span, _keys));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("workflow", "1"));
        return request;
    }

    private DeliveryAnswer Answer(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
            return DeliveryAnswer.Taken;

        var why = string.Create(CultureInfo.InvariantCulture, $"answered {status}");
        return status switch
        {
            // Moved as a whole: a matter for people, and until then it is as if it were down.
            >= 300 and < 400 => DeliveryAnswer.Unavailable(why + ", and redirects are not followed: give the new address"),
            408 or 429 or 502 or 503 or 504 => DeliveryAnswer.Unavailable(why, RetryAfter(response)),
            410 => new DeliveryAnswer(DeliveryFate.Gone, why),
            425 => new DeliveryAnswer(DeliveryFate.Failed, why, RetryAfter(response)),
            >= 400 and < 500 => new DeliveryAnswer(DeliveryFate.Refused, why),
            _ => new DeliveryAnswer(DeliveryFate.Failed, why),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wanted = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _options.Time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wanted is not { } wait || wait <= TimeSpan.Zero ? null : wait < _options.LongestRetryAfter ? wait : _options.LongestRetryAfter;
    }
}
