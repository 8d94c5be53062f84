using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge.Imports;

/// <summary>What became of a Stateless machine: a definition, and what it lacks. Immutable.</summary>
public sealed class StatelessImport
{
    internal StatelessImport(ProcedureContent content, GuardRegistry guards, IReadOnlyList<NotCarried> notCarried)
    {
        Content = content;
        Guards = guards;
        NotCarried = notCarried;
    }

    /// <summary>What no import can see, since Stateless does not show it; look for it in the code that configures the machine.</summary>
    public static IReadOnlyList<string> Unseen { get; } =
    [
        "what listens to the machine: OnTransitioned, OnTransitionCompleted, OnUnhandledTrigger",
        "transitions with asynchronous guards: PermitIfAsync, PermitReentryIfAsync",
        "the parameters of a trigger that none of its guards take",
        "the place of a re-entry or of an internal or ignored transition among the alternatives of its trigger",
    ];

    /// <summary>The definition: states, hierarchy, transitions and guards of the machine, and all that was given beside it.</summary>
    public ProcedureContent Content { get; }

    /// <summary>The code guards that the definition may refer to.</summary>
    public GuardRegistry Guards { get; }

    /// <summary>What the machine has and the definition has not, state by state; empty when everything that Stateless shows was carried.</summary>
    public IReadOnlyList<NotCarried> NotCarried { get; }

    /// <summary>Checks and compiles the definition.</summary>
    /// <exception cref="DefinitionException">It has defects, such as a guard that is not registered or a state that leads nowhere; all of them are named.</exception>
    public Procedure Compile() => Procedure.Compile(Content, Guards);
}
