using Stateless;
using Workflow.Core.Guards;

namespace Workflow.StatelessBridge.Tests.Imports;

internal enum Place
{
    Filed,
    Office,
    Appraisal,
    Signing,
    Granted,
    Refused,
}

internal enum Step
{
    Take,
    Propose,
    Grant,
    Refuse,
    Remind,
    Note,
    Restart,
}

/// <summary>A machine as a team has it: states and triggers are enumerations, guards are methods and lambdas.</summary>
internal sealed class PermitMachine
{
    public StateMachine<Place, Step> Machine { get; } = new(Place.Filed);

    public bool HasFees { get; set; }

    public PermitMachine Configured()
    {
        Machine.Configure(Place.Filed).PermitIf(Step.Take, Place.Office, AreFeesPaid).Ignore(Step.Remind);
        Machine.Configure(Place.Office).Permit(Step.Refuse, Place.Refused).InitialTransition(Place.Appraisal).PermitReentry(Step.Restart)
            .InternalTransition(Step.Note, () => { });
        Machine.Configure(Place.Appraisal).SubstateOf(Place.Office).PermitIf(Step.Propose, Place.Signing, () => HasFees, "the documents are complete");
        Machine.Configure(Place.Signing).SubstateOf(Place.Office).Permit(Step.Grant, Place.Granted);
        return this;
    }

    public static GuardRegistry Guards(int version = 1) => GuardRegistry.Standard.With(
        new GuardDefinition("AreFeesPaid", version, "the fees are not paid", f => f.FeesOutstanding == 0),
        new GuardDefinition("the-documents-are-complete", 1, "a document is missing", f => f.DocumentsComplete));

    private bool AreFeesPaid() => HasFees;
}
