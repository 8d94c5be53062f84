namespace Workflow.Engine.Journal;

/// <summary>What every store asks of a batch before it touches anything.</summary>
internal static class AppendBatch
{
    /// <exception cref="ArgumentException">The results are shorter than the batch, or a version is below 1.</exception>
    public static void Require(IReadOnlyList<JournalAppend> batch, AppendResult[] results)
    {
        if (results.Length < batch.Count)
            throw new ArgumentException($"{results.Length} results cannot tell of {batch.Count} appends.", nameof(results));
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Version < 1)
                throw new ArgumentException($"Append {i} has version {batch[i].Version}: versions start at 1.", nameof(batch));
        }
    }
}
