using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Workflow.Grains.Calls;

/// <summary>Lets messages go as JSON, alike in silos and clients.</summary>
internal static class MessageSerialization
{
    /// <summary>Registers the form of messages. Whatever else the host lets go as JSON keeps its own options.</summary>
    public static IServiceCollection AddWorkflowMessages(this IServiceCollection services) =>
        services
            .AddSerializer(s => s.AddJsonSerializer(MessageJson.IsMessage, isCopyable: null!))
            .PostConfigure<JsonCodecOptions>(o =>
            {
                o.SerializerOptions = MessageJson.AddTo(o.SerializerOptions);
                if (o.WriterOptions.Encoder is null)
                {
                    o.WriterOptions = o.WriterOptions with { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
                }
            });
}
