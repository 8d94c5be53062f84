using System.Security.Cryptography;
using Workflow.Core.Dossiers;

namespace Workflow.Engine.Tests.Faults;

/// <summary>What a command came to, in a few letters that can be compared across processes.</summary>
internal static class Outcome
{
    /// <summary>Of what its caller was told.</summary>
    /// <param name="unit">The unit of the acting person, or null.</param>
    /// <param name="events">What happened.</param>
    public static string Of(string? unit, IReadOnlyList<DossierEvent> events) => Of(DossierJson.Write(new RecordedCommand(unit, events)));

    /// <summary>Of what the journal holds.</summary>
    public static string Of(byte[] data) => Convert.ToHexString(SHA256.HashData(data).AsSpan(0, 8));
}
