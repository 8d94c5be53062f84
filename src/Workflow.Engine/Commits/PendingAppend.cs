using System.Threading.Tasks.Sources;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Commits;

/// <summary>An append on its way through the shared commits, and the one who waits for it.</summary>
/// <remarks>Awaited once. The waiter goes on as a work item of the thread pool, never on the writer.</remarks>
internal sealed class PendingAppend(JournalAppend append) : IValueTaskSource<AppendResult>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<AppendResult> _source;
    private SharedCommit? _commit;
    private AppendResult _result;
    private Exception? _fault;

    public JournalAppend Append { get; } = append;

    /// <summary>How much of a message to the store it is, in bytes, but for what is short.</summary>
    public long Bytes => (long)Append.Data.Length + (Append.Personal?.Length ?? 0) + Append.Snapshot.Data.Length + (Append.Snapshot.Personal?.Length ?? 0);

    public ValueTask<AppendResult> Answer => new(this, _source.Version);

    public void Complete(SharedCommit commit, AppendResult result, Exception? fault)
    {
        (_commit, _result, _fault) = (commit, result, fault);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public AppendResult GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    // The waiter runs inside these calls, and with it, as a rule, the caller up to its next command.
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            if (_fault is null)
            {
                _source.SetResult(_result);
            }
            else
            {
                _source.SetException(_fault);
            }
        }
        finally
        {
            _commit!.Answered();
        }
    }
}
