using System.Runtime.CompilerServices;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Tests.Design;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsTheApprovedOne()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Workflow.Core.api.txt");
        var actual = PublicApi.Of(typeof(Dossier).Assembly);
        if (Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        if (approved == actual)
        {
            return;
        }

        var (before, now) = (Lines(approved), Lines(actual));
        Assert.Fail(
            "The public API of Workflow.Core is not the approved one. If the change is meant, run this test with WORKFLOW_APPROVE=1 in the environment, "
            + "look at the difference in tests/Workflow.Core.Tests/Design/Workflow.Core.api.txt and commit it with the change.\n"
            + string.Join('\n', before.Except(now, StringComparer.Ordinal).Select(l => "- " + l).Concat(now.Except(before, StringComparer.Ordinal).Select(l => "+ " + l)).Take(60)));
    }

    // Each member with the type that it belongs to, so that equal members of two types stay apart.
    private static List<string> Lines(string listing)
    {
        var type = string.Empty;
        var lines = new List<string>();
        foreach (var line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line.StartsWith(' ') ? $"{type.Split(" : ")[0]}: {line.Trim()}" : line);
        }

        return lines;
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
