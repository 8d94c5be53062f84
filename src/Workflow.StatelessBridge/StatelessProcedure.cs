using Stateless;
using Workflow.Core.Procedures;
using Workflow.StatelessBridge.Imports;

namespace Workflow.StatelessBridge;

/// <summary>Machines of the Stateless package as procedures, and procedures as machines of that package.</summary>
public static partial class StatelessProcedure
{
    /// <summary>Makes a procedure of a configured machine: its states, hierarchy, transitions, guards by name, ignored triggers and re-entries.</summary>
    /// <typeparam name="TState">The states, told apart by their names.</typeparam>
    /// <typeparam name="TTrigger">The triggers, told apart by their names. One that bears the name of an act (<c>accept</c>) has that act.</typeparam>
    /// <param name="machine">The machine. It is not fired and not changed; nobody else may use it meanwhile.</param>
    /// <param name="code">The code of the procedure.</param>
    /// <param name="version">Its version, from 1.</param>
    /// <param name="options">Guards and names; the ordinary ones when null.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">Two states, or two triggers, have one name.</exception>
    /// <exception cref="NotCarriedException">The import is to be strict, and the machine has parts that a procedure cannot hold.</exception>
    public static StatelessImport From<TState, TTrigger>(
        StateMachine<TState, TTrigger> machine, string code, int version = 1, StatelessImportOptions? options = null)
        where TState : notnull
        where TTrigger : notnull
    {
        ArgumentNullException.ThrowIfNull(code);
        return From(machine, new ProcedureBuilder(code, version).ToContent(), options);
    }

    /// <summary>Makes a procedure of a configured machine and of what a machine does not say: limits, roles, documents, portal statuses.</summary>
    /// <typeparam name="TState">The states, told apart by their names.</typeparam>
    /// <typeparam name="TTrigger">The triggers, told apart by their names. One that bears the name of an act (<c>accept</c>) has that act.</typeparam>
    /// <param name="machine">The machine. It is not fired and not changed; nobody else may use it meanwhile.</param>
    /// <param name="rest">
    /// A definition without transitions. Its states lend those of the same name everything but their superstate; a state without a way out is final whether they say
    /// so or not. Where it begins is the machine's to say.
    /// </param>
    /// <param name="options">Guards and names; the ordinary ones when null.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// Two states, or two triggers, have one name; or <paramref name="rest"/> has transitions or a state that the machine lacks.
    /// </exception>
    /// <exception cref="NotCarriedException">The import is to be strict, and the machine has parts that a procedure cannot hold.</exception>
    public static StatelessImport From<TState, TTrigger>(
        StateMachine<TState, TTrigger> machine, ProcedureContent rest, StatelessImportOptions? options = null)
        where TState : notnull
        where TTrigger : notnull
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(rest);
        options ??= new StatelessImportOptions();
        var findings = new List<NotCarried>();
        var read = new MachineReader<TState, TTrigger>(machine, options.NameOf, new GuardNaming(options, rest.Guards), findings).Read();
        var content = ImportedContent.Of(read, rest, findings);
        return options.Strict && findings.Count > 0 ? throw new NotCarriedException(findings) : new StatelessImport(content, options.Guards, findings.AsReadOnly());
    }
}
