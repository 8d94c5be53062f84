namespace Workflow.Grains.Calls;

/// <summary>Tells one read from another, so that an activation knows for which read it was made: what it loaded then was read during that one, and needs no confirmation.</summary>
/// <remarks>It goes beside the call, where other releases overlook it.</remarks>
internal static class ReadMark
{
    private const string Key = "workflow.read";

    /// <summary>The mark of the read under way, or of the one that causes the activation under way; null where it bears none.</summary>
    public static Guid? Current => RequestContext.Get(Key) as Guid?;

    /// <summary>Marks the calls that the caller's asynchronous method makes from now on.</summary>
    public static void Begin() => RequestContext.Set(Key, Guid.NewGuid());
}
