using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Definitions;

namespace Workflow.Core.Migrations;

/// <summary>How the running dossiers of one version of a procedure move to another: which state becomes which, on which legal ground.</summary>
/// <remarks>A state that is neither mapped nor blocked keeps its name. Immutable.</remarks>
/// <param name="Procedure">The procedure's code.</param>
/// <param name="From">The version that the dossiers follow.</param>
/// <param name="To">The version that they are to follow.</param>
/// <param name="Ground">The legal ground, which stands in each dossier's journal; empty for a dry run that needs none yet.</param>
public sealed record StateMapping(string Procedure, int From, int To, string Ground)
{
    /// <summary>The states that are mapped by name, in the order of the mapping.</summary>
    public IReadOnlyList<MappedState> States { get; init; } = [];

    /// <summary>The states whose dossiers stay under their version.</summary>
    public IReadOnlyList<BlockedState> Blocked { get; init; } = [];

    /// <summary>What becomes of the promised dates.</summary>
    public MigratedClock Clock { get; init; }

    /// <summary>Where the mapping begins.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;

    /// <summary>SHA-256 over all that the mapping says, in lower-case hexadecimal. Order and places do not enter it.</summary>
    public string ContentHash
    {
        get
        {
            var text = new StringBuilder("mapping/1");
            foreach (var part in (IEnumerable<string>)
                [
                    Procedure, Number(From), Number(To), Ground, Clock.ToString(),
                    "states", .. States.OrderBy(s => s.From, StringComparer.Ordinal).SelectMany(s => (string[])[s.From, s.To]),
                    "blocked", .. Blocked.Select(b => b.State).Order(StringComparer.Ordinal),
                ])
            {
                text.Append('\n').Append(Number(part.Length)).Append(':').Append(part);
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A state that is mapped by name.</summary>
/// <param name="From">The state of the old version.</param>
/// <param name="To">The state of the new one.</param>
public sealed record MappedState(string From, string To)
{
    /// <summary>Where the mapping says so.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>A state whose dossiers stay under their version.</summary>
/// <param name="State">The state of the old version.</param>
public sealed record BlockedState(string State)
{
    /// <summary>Where the mapping says so.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>What a migration does to promised dates.</summary>
public enum MigratedClock
{
    /// <summary>The promise is kept.</summary>
    Keep,

    /// <summary>The new version's limit is counted from the original acceptance.</summary>
    Recompute,
}
