namespace Workflow.Engine.Outbox;

/// <summary>What became of one delivery.</summary>
internal enum DeliveryFate
{
    /// <summary>The subscriber has it.</summary>
    Taken,

    /// <summary>No answer, or one that says "not now": the subscriber may be down.</summary>
    Unavailable,

    /// <summary>The subscriber answers that it failed: on this delivery, or on whatever it is given. It is tried again.</summary>
    Failed,

    /// <summary>This host could not make the delivery; the subscriber knows nothing of it. It is tried again.</summary>
    NotMade,

    /// <summary>The subscriber does not take it, now or later.</summary>
    Refused,

    /// <summary>The subscriber is gone for good.</summary>
    Gone,
}

/// <summary>What became of one delivery, and why.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Why">What lists show, without anything that the subscriber wrote; empty when it was taken.</param>
/// <param name="RetryAfter">How long the subscriber wants to be left alone, or null.</param>
internal readonly record struct DeliveryAnswer(DeliveryFate Fate, string Why, TimeSpan? RetryAfter = null)
{
    public static DeliveryAnswer Taken { get; } = new(DeliveryFate.Taken, string.Empty);

    public static DeliveryAnswer Unavailable(string why, TimeSpan? retryAfter = null) => new(DeliveryFate.Unavailable, why, retryAfter);
}

/// <summary>Takes deliveries to one subscriber. Safe to share between threads.</summary>
internal interface IDeliverySink : IDisposable
{
    /// <summary>Makes one delivery. Throws nothing but an <see cref="OperationCanceledException"/> when <paramref name="ct"/> ends.</summary>
    ValueTask<DeliveryAnswer> DeliverAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>Gives deliveries to code in this process.</summary>
internal sealed class HandlerSink(InProcessSubscriber subscriber, DeliveryOptions options) : IDeliverySink
{
    public async ValueTask<DeliveryAnswer> DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.TimeLimit, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await subscriber.Handle(delivery, either.Token).ConfigureAwait(false);
            return DeliveryAnswer.Taken;
        }
        catch (Exception fault) when (ct.IsCancellationRequested && fault is not OperationCanceledException)
        {
            // Whatever it throws because it is told to stop, nothing is held against the delivery.
            throw new OperationCanceledException("The engine ends.", fault, ct);
        }
        catch (DeliveryRefusedException refusal)
        {
            return new DeliveryAnswer(DeliveryFate.Refused, refusal.Message);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // The message may quote the delivery.
            return DeliveryAnswer.Unavailable(limit.IsCancellationRequested ? $"took longer than {options.TimeLimit.TotalSeconds:0.#} s" : $"threw {fault.GetType().Name}");
        }
    }

    public void Dispose()
    {
    }
}
