using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Workflow.Engine.Audit;

/// <summary>Makes a stream out of pages, each behind the place at which the one before ended.</summary>
internal static class Scanning
{
    /// <summary>How many items are read at once.</summary>
    public const int PageLength = 1_000;

    /// <param name="first">The place before the first item.</param>
    /// <param name="read">Reads a page behind a place; a page shorter than <see cref="PageLength"/> is the last one.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async IAsyncEnumerable<T> PagesAsync<TPlace, T>(
        TPlace first, Func<TPlace, ValueTask<List<(TPlace Place, T Item)>>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        var place = first;
        List<(TPlace Place, T Item)> page;
        do
        {
            ct.ThrowIfCancellationRequested();
            page = await read(place).ConfigureAwait(false);
            foreach (var (_, item) in page)
            {
                yield return item;
            }

            place = page.Count > 0 ? page[^1].Place : place;
        }
        while (page.Count == PageLength);
    }

    /// <summary>Reads ahead of whoever takes the items: storage and verification then work at once.</summary>
    public static async IAsyncEnumerable<T> AheadAsync<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var chunks = Channel.CreateBounded<List<T>>(new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(source, chunks.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(ct).ConfigureAwait(false))
            {
                foreach (var item in chunk)
                {
                    yield return item;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    // What goes wrong is told to whoever takes the items.
    private static async Task ReadAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<List<T>> to, CancellationToken ct)
    {
        try
        {
            var chunk = new List<T>(PageLength);
            await foreach (var item in source.ConfigureAwait(false))
            {
                chunk.Add(item);
                if (chunk.Count == PageLength)
                {
                    await to.WriteAsync(chunk, ct).ConfigureAwait(false);
                    chunk = new List<T>(PageLength);
                }
            }

            await to.WriteAsync(chunk, ct).ConfigureAwait(false);
            to.Complete();
        }
        catch (Exception fault)
        {
            to.TryComplete(fault);
        }
    }

    /// <summary>Reads an item, or says that it cannot be read.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="unreadable">What to say in its place, given why.</param>
    public static T Tolerant<T>(Func<T> read, Func<string, T> unreadable)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            return unreadable("a column holds what the engine never writes there");
        }
    }
}
