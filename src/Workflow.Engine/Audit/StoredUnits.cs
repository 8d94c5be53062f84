using System.Security.Cryptography;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Audit;

/// <summary>Holds a tree of units as the store keeps it against its content hash.</summary>
internal static class StoredUnits
{
    /// <exception cref="Exception">The content cannot be read.</exception>
    public static string? WhyNot(PublishedDefinition definition)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(definition.Content));
        if (hash != definition.ContentHash)
        {
            return "its content is not what its hash was computed from: one of them was changed";
        }

        _ = new UnitTree(DefinitionJson.ReadUnits(definition.Content));
        return PublishedUnits.IsVersionOf(definition.Version, hash) ? null : "its version is not that of its content";
    }
}
