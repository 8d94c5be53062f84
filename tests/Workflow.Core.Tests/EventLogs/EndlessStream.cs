using System.Text;

namespace Workflow.Core.Tests.EventLogs;

/// <summary>A file that never ends, and counts what was taken from it.</summary>
internal sealed class EndlessStream(string beginning, Func<int, string> piece) : Stream
{
    private byte[] _current = Encoding.UTF8.GetBytes(beginning);
    private int _place;
    private int _pieces;

    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_place == _current.Length)
        {
            _current = Encoding.UTF8.GetBytes(piece(_pieces++));
            _place = 0;
        }

        int read = Math.Min(count, _current.Length - _place);
        _current.AsSpan(_place, read).CopyTo(buffer.AsSpan(offset));
        _place += read;
        Given += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
