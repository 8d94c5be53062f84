using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Serving;

/// <summary>A host that was built without the packages of a silo.</summary>
public sealed class NoSiloTests
{
    [Fact]
    public async Task Serve_AsASilo_IsRefusedWithTheReasonAndTheWay() =>
        (await Run.CommandAsync("serve", "--engine", "orleans", "--development", "--postgres", "Host=127.0.0.1;Database=none"))
            .IsUnusable("--engine orleans is left out of this build, since the package source does not carry the optional packages Microsoft.Orleans.*", "use --engine local", "README, Optional packages");

    [Fact]
    public async Task Help_OffersTheLocalEngineAlone()
    {
        var ran = await Run.CommandAsync("serve", "--help");

        Assert.Contains("'local' is in this process", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("orleans", ran.Output, StringComparison.Ordinal);
    }
}
