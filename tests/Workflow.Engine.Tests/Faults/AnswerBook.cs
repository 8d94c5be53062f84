namespace Workflow.Engine.Tests.Faults;

/// <summary>What a caller was told of a command that was accepted.</summary>
internal sealed record Answer(string Caller, string CommandId, string Code, int Version, string Outcome, bool IsRepeat);

/// <summary>What callers were told, written down at the moment of the answer. Safe to share between threads.</summary>
internal sealed class AnswerBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Caller, string CommandId), Answer> _answers = [];
    private readonly List<string> _contradictions = [];
    private long _repeats;

    // Who waits for more answers, and for how many in all.
    private (int Count, TaskCompletionSource Reached)? _awaited;

    /// <summary>The first answer to each command.</summary>
    public IReadOnlyDictionary<(string Caller, string CommandId), Answer> Answers => _answers;

    /// <summary>Answers that contradict an earlier one to the same command: it was done again, or its outcome is another.</summary>
    public IReadOnlyList<string> Contradictions => _contradictions;

    /// <summary>How many commands were answered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    /// <summary>How many answers were given to commands that had been answered before.</summary>
    public long Repeats => Volatile.Read(ref _repeats);

    public void Take(Answer answer)
    {
        lock (_lock)
        {
            if (_answers.TryAdd((answer.Caller, answer.CommandId), answer))
            {
                if (_awaited is { } awaited && _answers.Count >= awaited.Count)
                {
                    awaited.Reached.TrySetResult();
                }

                return;
            }

            _repeats++;
            var first = _answers[(answer.Caller, answer.CommandId)];

            // Of two hosts the one that found it done may be heard first.
            if ((!answer.IsRepeat && !first.IsRepeat) || answer with { IsRepeat = first.IsRepeat } != first)
            {
                _contradictions.Add($"{first}, and then {answer}");
            }
            else if (!answer.IsRepeat)
            {
                _answers[(answer.Caller, answer.CommandId)] = answer;
            }
        }
    }

    /// <summary>Ends when so many more commands than now have been answered. One may wait at a time.</summary>
    public Task MoreAsync(int commands)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited = (_answers.Count + commands, reached);
        }

        return reached.Task;
    }
}
