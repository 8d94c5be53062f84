using Workflow.Core.Units;

namespace Workflow.Engine.Setup;

/// <summary>The units that decisions go by from now on; a reorganisation puts others in their place. Safe to share between threads.</summary>
internal sealed class CurrentUnits(UnitTree tree)
{
    private volatile UnitTree _tree = tree;

    public UnitTree Tree
    {
        get => _tree;
        set => _tree = value;
    }
}
