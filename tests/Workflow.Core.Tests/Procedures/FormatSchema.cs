using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Procedures;

/// <summary>Writes a description of a file format as a JSON Schema (draft 2020-12), for editors.</summary>
internal static class FormatSchema
{
    private const string Limit = "^(same day|[0-9]+([.,/][0-9]+)? (working days?|days?|working hours?|hours?|months?))(, cut-off [0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,7})?)?)?$";

    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<FormatMapping> mappings)
    {
        var root = Mapping(mappings[0]);
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "A procedure of Workflow" };
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            schema[key] = value;
        }

        // A scalar of a definition is text, whatever an editor takes it for: 1.000656 is a code.
        var definitions = new JsonObject
        {
            ["text"] = new JsonObject { ["type"] = Names("string", "number", "boolean") },
            ["texts"] = OneOrMore(Reference("text")),
            ["time-limit"] = new JsonObject { ["type"] = "string", ["pattern"] = Limit },
        };
        foreach (var mapping in mappings.Skip(1))
        {
            definitions[Key(mapping)] = Mapping(mapping);
        }

        schema["$defs"] = definitions;
        return schema.ToJsonString(s_options) + "\n";
    }

    private static JsonObject Mapping(FormatMapping mapping)
    {
        var schema = new JsonObject
        {
            ["description"] = mapping.Meaning,
            ["type"] = "object",
            ["properties"] = new JsonObject(mapping.Keys.Select(k => KeyValuePair.Create(k.Name, (JsonNode?)Property(k)))),
        };
        var required = mapping.Keys.Where(k => k.Required).Select(k => k.Name).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = Names(required);
        }

        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Property(FormatKey key)
    {
        var property = new JsonObject { ["description"] = key.Meaning };
        foreach (var (name, value) in Value(key).ToList())
        {
            property[name] = value?.DeepClone();
        }

        if (key.Default is not null)
        {
            property["default"] = key.Type switch
            {
                FormatType.Flag => key.Default == "true",
                FormatType.Integer => long.Parse(key.Default, System.Globalization.CultureInfo.InvariantCulture),
                _ => key.Default,
            };
        }

        return property;
    }

    private static JsonObject Value(FormatKey key) => key.Type switch
    {
        FormatType.Text or FormatType.Expression => Reference("text"),
        FormatType.Texts or FormatType.Expressions => Reference("texts"),
        FormatType.Name => AnyOf(Reference("text"), Reference("name")),
        FormatType.Limit => Reference("time-limit"),
        FormatType.Integer => Integer(key),
        FormatType.Number => new JsonObject { ["type"] = "number" },
        FormatType.Flag => new JsonObject { ["type"] = "boolean" },
        FormatType.Choice => Choice(key),
        FormatType.Choices => OneOrMore(Choice(key)),
        FormatType.Mapping => Reference(Key(key.Of!)),
        FormatType.Mappings => new JsonObject { ["type"] = Names("array", "null"), ["items"] = Reference(Key(key.Of!)) },
        FormatType.Named when key.Of!.Keys.Any(k => k.Required) => Map(Reference(Key(key.Of!))),
        FormatType.Named => Map(AnyOf(Reference(Key(key.Of!)), new JsonObject { ["type"] = "null" })),
        FormatType.NamedLimits => Map(Reference("time-limit")),
        FormatType.NamedTexts => Map(Reference("text")),
        FormatType.Transitions => Map(OneOrMore(AnyOf(Reference("text"), Reference(Key(key.Of!))), least: 1)),
        _ => throw new InvalidOperationException($"A key of type {key.Type} has no schema."),
    };

    private static JsonObject Integer(FormatKey key)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = key.Least };
        if (key.Most != long.MaxValue)
        {
            schema["maximum"] = key.Most;
        }

        return schema;
    }

    private static JsonObject Choice(FormatKey key) => new() { ["enum"] = Names([.. key.Words]) };

    private static JsonObject Map(JsonObject value) => new() { ["type"] = "object", ["additionalProperties"] = value };

    private static JsonObject OneOrMore(JsonObject value, int least = 0)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = value.DeepClone() };
        if (least > 0)
        {
            list["minItems"] = least;
        }

        return AnyOf(value, list);
    }

    private static JsonObject AnyOf(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonArray Names(params string[] names) => new([.. names.Select(n => (JsonNode)n)]);

    private static string Key(FormatMapping mapping) => mapping.Name.Replace(' ', '-');
}
