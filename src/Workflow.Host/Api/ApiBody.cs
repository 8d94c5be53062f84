using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Workflow.Core.Definitions;

namespace Workflow.Host.Api;

/// <summary>Reads the body of a request. What is wrong with it is told by its place, and nothing of it is repeated but the names of members.</summary>
internal static class ApiBody
{
    private const int LongestName = 60;

    /// <exception cref="ProblemException">It is not JSON, too large, or not of the contract.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProblemException(Problems.NotJson());
        }

        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        return Read(content.GetBuffer().AsMemory(0, (int)content.Length), contract);
    }

    private static T Read<T>(ReadOnlyMemory<byte> content, JsonTypeInfo<T> contract)
    {
        if (!Utf8.IsValid(content.Span))
        {
            throw Malformed("the body is not UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth, AllowDuplicateProperties = false });
            if (WhyNot(document.RootElement, contract, string.Empty) is { } why)
            {
                throw Malformed(why);
            }

            return document.RootElement.Deserialize(contract) ?? throw Malformed("the body is null");
        }
        catch (JsonException e)
        {
            throw Malformed(
                e.Path is { Length: > 0 } path ? $"'{Short(path)}' has not the type or form that it must have"
                : e.LineNumber is { } line ? $"the body is not JSON: see line {line + 1}, byte {e.BytePositionInLine + 1}"
                : "the body is not JSON, or a member stands twice in it");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped.
            throw Malformed("a text of the body holds half of a surrogate pair");
        }
    }

    // The serializer would refuse these too, without saying where or what was meant.
    private static string? WhyNot(JsonElement value, JsonTypeInfo contract, string path)
    {
        switch (contract.Kind, value.ValueKind)
        {
            case (JsonTypeInfoKind.Object, JsonValueKind.Object):
                foreach (var member in value.EnumerateObject())
                {
                    var known = contract.Properties.FirstOrDefault(p => p.Name == member.Name);
                    if (known is null)
                    {
                        var mend = Spelling.Nearest(member.Name, contract.Properties.Select(p => p.Name)) is { } nearest
                            ? $"did you mean '{nearest}'?"
                            : $"use {string.Join(", ", contract.Properties.Select(p => p.Name))}";
                        return $"there is no member '{Short($"{path}/{member.Name}")}': {mend}";
                    }

                    if (member.Value.ValueKind != JsonValueKind.Null && WhyNot(member.Value, contract.Options.GetTypeInfo(known.PropertyType), $"{path}/{known.Name}") is { } inner)
                    {
                        return inner;
                    }
                }

                return contract.Properties.FirstOrDefault(p => p.IsRequired && !value.TryGetProperty(p.Name, out _)) is { } missing ? $"the member '{path}/{missing.Name}' is missing" : null;
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array):
                return value.EnumerateArray().Select((item, i) => WhyNotPart(item, contract.ElementType!, $"{path}/{i}")).FirstOrDefault(w => w is not null);
            case (JsonTypeInfoKind.Dictionary, JsonValueKind.Object):
                return value.EnumerateObject().Select(item => WhyNotPart(item.Value, contract.ElementType!, $"{path}/{item.Name}")).FirstOrDefault(w => w is not null);
            default:
                return null;
        }

        string? WhyNotPart(JsonElement part, Type type, string at) =>
            part.ValueKind == JsonValueKind.Null ? $"'{Short(at)}' is null: leave it out, or give it a value" : WhyNot(part, contract.Options.GetTypeInfo(type), at);
    }

    private static string Short(string path) => Terminal.Faults.OneLine(path.Length <= LongestName ? path : path[..LongestName] + "...");

    private static ProblemException Malformed(string why) => new(Problems.Malformed(why));
}
