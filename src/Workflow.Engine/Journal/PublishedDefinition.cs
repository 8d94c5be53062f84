namespace Workflow.Engine.Journal;

/// <summary>A published version of a procedure, a calendar or a unit tree.</summary>
/// <param name="Kind">One of <see cref="DefinitionKinds"/>.</param>
/// <param name="Code">The code of what is defined.</param>
/// <param name="Version">Its version.</param>
/// <param name="ContentHash">The hash of what it says; two definitions with the same hash are the same.</param>
/// <param name="KnownFrom">The time from which it was known; a repeated publication keeps the first.</param>
/// <param name="Content">The definition itself.</param>
public sealed record PublishedDefinition(
    string Kind, string Code, string Version, string ContentHash, DateTimeOffset KnownFrom, byte[] Content);

/// <summary>The kinds of definitions that a store keeps.</summary>
public static class DefinitionKinds
{
    /// <summary>A procedure.</summary>
    public const string Procedure = "procedure";

    /// <summary>A working calendar.</summary>
    public const string Calendar = "calendar";

    /// <summary>A tree of units.</summary>
    public const string Units = "units";

    internal static string Require(string kind) => kind is Procedure or Calendar or Units
        ? kind
        : throw new ArgumentException($"'{kind}' is no kind of definition: use '{Procedure}', '{Calendar}' or '{Units}'.", nameof(kind));
}

/// <summary>A version of a definition was published again with other content.</summary>
public sealed class DefinitionConflictException(string kind, string code, string version)
    : Exception($"{kind} {code} version {version} is published with other content: publish the change under a new version.")
{
    /// <summary>The kind of the definition.</summary>
    public string Kind { get; } = kind;

    /// <summary>The code of the definition.</summary>
    public string Code { get; } = code;

    /// <summary>The version that is taken.</summary>
    public string Version { get; } = version;
}
