using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Journal;

public sealed class MemoryJournalStoreTests : JournalStoreContract
{
    protected override IJournalStore CreateStore() => new MemoryJournalStore(Time);

    [Fact]
    public void Store_InMemory_IsExclusive() => Assert.True(Store.IsExclusive);
}
