namespace Workflow.Engine.Numbering;

/// <summary>A place in the line for a number: undecided, until a number is asked for or the place is left. Dispose of it in any case.</summary>
internal sealed class NumberPlace(NumberLine line) : IDisposable
{
    private readonly NumberLine _line = line;
    private TaskCompletionSource<long>? _waiting;
    private long _number;
    private bool _asks;
    private bool _left;

    public bool IsUndecided => !_asks && !_left;

    public bool Asks => _asks && !_left;

    /// <summary>Takes the number of this place, once all before it are decided.</summary>
    public ValueTask<long> TakeAsync() => _line.TakeAsync(this);

    /// <summary>Leaves the line, if no number was asked for.</summary>
    public void Dispose() => _line.Leave(this);

    // The rest is the line's, under its lock.
    public void Ask() => _asks = true;

    /// <summary>Whether the place was undecided until now.</summary>
    public bool Leave()
    {
        var wasUndecided = IsUndecided;
        _left |= wasUndecided;
        return wasUndecided;
    }

    public ValueTask<long> Number()
    {
        if (_number > 0)
        {
            return new ValueTask<long>(_number);
        }

        _waiting = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new ValueTask<long>(_waiting.Task);
    }

    public void Give(long number)
    {
        _number = number;
        _waiting?.SetResult(number);
    }

    public void Fail(Exception fault) => _waiting!.SetException(fault);
}
