using System.CommandLine;
using Workflow.Host.Terminal;

namespace Workflow.Host.Stores;

/// <summary>The options by which every command finds its store: <c>--data</c> and <c>--postgres</c>.</summary>
internal sealed class StoreOptions
{
    /// <summary>The variable that names a database where no option names a store, so that a password need not stand in the list of processes.</summary>
    public const string Variable = "WORKFLOW_POSTGRES";

    private const string DefaultDirectory = "./data";

    private readonly Option<string?> _data = new("--data")
    {
        Description = $"The data directory of the embedded store; {DefaultDirectory} when neither this nor --postgres is given.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = $"A PostgreSQL database instead, as 'Host=db;Database=workflow;Username=workflow'; or set {Variable}, which other users of the machine cannot read.",
        HelpName = "CONNECTION",
    };

    /// <summary>Adds both options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_postgres);
    }

    /// <summary>The store that the arguments name, or else the environment; nothing is opened.</summary>
    /// <exception cref="UnusableInputException">They name two stores, or one that cannot be.</exception>
    public StoreChoice Choose(ParseResult parsed, HostEnvironment environment) => (parsed.GetValue(_data), parsed.GetValue(_postgres), environment.Postgres) switch
    {
        ({ }, { }, _) => throw new UnusableInputException("--data and --postgres name two stores: give one of them"),
        ({ } directory, null, _) => new DataDirectoryChoice(directory),
        (null, { } connection, _) => new PostgresChoice(connection, "--postgres", environment.StorePatience),
        (null, null, { Length: > 0 } connection) => new PostgresChoice(connection, Variable, environment.StorePatience),
        _ => new DataDirectoryChoice(DefaultDirectory),
    };
}
