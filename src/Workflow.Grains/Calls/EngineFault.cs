namespace Workflow.Grains.Calls;

/// <summary>What the engine of a silo threw, told as part of an answer: who calls may not know its type.</summary>
/// <param name="Kind">One of <see cref="EngineFaultKind"/>; another one when the silo is of a later release.</param>
/// <param name="Message">Its message: one line that says how to mend.</param>
public sealed record EngineFault(string Kind, string Message)
{
    /// <summary>The argument that was wrong, or null.</summary>
    public string? Argument { get; init; }

    /// <summary>The dossier that it is about, or null.</summary>
    public string? Dossier { get; init; }

    /// <summary>The procedure that is missing, or null.</summary>
    public string? Procedure { get; init; }

    /// <summary>The version of the procedure that is missing, or null.</summary>
    public int? ProcedureVersion { get; init; }
}

/// <summary>The kinds of faults.</summary>
public static class EngineFaultKind
{
    /// <summary>The caller's mistake: an <see cref="ArgumentException"/>.</summary>
    public const string Argument = "argument";

    /// <summary>The caller's mistake: an <see cref="ArgumentOutOfRangeException"/>.</summary>
    public const string Range = "range";

    /// <summary>Other writers were faster too often; nothing was done.</summary>
    public const string Contended = "contended";

    /// <summary>The dossier follows a procedure's version that the silo lacks; nothing was done.</summary>
    public const string MissingProcedure = "missing-procedure";

    /// <summary>There is no space left in the store; nothing was done.</summary>
    public const string StorageFull = "storage-full";

    /// <summary>The store may not be written to; nothing was done.</summary>
    public const string StorageReadOnly = "storage-read-only";

    /// <summary>The stored data are damaged; nothing was done.</summary>
    public const string StorageCorrupt = "storage-corrupt";

    /// <summary>The store refused what was to be written; nothing was done, and it may be taken later.</summary>
    public const string StorageRefused = "storage-refused";

    /// <summary>The store failed otherwise; nothing was done.</summary>
    public const string Storage = "storage";

    /// <summary>The store did not answer before the silo ended: what became of a command is not known. It is given again under the same id.</summary>
    public const string Unknown = "unknown";

    /// <summary>The silo ends; nothing was done. It is given again.</summary>
    public const string Ending = "ending";
}
