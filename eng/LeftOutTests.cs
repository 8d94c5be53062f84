using System.Reflection;

namespace Workflow.Testing;

/// <summary>All that remains of a test project whose packages are not to be had.</summary>
public sealed class LeftOutTests
{
    [Fact]
    public void Part_WithoutItsPackages_IsLeftOut() =>
        Assert.Skip(typeof(LeftOutTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "LeftOutBecause").Value!);
}
