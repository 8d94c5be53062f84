using Orleans.Concurrency;
using Workflow.Engine.Setup;
using Workflow.Grains.Calls;
using Workflow.Grains.Reception;
using Workflow.Silo.Faults;

namespace Workflow.Silo.Reception;

/// <summary>Takes submissions in the silo that is called; how many at once is the engine's to say.</summary>
[StatelessWorker(1)]
[Reentrant]
[GrainType("workflow.reception")]
internal sealed class ReceptionGrain(WorkflowEngineHosting hosting) : Grain, IReceptionGrain
{
    public async ValueTask<CommandAnswer> SubmitAsync(SubmissionCall call)
    {
        try
        {
            var engine = hosting.Engine;
            return EngineFaults.AnswerOf(engine, await engine.SubmitAsync(call.Command, call.Request).ConfigureAwait(true));
        }
        catch (Exception thrown) when (EngineFaults.Of(thrown) is { } fault)
        {
            return new CommandAnswer(null, fault);
        }
    }
}
