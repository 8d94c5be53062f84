using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Host.Procedures;
using Workflow.Host.Terminal;

namespace Workflow.Host.Tests.Setup;

/// <summary>What an embedder with a generic host writes.</summary>
public sealed class EmbeddedHostTests
{
    private static readonly HostEnvironment s_environment = new(TextWriter.Null, TextWriter.Null);

    [Fact]
    public async Task AddWorkflowEngine_StartsWithTheHostAndDrainsAtItsEnd()
    {
        using var host = Build(_ => { });
        await host.StartAsync();
        var engine = host.Services.GetRequiredService<IDossierEngine>();

        var submission = new SubmitDossier("2.000815", "000.01.30.H28")
        {
            Applicant = new Applicant("Nguyễn Văn A"),
        };
        var result = await engine.SubmitAsync(submission, new CommandRequest(new CommandId("one"), Actor.Applicant("citizen-1")) { OccurredAt = new DateTimeOffset(2020, 11, 6, 9, 0, 0, TimeSpan.FromHours(7)) });

        var accepted = Assert.IsType<CommandResult.Accepted>(result);
        Assert.Equal("000.01.30.H28-201106-0001", accepted.Code.Value);
        await host.StopAsync();
        Assert.IsType<CommandResult.Busy>(await engine.SubmitAsync(submission, new CommandRequest(new CommandId("two"), Actor.Applicant("citizen-1"))));
        Assert.Equal(1, (await engine.FindAsync(accepted.Code))!.Version);
        host.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.FindAsync(accepted.Code));
    }

    [Fact]
    public async Task AddWorkflowEngine_WithMistakesInItsOptions_DoesNotStartAndNamesEach()
    {
        using var host = Build(options =>
        {
            options.ActiveCap = 0;
            options.BatchSize = 0;
        });

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(2, refused.Failures.Count());
    }

    private static IHost Build(Action<WorkflowEngineOptions> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IJournalStore>(new MemoryJournalStore(TimeProvider.System));
        builder.Services.AddSingleton(new ProcedureSet(Catalogue.Procedures(s_environment).All));
        builder.Services.AddSingleton(Catalogue.Units(s_environment));
        builder.Services.AddSingleton(Catalogue.Calendar(s_environment));
        builder.Services.AddWorkflowEngine(configure);
        return builder.Build();
    }
}
