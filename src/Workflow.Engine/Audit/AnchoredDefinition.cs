using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>A published definition as it was taken away in anchors.</summary>
/// <param name="Kind">One of <see cref="DefinitionKinds"/>.</param>
/// <param name="Code">The code of what is defined.</param>
/// <param name="Version">Its version.</param>
/// <param name="KnownFrom">The time from which it was known.</param>
/// <param name="Sha256">The SHA-256 of its content hash and its content, as they are stored.</param>
public sealed record AnchoredDefinition(string Kind, string Code, string Version, DateTimeOffset KnownFrom, byte[] Sha256)
{
    internal static AnchoredDefinition Of(PublishedDefinition definition)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{definition.ContentHash}\n"));
        hash.AppendData(definition.Content);
        return new AnchoredDefinition(definition.Kind, definition.Code, definition.Version, definition.KnownFrom, hash.GetHashAndReset());
    }
}
