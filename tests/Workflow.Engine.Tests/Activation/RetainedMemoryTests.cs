using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Activation;

/// <summary>Measured alone, since what other tests keep counts as well.</summary>
[CollectionDefinition(nameof(RetainedMemoryTests), DisableParallelization = true)]
public sealed class RetainedMemoryRun;

[Collection(nameof(RetainedMemoryTests))]
public sealed class RetainedMemoryTests
{
    [Fact]
    public async Task IdleActiveDossier_RetainsLittleMemory()
    {
        const int Count = 20_000;
        var clock = new VirtualClock(Office.Start);
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync();
        await using var engine = await Office.OpenAsync(store, clock);
        await engine.AcceptedAsync("warm");
        var submissions = Enumerable.Range(0, Count).Select(i => (Id: $"s{i}", Name: $"Nguyễn Thị Minh Khai {i:D5}")).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Parallel.ForEachAsync(submissions, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (s, ct) =>
        {
            var code = Office.Accepted(await engine.SubmitAsync(Office.Submission(name: s.Name), Office.Request(s.Id), ct)).Code;
            Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("accept"), Office.Request("accept"), ct));
        });
        var perDossier = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;

        Assert.Equal(Count + 1, engine.ActiveCount);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perDossier:F0} B per idle active dossier");
        Assert.InRange(perDossier, 100, 1_024);
    }
}
