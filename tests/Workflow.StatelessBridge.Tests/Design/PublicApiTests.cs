using Workflow.Core.Tests.Design;

namespace Workflow.StatelessBridge.Tests.Design;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsTheApprovedOne()
    {
        var path = RepositoryRoot.PathOf("tests", "Workflow.StatelessBridge.Tests", "Design", "Workflow.StatelessBridge.api.txt");
        var actual = PublicApi.Of(typeof(StatelessProcedure).Assembly);
        if (Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        // If a change is meant, run this test with WORKFLOW_APPROVE=1 in the environment, look at the difference and commit it with the change.
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
