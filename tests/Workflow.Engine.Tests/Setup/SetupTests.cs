using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Setup;

public sealed class SetupTests
{
    [Fact]
    public async Task Options_WithMistakes_AreRefusedWithAMessageForEach()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => Office.OpenAsync(o =>
        {
            o.IdleTimeout = TimeSpan.Zero;
            o.ActiveCap = 0;
            o.QueueLength = 0;
            o.BatchSize = 0;
            o.NumberBlock = 0;
            o.BusyRetryAfter = TimeSpan.FromSeconds(-1);
            o.Salts = null!;
        }));

        Assert.Equal(
            ["ActiveCap", "BatchSize", "BusyRetryAfter", "IdleTimeout", "NumberBlock", "QueueLength", "Salts"],
            fault.Failures.Select(f => f.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Definitions_ArePublishedOnceAndCanBeReadBack()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        for (var i = 0; i < 2; i++)
        {
            await using var engine = await Office.OpenAsync(store, clock);
        }

        var procedure = Assert.Single(await store.ReadDefinitionsAsync(DefinitionKinds.Procedure, default));
        Assert.Equal(Office.Procedure.ContentHash, Procedure.Compile(DefinitionJson.ReadProcedure(procedure.Content)).ContentHash);
        Assert.Equal(Office.Calendar.ContentHash, Assert.Single(await store.ReadDefinitionsAsync(DefinitionKinds.Calendar, default)).ContentHash);
        Assert.Single(await store.ReadDefinitionsAsync(DefinitionKinds.Units, default));
    }

    [Fact]
    public async Task SameVersionWithOtherContent_IsRefusedByName()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        await using (await Office.OpenAsync(store, clock))
        {
        }

        var fault = await Assert.ThrowsAsync<DefinitionConflictException>(() => Office.OpenAsync(store, clock, null, new ProcedureSet(Office.Define(1, "3 working days"))));
        Assert.Contains("T.1 version 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProcedureSet_FindsTheNewestAndTheExactVersion()
    {
        var set = new ProcedureSet(Office.Define(2), Office.Define(1));

        Assert.Equal(2, set.Find("T.1")!.Version.Number);
        Assert.Equal(1, set.Find("T.1", 1)!.Version.Number);
        Assert.Null(set.Find("T.1", 3));
        Assert.Null(set.Find("T.2"));
        Assert.Throws<ArgumentException>(() => new ProcedureSet(Office.Define(1), Office.Define(1)));
    }

    [Fact]
    public async Task Hosting_GivesTheEngineOnceItIsStarted()
    {
        var clock = new VirtualClock(Office.Start);
        var options = Options.Create(new WorkflowEngineOptions { BatchSize = 8 });
        await using var store = new MemoryJournalStore(clock);
        await using var hosting = new WorkflowEngineHosting(store, new ProcedureSet(Office.Procedure), Office.Units, Office.Calendar, clock, options, []);

        Assert.Contains("StartAsync", Assert.Throws<InvalidOperationException>(() => { _ = hosting.Engine; }).Message, StringComparison.Ordinal);
        var started = await hosting.StartAsync();
        Assert.Same(started, hosting.Engine);
        Assert.Same(started, await hosting.StartAsync());
        await started.AcceptedAsync("a");
    }

    [Fact]
    public void Services_AreRegistered()
    {
        var services = new ServiceCollection().AddWorkflowEngine(o => o.BatchSize = 8).AddWorkflowEngine();

        foreach (var type in new[] { typeof(WorkflowEngineHosting), typeof(DossierEngine), typeof(IDossierEngine), typeof(TimeProvider), typeof(IValidateOptions<WorkflowEngineOptions>) })
        {
            Assert.Single(services, s => s.ServiceType == type);
        }
    }
}
