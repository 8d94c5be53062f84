using System.Text.RegularExpressions;
using Workflow.Host.Api;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

/// <summary>What docs/api.md shows is served: its requests are sent in order, and its table is the one of the code.</summary>
public sealed partial class ApiPageTests
{
    private const string Page = "docs/api.md";

    [Fact]
    public async Task EveryRequest_SentInOrder_IsDone()
    {
        await using var office = await ServedOffice.StartAsync();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var requests = MarkdownBlocks.Of(Page, "http");
        foreach (var text in requests)
        {
            var filled = Placeholder().Replace(text, m => known.TryGetValue(m.Groups["name"].Value, out var value) ? value : m.Value);
            var parts = filled.Split("\n\n", 2);
            var lines = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var (method, path) = lines[0].Split(' ') is [var m, var p] ? (m, p) : throw new InvalidOperationException(lines[0]);
            var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).Where(h => h[0] is not ("Authorization" or "Content-Type")).Select(h => (h[0], h[1])).ToArray();
            var token = lines.FirstOrDefault(l => l.StartsWith("Authorization: Bearer ", StringComparison.Ordinal))?["Authorization: Bearer ".Length..];

            var told = await office.SendAsync(new HttpMethod(method), path, token, parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null, headers);

            Assert.True(told.Status is 200 or 201, $"{filled}\n{told.Status} {told.Body}");
            if (path == "/dev/token")
            {
                known[System.Text.Json.JsonDocument.Parse(parts[1]).RootElement.GetProperty("person").GetString()!] = told.Json.GetProperty("accessToken").GetString()!;
            }
            else if (told.Status == 201)
            {
                known["code"] = told.Json.GetProperty("code").GetString()!;
            }
        }

        Assert.True(requests.Count >= 8);
    }

    [Fact]
    public void TheTable_IsTheOneOfTheCode()
    {
        var told = MarkdownBlocks.Lines(Page).Where(l => l.StartsWith("| GET", StringComparison.Ordinal) || l.StartsWith("| POST", StringComparison.Ordinal));

        Assert.Equal(ApiTable.All.Select(e => $"| {e.Method} | `{e.Pattern}` | {e.Callers.ToString().ToLowerInvariant()} |"), told);
    }

    [GeneratedRegex(@"\{(?<name>[a-z0-9-]+)\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
