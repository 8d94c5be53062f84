namespace Workflow.Grains.Calls;

/// <summary>What the engine of a silo threw, where its own type is not known: in a client of the cluster. The message is the engine's.</summary>
/// <remarks>Nothing was done, unless <see cref="IsFateUnknown"/>.</remarks>
/// <param name="fault">The fault.</param>
public sealed class EngineFaultException(EngineFault fault) : Exception(fault.Message)
{
    /// <summary>One of <see cref="EngineFaultKind"/>.</summary>
    public string Kind { get; } = fault.Kind;

    /// <summary>Whether it is not known what became of the command: the same id tells.</summary>
    public bool IsFateUnknown => Kind == EngineFaultKind.Unknown;
}
