namespace Workflow.Core.Guards;

internal enum Possibility
{
    /// <summary>No dossier whatever makes it hold.</summary>
    Never,

    /// <summary>A dossier that makes it hold was found.</summary>
    Sometimes,

    /// <summary>It cannot be told from the expressions alone.</summary>
    Unknown,
}

/// <summary>Whether conditions can hold together.</summary>
/// <param name="Possibility">Whether they can.</param>
/// <param name="Witness">
/// With <see cref="Possibility.Sometimes"/> facts under which they do, as fields hold them (null: it is missing); what is not named may be anything. Empty otherwise.
/// A leg is <c>running</c>, <c>well</c> or <c>badly</c>; a document that is there and a role that is held are <c>true</c>.
/// </param>
internal sealed record GuardVerdict(Possibility Possibility, IReadOnlyDictionary<string, string?> Witness)
{
    public static GuardVerdict Never { get; } = new(Possibility.Never, new Dictionary<string, string?>());

    public static GuardVerdict Unknown { get; } = new(Possibility.Unknown, new Dictionary<string, string?>());
}
