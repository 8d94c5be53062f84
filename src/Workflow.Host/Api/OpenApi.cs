using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Workflow.Host.Api;

/// <summary>The OpenAPI document, written from the table of endpoints, so that it cannot say anything else than what is served.</summary>
internal static class OpenApi
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SortedDictionary<int, string> s_refusals = new()
    {
        [400] = "The request cannot be read.",
        [401] = "There is no token, or one that is no good.",
        [403] = "This person may not do this.",
        [404] = "There is no such thing in this person's reach.",
        [409] = "The command id stands for another command of this person.",
        [410] = "The journal ends before the cursor: begin anew.",
        [412] = "The dossier has another version.",
        [413] = "The body is too large.",
        [415] = "The body is not JSON.",
        [422] = "The law or the procedure does not permit it now; every unmet guard is named.",
        [428] = "If-Match is missing.",
        [429] = "Too many requests: wait for Retry-After.",
        [503] = "Not now: the same request may be sent again after Retry-After.",
    };

    private static readonly Lazy<byte[]> s_document = new(() => [.. JsonSerializer.SerializeToUtf8Bytes(Write(), s_form), (byte)'\n']);

    /// <summary>The document as it is served and kept.</summary>
    public static ReadOnlyMemory<byte> Document => s_document.Value;

    public static Task<ApiAnswer> ShowAsync(ApiCall call) => Task.FromResult(ApiAnswer.Of(s_document.Value, "application/json"));

    private static JsonObject Write()
    {
        var schemas = new Schemas();
        foreach (var body in ApiTable.All.Select(e => e.Body).OfType<JsonTypeInfo>())
        {
            schemas.Of(body);
        }

        // What comes after is told by the host alone, and may get more members.
        schemas.AreOpen = true;
        var paths = new JsonObject();
        foreach (var group in ApiTable.All.GroupBy(e => e.Pattern, StringComparer.Ordinal))
        {
            paths[group.Key] = new JsonObject(group.Select(e => KeyValuePair.Create(e.Method.ToLowerInvariant(), (JsonNode?)Operation(e, schemas))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Workflow",
                ["version"] = "1",
                ["description"] = "Dossiers of one-stop shops: submit, act, ask what may be done, read. Members are added within version 1, never renamed or removed.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } },
                ["responses"] = new JsonObject(s_refusals.Select(r => KeyValuePair.Create(
                    $"{r.Key}", (JsonNode?)new JsonObject { ["description"] = r.Value, ["content"] = Content(Problem.MediaType, schemas.Of(ApiJson.Context.Problem)) }))),
                ["schemas"] = schemas.Write(),
            },
        };
    }

    private static JsonObject Operation(ApiEndpoint endpoint, Schemas schemas)
    {
        var operation = new JsonObject { ["operationId"] = endpoint.Name, ["summary"] = endpoint.Summary };
        var parameters = Parameters(endpoint);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (endpoint.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", schemas.Of(body)) };
        }

        var responses = new JsonObject { [$"{endpoint.Status}"] = Done(endpoint, schemas) };
        foreach (var status in Refusals(endpoint))
        {
            responses[$"{status}"] = new JsonObject { ["$ref"] = $"#/components/responses/{status}" };
        }

        operation["responses"] = responses;
        if (endpoint.Callers != Callers.Everyone)
        {
            operation["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() });
        }

        return operation;
    }

    private static JsonObject Done(ApiEndpoint endpoint, Schemas schemas)
    {
        var done = new JsonObject { ["description"] = endpoint.IsCommand ? "It was done, now or when the same command came first." : "What was asked for." };
        if (endpoint.Pattern.StartsWith("/v1/dossiers", StringComparison.Ordinal))
        {
            done["headers"] = new JsonObject { ["ETag"] = new JsonObject { ["description"] = "The version of the dossier.", ["schema"] = Text() } };
        }

        done["content"] = Content(endpoint.MediaType, endpoint.Answer is { } answer ? schemas.Of(answer) : new JsonObject());
        return done;
    }

    private static JsonArray Parameters(ApiEndpoint endpoint)
    {
        var parameters = new JsonArray();
        foreach (var part in endpoint.Pattern.Split('/').Where(p => p.StartsWith('{')))
        {
            Add(part.Trim('{', '}'), "path", true, null);
        }

        foreach (var (name, meaning) in endpoint.Query)
        {
            Add(name, "query", false, meaning);
        }

        if (endpoint.IsCommand)
        {
            Add("Idempotency-Key", "header", true, "The command's id, unique for this person: 1 to 128 visible ASCII characters. The same one when it is sent again.");
        }

        if (endpoint.NeedsVersion)
        {
            Add("If-Match", "header", true, "The ETag of the dossier as it was seen, or * for any version.");
        }

        if (endpoint.TakesUnit)
        {
            Add("Acting-Unit", "header", false, "The unit to act for: the person's own unless told, or one below it.");
        }

        return parameters;

        void Add(string name, string where, bool required, string? meaning)
        {
            var parameter = new JsonObject { ["name"] = name, ["in"] = where, ["required"] = required, ["schema"] = Text() };
            if (meaning is not null)
            {
                parameter["description"] = meaning;
            }

            parameters.Add((JsonNode)parameter);
        }
    }

    private static IEnumerable<int> Refusals(ApiEndpoint endpoint)
    {
        var (reads, names) = (endpoint.Body is not null, endpoint.Pattern.Contains('{', StringComparison.Ordinal));
        return s_refusals.Keys.Where(status => status switch
        {
            400 => reads || endpoint.Query.Count > 0 || endpoint.TakesUnit,
            403 => endpoint.Callers == Callers.Officers || endpoint.TakesUnit,
            404 => names,
            409 or 422 => endpoint.IsCommand,
            412 or 428 => endpoint.NeedsVersion,
            410 => endpoint.Name == "streamChanges",
            413 or 415 => reads,
            _ => true,
        });
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Text() => new() { ["type"] = "string" };

    /// <summary>The contracts, each under its own name.</summary>
    private sealed class Schemas
    {
        private readonly SortedDictionary<string, JsonNode?> _written = new(StringComparer.Ordinal);

        /// <summary>Whether contracts that are not written yet may have more members than they tell.</summary>
        public bool AreOpen { get; set; }

        public JsonObject Of(JsonTypeInfo contract)
        {
            var name = contract.Type.Name;
            if (_written.TryAdd(name, null))
            {
                var schema = contract.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
                if (AreOpen && schema is JsonObject members)
                {
                    members.Remove("additionalProperties");
                }

                _written[name] = schema;
            }

            return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
        }

        public JsonObject Write() => new(_written);

        private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema) =>
            context.TypeInfo.Type is var type && (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?)) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
            : context.TypeInfo.Kind == JsonTypeInfoKind.Object && !context.Path.IsEmpty ? Of(context.TypeInfo)
            : WithoutNull(schema);

        // What has no value is left out.
        private static JsonNode WithoutNull(JsonNode schema)
        {
            if (schema is JsonObject members && members["type"] is JsonArray types && types.Select(t => t!.GetValue<string>()).Where(t => t != "null").ToList() is [var only])
            {
                members["type"] = only;
            }

            return schema;
        }
    }
}
