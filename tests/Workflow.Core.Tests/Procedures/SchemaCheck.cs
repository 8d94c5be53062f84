using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Workflow.Core.Tests.Procedures;

/// <summary>Checks YAML against a JSON Schema as an editor does, as far as the schemas of this repository go; other keywords are refused.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    /// <summary>Where and how a YAML text breaks the schema; empty when it does not.</summary>
    public IReadOnlyList<string> Of(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        var faults = new List<string>();
        Check(Read(parser), root, "", faults);
        return faults;
    }

    // As YAML 1.2 types what is not quoted.
    private static JsonNode? Read(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            var mapping = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>().Value;
                mapping[key] = Read(parser);
            }

            return mapping;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(Read(parser));
            }

            return list;
        }

        var scalar = parser.Consume<Scalar>();
        return scalar.Style != ScalarStyle.Plain ? scalar.Value : scalar.Value switch
        {
            "" or "~" or "null" => null,
            "true" or "false" => scalar.Value == "true",
            var n when long.TryParse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            var n when double.TryParse(n, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            var text => text,
        };
    }

    private static string TypeOf(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        JsonValue value => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
            System.Text.Json.JsonValueKind.Number => value.TryGetValue<long>(out _) ? "integer" : "number",
            _ => "string",
        },
        _ => throw new InvalidOperationException(),
    };

    private void Check(JsonNode? node, JsonObject schema, string at, List<string> faults)
    {
        foreach (var (keyword, value) in schema)
        {
            Check(node, keyword, value!, schema, at, faults);
        }
    }

    private void Check(JsonNode? node, string keyword, JsonNode value, JsonObject schema, string at, List<string> faults)
    {
        switch (keyword)
        {
            case "$schema" or "title" or "description" or "default" or "$defs":
                break;
            case "$ref":
                Check(node, root["$defs"]![value.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), at, faults);
                break;
            case "type":
                var types = value is JsonArray many ? many.Select(t => t!.GetValue<string>()).ToList() : [value.GetValue<string>()];
                var type = TypeOf(node);
                Demand(types.Contains(type) || (type == "integer" && types.Contains("number")), $"is {type}, not {string.Join(" or ", types)}");
                break;
            case "properties" when node is JsonObject mapping:
                foreach (var (name, property) in value.AsObject().Where(p => mapping.ContainsKey(p.Key)))
                {
                    Check(mapping[name], property!.AsObject(), $"{at}/{name}", faults);
                }

                break;
            case "additionalProperties" when node is JsonObject mapping:
                foreach (var (name, child) in mapping.Where(p => schema["properties"]?.AsObject().ContainsKey(p.Key) != true))
                {
                    if (value is JsonObject allowed)
                    {
                        Check(child, allowed, $"{at}/{name}", faults);
                    }
                    else
                    {
                        Demand(false, $"has the unknown key {name}");
                    }
                }

                break;
            case "required" when node is JsonObject mapping:
                Demand(value.AsArray().All(k => mapping.ContainsKey(k!.GetValue<string>())), "lacks a required key");
                break;
            case "enum":
                Demand(value.AsArray().Any(v => JsonNode.DeepEquals(v, node)), "is no word of its list");
                break;
            case "anyOf":
                Demand(value.AsArray().Any(s => Holds(node, s!.AsObject())), "is none of what it may be");
                break;
            case "items" when node is JsonArray list:
                foreach (var (i, item) in list.Index())
                {
                    Check(item, value.AsObject(), $"{at}/{i}", faults);
                }

                break;
            case "minItems" when node is JsonArray list:
                Demand(list.Count >= value.GetValue<int>(), "has too few items");
                break;
            case "pattern" when TypeOf(node) == "string":
                Demand(Regex.IsMatch(node!.GetValue<string>(), value.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(5)), "has another form");
                break;
            case "minimum" when TypeOf(node) is "integer":
                Demand(node!.GetValue<long>() >= value.GetValue<long>(), "is too small");
                break;
            case "maximum" when TypeOf(node) is "integer":
                Demand(node!.GetValue<long>() <= value.GetValue<long>(), "is too large");
                break;
            case "properties" or "additionalProperties" or "required" or "items" or "minItems" or "pattern" or "minimum" or "maximum":
                break;
            default:
                throw new InvalidOperationException($"The check knows no keyword '{keyword}'.");
        }

        void Demand(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add($"{at} {fault}");
            }
        }
    }

    private bool Holds(JsonNode? node, JsonObject schema)
    {
        var faults = new List<string>();
        Check(node, schema, string.Empty, faults);
        return faults.Count == 0;
    }
}
