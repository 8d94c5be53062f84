using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Workflow.Core.Engines;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests;
using Workflow.Grains.Dossiers;
using Workflow.Silo.Health;

namespace Workflow.Silo.Tests.Docs;

/// <summary>What the pages on Orleans show is compiled, and the tests that they name exist.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("docs/orleans.md")]
    [InlineData("src/Workflow.Silo/README.md")]
    [InlineData("src/Workflow.Grains/README.md")]
    public void EveryLineOfCode_StandsInCompiledCode(string page)
    {
        var compiled = MarkdownBlocks.Lines("tests/Workflow.Silo.Tests/Docs/PageSnippets.cs").ToHashSet(StringComparer.Ordinal);
        var quoted = MarkdownBlocks.Of(page, "csharp").SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();

        Assert.NotEmpty(quoted);
        Assert.All(quoted, line => Assert.Contains(line, compiled));
    }

    [Fact]
    public void EveryTestOfATrap_Exists()
    {
        var tests = typeof(PageTests).Assembly.GetTypes().Where(t => t.IsPublic).SelectMany(t => t.GetMethods().Select(m => $"{t.Name}.{m.Name}").Append(t.Name)).ToHashSet(StringComparer.Ordinal);
        var named = File.ReadLines(RepositoryRoot.PathOf("docs/orleans.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Split('|')[^2].Trim())
            .Where(cell => cell.Contains("Tests", StringComparison.Ordinal)).Select(cell => cell.Split('`')[1]).ToList();

        Assert.True(named.Count >= 10, $"{named.Count} tests are named");
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    [Fact]
    public async Task LinesOfASiloAndAClient_RegisterWhatIsCalled()
    {
        var silo = Host.CreateEmptyApplicationBuilder(null);
        PageSnippets.Silo(silo, new ProcedureSet(Office.Procedure), Office.Units, Office.Calendar);
        var client = Host.CreateEmptyApplicationBuilder(null);
        PageSnippets.ClientByGateways(client);

        using var host = silo.Build();
        using var caller = client.Build();

        Assert.IsType<GrainDossierEngine>(host.Services.GetRequiredService<IDossierEngine>());
        Assert.IsType<GrainDossierEngine>(caller.Services.GetRequiredService<IDossierEngine>());
        var check = Assert.Single(host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations, r => r.Name == WorkflowSiloHealthChecks.Ready);
        var before = await check.Factory(host.Services).CheckHealthAsync(new HealthCheckContext { Registration = check });
        Assert.Equal((HealthStatus.Unhealthy, "The silo has not joined the cluster yet."), (before.Status, before.Description));
    }
}
