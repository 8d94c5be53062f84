using System.Text.Json.Nodes;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

/// <summary>The description of procedure files, held to the reader, to the page and to the schema.</summary>
public class ProcedureFormatTests
{
    private const string Stranger = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

    public static TheoryData<string> Mappings => [.. ProcedureFormat.All.Select(m => m.Name)];

    public static TheoryData<string, string> Keys
    {
        get
        {
            var keys = new TheoryData<string, string>();
            foreach (var mapping in ProcedureFormat.All)
            {
                foreach (var key in mapping.Keys)
                {
                    keys.Add(mapping.Name, key.Name);
                }
            }

            return keys;
        }
    }

    public static TheoryData<string> Files => CatalogueFiles.Names;

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Mapping_HasTheKeysThatTheReaderAsksFor(string mapping)
    {
        var refusal = Defects(Text(Named(mapping), (Stranger, "x"))).Single(d => d.Code == DefectCodes.UnknownKey);

        Assert.Equal($"use one of: {string.Join(", ", Named(mapping).Keys.Select(k => k.Name).Order(StringComparer.Ordinal))}", refusal.Mend);
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Mapping_LackingAKey_IsRefusedExactlyWhenItIsRequired(string name)
    {
        var mapping = Named(name);
        foreach (var key in mapping.Keys)
        {
            var text = Text(mapping, (key.Name, null));

            Assert.Equal(key.Required, Defects(text).Any(d => d.Code is DefectCodes.MissingKey && d.Message.Contains(key.Name, StringComparison.Ordinal)));
            Assert.Equal(key.Required, Schema.Of(text).Count > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_WithAnyValueOfItsKind_IsReadAndSatisfiesTheSchema(string mapping, string key)
    {
        foreach (var sample in Samples(Key(mapping, key)))
        {
            var text = Text(Named(mapping), (key, sample));

            Assert.True(IsRead(text), $"{text}\n{string.Join('\n', Defects(text))}");
            Assert.True(Schema.Of(text).Count == 0, $"{text}\n{string.Join('\n', Schema.Of(text))}");
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_WithAValueOfAnotherKind_IsRefusedByReaderAndSchema(string mapping, string key)
    {
        foreach (var sample in WrongSamples(Key(mapping, key)))
        {
            var text = Text(Named(mapping), (key, sample));

            Assert.False(IsRead(text), text);
            Assert.True(Schema.Of(text).Count > 0, text);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Default_WrittenOut_IsTheSameProcedure(string mapping, string key)
    {
        if (Key(mapping, key).Default is { } value)
        {
            Assert.Equal(Written(Text(Named(mapping), (key, null))), Written(Text(Named(mapping), (key, value))));
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Choice_NamesEveryWordThatTheReaderKnows(string mapping, string key)
    {
        if (Key(mapping, key) is { Type: FormatType.Choice or FormatType.Choices } choice)
        {
            var refusal = Defects(Text(Named(mapping), (key, Stranger))).Single(d => d.Code == DefectCodes.WrongValue);
            Assert.Equal(choice.Words.Order(StringComparer.Ordinal), refusal.Mend["write one of: ".Length..].Split(", ").Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfTheCatalogue_SatisfiesTheSchema(string file) => Assert.Empty(Schema.Of(CatalogueFiles.TextOf(file)));

    [Fact]
    public void Definitions_OfThePageOnModelling_SatisfyTheSchema() => Assert.All(MarkdownBlocks.Of("docs/modelling.md", "yaml"), text => Assert.Empty(Schema.Of(text)));

    [Fact]
    public void Reference_IsWhatTheDescriptionSays() => AssertCommitted("procedure-format.md", FormatReference.Of(ProcedureFormat.All));

    [Fact]
    public void Schema_IsWhatTheDescriptionSays() => AssertCommitted("procedure.schema.json", FormatSchema.Of(ProcedureFormat.All));

    private static SchemaCheck Schema { get; } = new(JsonNode.Parse(FormatSchema.Of(ProcedureFormat.All))!.AsObject());

    private static void AssertCommitted(string name, string text)
    {
        var path = Repository.PathOf("docs", name);
        if (Environment.GetEnvironmentVariable("WORKFLOW_APPROVE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"docs/{name} is not what the code says; run this test with WORKFLOW_APPROVE=1 in the environment and commit the file.");
    }

    private static FormatMapping Named(string name) => ProcedureFormat.All.Single(m => m.Name == name);

    private static FormatKey Key(string mapping, string key) => Named(mapping).Keys.Single(k => k.Name == key);

    private static IReadOnlyList<Defect> Defects(string text) => ProcedureYaml.Inspect(new StringReader(text), "p.yaml").Defects;

    // What a file says may still make no sense.
    private static bool IsRead(string text) => ProcedureYaml.Inspect(new StringReader(text), "p.yaml").Content is not null;

    private static string Written(string text)
    {
        using var written = new StringWriter();
        ProcedureYaml.Write(ProcedureYaml.Inspect(new StringReader(text), "p.yaml").Content!, written);
        return written.ToString();
    }

    // A file with one mapping of this kind, which has its required keys and the given one; null takes a key away.
    private static string Text(FormatMapping mapping, (string Key, string? Value) change)
    {
        var keys = mapping.Keys.Where(k => k.Required && k.Name != change.Key).Select(k => (Key: k.Name, Value: Samples(k)[0])).ToList();
        if (change.Value is not null)
        {
            keys.Add((change.Key, change.Value));
        }

        var flow = $"{{ {string.Join(", ", keys.Select(k => $"{k.Key}: {k.Value}"))} }}";
        const string Head = "procedure: p-1\nversion: 1\n";
        const string Named = Head + "name: Một\n";
        const string States = "states: { start: { on: { end: ended } }, ended: { final: true } }\n";
        return mapping.Name switch
        {
            "procedure" => string.Concat(keys.Select(k => $"{k.Key}: {k.Value}\n")),
            "name" => $"{Head}name: {flow}\n{States}",
            "limit case" => $"{Named}limit-cases: [{flow}]\n{States}",
            "field" or "document" or "fee" or "guard" or "leg" or "trigger" => $"{Named}{mapping.Name}s: {{ x: {flow} }}\n{States}",
            "state" => $"{Named}states: {{ x: {flow} }}\n",
            "transition" => $"{Named}states: {{ x: {{ on: {{ go: {flow} }} }} }}\n",
            "timeout" or "join" => $"{Named}states: {{ x: {{ {mapping.Name}: {flow} }} }}\n",
            _ => throw new InvalidOperationException($"Say where a '{mapping.Name}' stands."),
        };
    }

    private static string[] Samples(FormatKey key) => key.Type switch
    {
        FormatType.Text or FormatType.Expression => ["word", "1.000656", "\"a: b\""],
        FormatType.Name => ["Một", "{ vi: Một }", "{ vi: Một, en: One }"],
        FormatType.Limit => ["10 working days", "same day", "0.5 working days", "1/2 day", "2 working hours", "1 month", "\"3 days, cut-off 15:00\""],
        FormatType.Integer => [$"{key.Least}", $"{Math.Min(key.Most, 1_000_000)}"],
        FormatType.Number => ["0", "12", "0.5", "-1"],
        FormatType.Flag => ["true", "false"],
        FormatType.Choice => [.. key.Words],
        FormatType.Choices => [.. key.Words, $"[{string.Join(", ", key.Words)}]"],
        FormatType.Texts or FormatType.Expressions => ["one", "[one]", "[one, two]"],
        FormatType.Mapping or FormatType.Mappings or FormatType.Named when Flow(key.Of!) is var flow => [key.Type switch { FormatType.Mapping => flow, FormatType.Mappings => $"[{flow}]", _ => $"{{ x: {flow} }}" }],
        FormatType.NamedLimits => ["{ x: 7 days }"],
        FormatType.NamedTexts => ["{ x: y }"],
        FormatType.Transitions => ["{ go: x }", "{ go: { to: x } }", "{ go: [{ to: x, if: a }, y] }"],
        _ => throw new InvalidOperationException($"Say what a key of type {key.Type} takes."),
    };

    private static string[] WrongSamples(FormatKey key) => key.Type switch
    {
        FormatType.Text or FormatType.Expression => ["[]", "{ a: b }"],
        FormatType.Name => ["[]", "{ en: One }", "{ vi: Một, fr: Un }"],
        FormatType.Limit => ["soon", "10", "1.5.2 days", "10 weeks"],
        FormatType.Integer => [$"{key.Least - 1}", "1.5", "many", .. key.Most < int.MaxValue ? [$"{key.Most + 1}"] : Array.Empty<string>()],
        FormatType.Number => ["many", "[]"],
        FormatType.Flag => ["yes", "1"],
        FormatType.Choice or FormatType.Choices => [Stranger, "[[]]"],
        FormatType.Texts or FormatType.Expressions => ["{ a: b }", "[[a]]"],
        FormatType.Mapping => ["word", $"{{ {Stranger}: x }}"],
        FormatType.Mappings => ["word", "[word]"],
        FormatType.Named => ["[]", "{ x: [] }", $"{{ x: {{ {Stranger}: x }} }}"],
        FormatType.NamedLimits => ["[]", "{ x: soon }"],
        FormatType.NamedTexts => ["[]", "{ x: [] }"],
        FormatType.Transitions => ["[]", "{ go: [] }", "{ go: { by: [x] } }"],
        _ => throw new InvalidOperationException($"Say what a key of type {key.Type} refuses."),
    };

    private static string Flow(FormatMapping mapping) => $"{{ {string.Join(", ", mapping.Keys.Where(k => k.Required).Select(k => $"{k.Name}: {Samples(k)[0]}"))} }}";
}
