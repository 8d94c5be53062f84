using System.Runtime.CompilerServices;

namespace Workflow.Core.Tests.Diagrams;

/// <summary>Texts that somebody looked at and approved; they stand beside the tests.</summary>
internal static class Approved
{
    /// <summary>Demands that a text is the approved one. With WORKFLOW_APPROVE=1 in the environment it becomes that.</summary>
    public static void Is(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, name);
        if (Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{name} was never approved: run with WORKFLOW_APPROVE=1, look at the file and commit it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
