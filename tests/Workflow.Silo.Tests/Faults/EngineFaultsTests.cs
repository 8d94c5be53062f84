using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Grains.Calls;
using Workflow.Silo.Faults;

namespace Workflow.Silo.Tests.Faults;

public sealed class EngineFaultsTests
{
    private static readonly Exception[] s_documented =
    [
        new ArgumentException("The caller is empty.", "request"),
        new ArgumentException("no parameter"),
        new ArgumentOutOfRangeException("limit", "too many"),
        new ContendedDossierException(new DossierCode("D-1")),
        new MissingProcedureException("D-1", new ProcedureVersion("T.1", 2)),
        new StorageUnavailableException("unknown"),
        new StorageFullException("full"),
        new StorageReadOnlyException("read-only"),
        new StorageCorruptException("damaged"),
        new StorageRefusedException("refused"),
    ];

    [Fact]
    public void WhatTheEngineDocuments_ArrivesInAnotherSiloAsItWasThrown()
    {
        foreach (var thrown in s_documented)
        {
            var arrived = EngineFaults.ToException(EngineFaults.Of(thrown)!);

            Assert.Equal((thrown.GetType(), thrown.Message), (arrived.GetType(), arrived.Message));
            Assert.Equal((thrown as ArgumentException)?.ParamName, (arrived as ArgumentException)?.ParamName);
        }

        Assert.Equal("T.1@2", ((MissingProcedureException)EngineFaults.ToException(EngineFaults.Of(s_documented[4])!)).Procedure.ToString());
    }

    [Fact]
    public void OtherFaultsOfTheStore_ArriveWithTheirMessage()
    {
        var arrived = Assert.IsType<EngineFaultException>(EngineFaults.ToException(EngineFaults.Of(new StorageInUseException("in use"))!));

        Assert.Equal((EngineFaultKind.Storage, "in use", false), (arrived.Kind, arrived.Message, arrived.IsFateUnknown));
    }

    [Fact]
    public void DisposedEngine_IsAnEndingSilo() => Assert.Equal(EngineFaultKind.Ending, EngineFaults.Of(new ObjectDisposedException("engine"))!.Kind);

    [Fact]
    public void FaultOfTheProgram_IsNoAnswer()
    {
        Assert.Null(EngineFaults.Of(new InvalidOperationException("wrong")));
    }
}
