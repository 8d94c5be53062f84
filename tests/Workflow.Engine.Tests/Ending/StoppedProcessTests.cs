using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Faults;
using Workflow.Engine.Tests.Sqlite;

namespace Workflow.Engine.Tests.Ending;

[Collection(FaultTests.Name)]
public sealed class StoppedProcessTests
{
    private const int Callers = 16;

    [Fact]
    public async Task ProcessAskedToStopUnderLoad_AnswersAllThatItStoresAndEnds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGTERM is a signal of Unix.");
        using var folder = new DataFolder();

        var answers = 0;
        new Crasher(("sqlite", folder.Path), "host", Callers).RunAndStop(500, _ => answers++);

        // A kill may leave a command of each caller stored and unanswered; a stop leaves none.
        await using var store = new SqliteJournalStore(folder.Path, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        Assert.Equal(answers, (await store.CountAsync(CancellationToken.None)).Events);
    }
}
