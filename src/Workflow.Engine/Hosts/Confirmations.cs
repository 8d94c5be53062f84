using Workflow.Engine.Journal;

namespace Workflow.Engine.Hosts;

/// <summary>Asks the store how dossiers stand, once for all who have come while the question before was under way.</summary>
/// <remarks>Safe to share between threads.</remarks>
internal sealed class Confirmations(ISharedStore store)
{
    private const int MostAtOnce = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<Question> _waiting = new();
    private bool _asking;

    /// <summary>Returns how a dossier stands at a moment after this call, and the revision of that moment.</summary>
    /// <exception cref="StorageException">The store could not be asked.</exception>
    public Task<Standing> AskAsync(Confirmation wanted)
    {
        var question = new Question(wanted);
        lock (_lock)
        {
            _waiting.Enqueue(question);
            if (_asking)
            {
                return question.Task;
            }

            _asking = true;
        }

        _ = Task.Run(RunAsync);
        return question.Task;
    }

    /// <summary>Returns the revision of a moment after this call.</summary>
    /// <exception cref="StorageException">The store could not be asked.</exception>
    public Task<Standing> AskRevisionAsync() => AskAsync(new Confirmation(string.Empty));

    private async Task RunAsync()
    {
        var questions = new List<Question>();
        while (true)
        {
            lock (_lock)
            {
                while (questions.Count < MostAtOnce && _waiting.TryDequeue(out var question))
                {
                    questions.Add(question);
                }

                if (questions.Count == 0)
                {
                    _asking = false;
                    return;
                }
            }

            await AskAsync(questions).ConfigureAwait(false);
            questions.Clear();
        }
    }

    private async ValueTask AskAsync(List<Question> questions)
    {
        try
        {
            var found = new Confirmed[questions.Count];
            var revision = await store.ConfirmAsync(questions.ConvertAll(q => q.Wanted), found, CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < found.Length; i++)
            {
                questions[i].SetResult(new Standing(revision, found[i].Version, found[i].CommandVersion));
            }
        }
        catch (Exception fault)
        {
            // Nobody is told twice: answers are given only when all of them are there.
            foreach (var question in questions)
            {
                question.TrySetException(fault);
            }
        }
    }

    private sealed class Question(Confirmation wanted) : TaskCompletionSource<Standing>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Confirmation Wanted => wanted;
    }
}

/// <summary>How a dossier stands in the store.</summary>
/// <param name="Revision">The revision of the published definitions.</param>
/// <param name="Version">The dossier's version, or 0.</param>
/// <param name="CommandVersion">The version that the command made, or 0.</param>
internal readonly record struct Standing(long Revision, int Version, int CommandVersion);
