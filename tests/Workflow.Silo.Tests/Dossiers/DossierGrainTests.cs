using Workflow.Core.Engines;
using Workflow.Engine.Tests;
using Workflow.Silo.Tests.Clusters;
using static Workflow.Engine.Tests.Office;

namespace Workflow.Silo.Tests.Dossiers;

public sealed class DossierGrainTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_SubmitsAndExecutesThroughGrains()
    {
        await using var cluster = await TestCluster.StartAsync();
        var engine = cluster.Engine;

        var code = await engine.AcceptedAsync("1");
        var dossier = await engine.FindAsync(code, Ct);

        Assert.Equal((2, "Working"), (dossier!.Version, dossier.State));
        Assert.Equal("Nguyễn Văn A", dossier.Personal!.Fields[0].Value);
        Assert.Equal([1, 2], (await engine.HistoryAsync(code, cancellationToken: Ct)).Select(e => e.Version));
        Assert.Contains((await engine.PermittedAsync(code, Clerk, Ct))!, p => p.Trigger == "finish" && p.IsPermitted);
    }
}
