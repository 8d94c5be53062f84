using System.Xml;

namespace Workflow.Core.EventLogs;

/// <summary>Thrown by the bounded input below through the XML parser; the cursor turns it into a refusal with a line.</summary>
internal sealed class InputBoundException(string message) : Exception(message);

/// <summary>A stream that refuses to give more than a number of bytes between two calls of <see cref="Renew"/>.</summary>
internal sealed class BoundedStream(Stream inner, long budget) : Stream
{
    private readonly long _budget = budget;
    private long _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Renew() => _left = _budget;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_left <= 0)
        {
            throw new InputBoundException("one tag or comment, or the space between two tags, is too long to be held: shorten it, or raise the limit on the length of texts");
        }

        int read = inner.Read(buffer);
        _left -= read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The parser keeps every name it meets for as long as it lives; this table refuses a file that never stops inventing names.</summary>
internal sealed class BoundedNameTable(int limit) : XmlNameTable
{
    private readonly NameTable _inner = new();
    private int _count;

    public override string Add(char[] array, int offset, int length)
    {
        string? known = _inner.Get(array, offset, length);
        if (known is null)
        {
            CountOne();
        }

        return known ?? _inner.Add(array, offset, length);
    }

    public override string Add(string array)
    {
        string? known = _inner.Get(array);
        if (known is null)
        {
            CountOne();
        }

        return known ?? _inner.Add(array);
    }

    public override string? Get(char[] array, int offset, int length) => _inner.Get(array, offset, length);

    public override string? Get(string array) => _inner.Get(array);

    private void CountOne()
    {
        if (++_count > limit)
        {
            throw new InputBoundException($"the file uses more than {limit} different element and attribute names: write the data as XES attributes with a key and a value");
        }
    }
}
