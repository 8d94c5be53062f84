namespace Workflow.Core.Procedures;

/// <summary>How a dossier comes in (KênhThựcHiện of the national portal, with its codes).</summary>
public enum Channel
{
    /// <summary>Handed in at the one-stop shop.</summary>
    Direct = 1,

    /// <summary>Submitted online.</summary>
    Online = 2,

    /// <summary>Sent through the public postal service.</summary>
    Post = 3,
}
