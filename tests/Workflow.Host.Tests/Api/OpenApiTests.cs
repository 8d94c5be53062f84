using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Host.Api;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

public sealed class OpenApiTests
{
    private static readonly string s_kept = RepositoryRoot.PathOf("docs", "openapi.v1.json");

    [Fact]
    public async Task Document_ThatIsServed_IsTheOneThatIsKept()
    {
        await using var office = await ServedOffice.StartAsync();
        var told = await office.GetAsync("/openapi/v1.json");
        Assert.Equal((200, "application/json"), (told.Status, told.MediaType));
        if (Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(s_kept, told.Body, TestContext.Current.CancellationToken);
        }

        var kept = File.Exists(s_kept) ? await File.ReadAllTextAsync(s_kept, TestContext.Current.CancellationToken) : string.Empty;
        Assert.True(
            kept == told.Body,
            "The API is not the one of docs/openapi.v1.json. If the change is meant, run this test with WORKFLOW_APPROVE=1 in the environment, look at the difference in that file and commit it with the change.");
    }

    [Fact]
    public void Document_TellsOfEveryEndpoint_AndOfWhoMayCallIt()
    {
        var paths = JsonNode.Parse(OpenApi.Document.Span)!["paths"]!.AsObject();
        foreach (var endpoint in ApiTable.All)
        {
            var operation = paths[endpoint.Pattern]![endpoint.Method.ToLowerInvariant()]!;
            Assert.Equal(endpoint.Name, operation["operationId"]!.GetValue<string>());
            Assert.Equal(endpoint.Callers != Callers.Everyone, operation["security"] is not null);
        }
    }

    [Fact]
    public void Document_RefersToNothingThatItLacks()
    {
        var document = JsonNode.Parse(OpenApi.Document.Span)!;
        var known = document["components"]!.AsObject().SelectMany(kind => kind.Value!.AsObject().Select(part => $"#/components/{kind.Key}/{part.Key}")).ToHashSet(StringComparer.Ordinal);
        var said = new List<string>();
        Visit(document, said);

        Assert.NotEmpty(said);
        Assert.All(said, r => Assert.Contains(r, known));
        Assert.DoesNotContain("\"$ref\": \"#/properties", System.Text.Encoding.UTF8.GetString(OpenApi.Document.Span), StringComparison.Ordinal);

        static void Visit(JsonNode? node, List<string> said)
        {
            if (node is JsonObject members)
            {
                foreach (var (name, value) in members)
                {
                    if (name == "$ref" && value!.GetValueKind() == JsonValueKind.String)
                    {
                        said.Add(value.GetValue<string>());
                    }

                    Visit(value, said);
                }
            }
            else if (node is JsonArray items)
            {
                foreach (var item in items)
                {
                    Visit(item, said);
                }
            }
        }
    }
}
