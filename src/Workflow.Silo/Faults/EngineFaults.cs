using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Engine;
using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;

namespace Workflow.Silo.Faults;

/// <summary>What the engine throws, as part of an answer and back.</summary>
internal static class EngineFaults
{
    private static readonly EngineFault s_ending = new(EngineFaultKind.Ending, "The silo ends and takes no more calls: call again.");

    /// <summary>The answer that a result is. An engine that ends is busy for good: that is for the caller to try elsewhere, where others are not busy.</summary>
    public static CommandAnswer AnswerOf(DossierEngine engine, CommandResult result) =>
        result is CommandResult.Busy && !engine.IsTaking ? new CommandAnswer(null, s_ending) : new CommandAnswer(result);

    /// <summary>The fault that an exception of the engine is; null for what the engine does not document, which is a fault of the program.</summary>
    public static EngineFault? Of(Exception thrown) => thrown switch
    {
        ArgumentOutOfRangeException range => Mistake(EngineFaultKind.Range, range),
        ArgumentException mistake => Mistake(EngineFaultKind.Argument, mistake),
        ContendedDossierException contended => new EngineFault(EngineFaultKind.Contended, thrown.Message) { Dossier = contended.Code.Value },
        MissingProcedureException missing => new EngineFault(EngineFaultKind.MissingProcedure, thrown.Message)
        {
            Dossier = missing.Dossier,
            Procedure = missing.Procedure.Code,
            ProcedureVersion = missing.Procedure.Number,
        },
        StorageUnavailableException => new EngineFault(EngineFaultKind.Unknown, thrown.Message),
        StorageFullException => new EngineFault(EngineFaultKind.StorageFull, thrown.Message),
        StorageReadOnlyException => new EngineFault(EngineFaultKind.StorageReadOnly, thrown.Message),
        StorageCorruptException => new EngineFault(EngineFaultKind.StorageCorrupt, thrown.Message),
        StorageRefusedException => new EngineFault(EngineFaultKind.StorageRefused, thrown.Message),
        StorageException => new EngineFault(EngineFaultKind.Storage, thrown.Message),
        ObjectDisposedException => s_ending,
        _ => null,
    };

    /// <summary>The exception in a process that knows the engine; an <see cref="EngineFaultException"/> for a kind that has no type here.</summary>
    public static Exception ToException(EngineFault fault) => fault.Kind switch
    {
        EngineFaultKind.Argument or EngineFaultKind.Range => GrainDossierEngine.MistakeOf(fault)!,
        EngineFaultKind.Contended when fault.Dossier is { } dossier => new ContendedDossierException(new DossierCode(dossier)),
        EngineFaultKind.MissingProcedure when fault is { Dossier: { } dossier, Procedure: { } procedure, ProcedureVersion: { } version } =>
            new MissingProcedureException(dossier, new ProcedureVersion(procedure, version)),
        EngineFaultKind.Unknown => new StorageUnavailableException(fault.Message),
        EngineFaultKind.StorageFull => new StorageFullException(fault.Message),
        EngineFaultKind.StorageReadOnly => new StorageReadOnlyException(fault.Message),
        EngineFaultKind.StorageCorrupt => new StorageCorruptException(fault.Message),
        EngineFaultKind.StorageRefused => new StorageRefusedException(fault.Message),
        _ => new EngineFaultException(fault),
    };

    // The name of the parameter stands at the end of the message, and is put there again where it arrives.
    private static EngineFault Mistake(string kind, ArgumentException mistake) =>
        new(kind, mistake.Message.Split(" (Parameter '", 2)[0]) { Argument = mistake.ParamName };
}
