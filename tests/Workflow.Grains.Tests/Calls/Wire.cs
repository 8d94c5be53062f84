using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Workflow.Grains.Calls;

namespace Workflow.Grains.Tests.Calls;

/// <summary>The serializer of silos and clients, as they set it up.</summary>
internal static class Wire
{
    private static readonly JsonSerializerOptions s_options = MessageJson.AddTo(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static IServiceProvider Services { get; } = new ServiceCollection().AddWorkflowMessages().BuildServiceProvider();

    public static Serializer Serializer => Services.GetRequiredService<Serializer>();

    public static string TextOf(object message) => JsonSerializer.Serialize(message, message.GetType(), s_options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, s_options)!;

    /// <summary>What goes over the wire, with everything that is no text in dots.</summary>
    public static string Printable(byte[] bytes) => string.Concat(Encoding.Latin1.GetString(bytes).Select(c => c is >= ' ' and < '\u007f' ? c : '.'));
}
