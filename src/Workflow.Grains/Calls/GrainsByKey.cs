namespace Workflow.Grains.Calls;

/// <summary>The grains of an interface, by their keys. Safe to share between threads.</summary>
/// <remarks>
/// A factory that is given an interface reads its attributes and puts its name together, each time anew, which is a good part of what a call in process costs. So it is
/// asked once; the further grains are of the same type.
/// </remarks>
internal sealed class GrainsByKey<TGrain>(IGrainFactory grains)
    where TGrain : class, IGrainWithStringKey
{
    private volatile GrainReference? _first;

    public TGrain Of(string key)
    {
        if (_first is { } first)
        {
            return (TGrain)grains.GetGrain(GrainId.Create(first.GrainId.Type, key), first.InterfaceType);
        }

        var grain = grains.GetGrain<TGrain>(key);
        _first = grain as GrainReference;
        return grain;
    }
}
