using System.CommandLine;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary>The options that say who acts, under which command id and when.</summary>
internal sealed class ActorOptions
{
    private readonly Option<string> _actor = new("--as") { Description = "The acting account's id.", HelpName = "ACTOR", Required = true };

    private readonly Option<string[]> _roles = new("--role") { Description = "A role that the account holds; may be given several times.", HelpName = "ROLE" };

    private readonly Option<string?> _unit = new("--actor-unit") { Description = "The unit that the account acts for; none for an applicant.", HelpName = "UNIT" };

    private readonly Option<string?> _id = new("--id") { Description = "The command's id: given again it is done once. A new one when it is left out.", HelpName = "COMMANDID" };

    private readonly Option<string?> _at = new("--at") { Description = "When it happened, where that was before now: RFC 3339.", HelpName = "TIME" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="gives">Whether it gives a command to the engine rather than reads.</param>
    public void AddTo(Command command, bool gives)
    {
        _actor.Required = gives;
        command.Add(_actor);
        command.Add(_roles);
        command.Add(_unit);
        if (gives)
        {
            command.Add(_id);
            command.Add(_at);
        }
    }

    /// <summary>The acting person; null when none was named.</summary>
    /// <exception cref="UnusableInputException">The id cannot be one.</exception>
    public Actor? Actor(ParseResult parsed)
    {
        if (parsed.GetValue(_actor) is not { } id)
        {
            return null;
        }

        return id.Length is > 0 and <= 200 && !id.Any(char.IsControl)
            ? new Actor(id, parsed.GetValue(_roles) ?? [], parsed.GetValue(_unit))
            : throw new UnusableInputException("--as is not an account's id: give 1 to 200 printable characters");
    }

    /// <summary>Who gives the command, under which id and when.</summary>
    /// <exception cref="UnusableInputException">A part of it cannot be used.</exception>
    public CommandRequest Request(ParseResult parsed)
    {
        var id = parsed.GetValue(_id) ?? Guid.NewGuid().ToString("N");
        if (id.Length is 0 or > CommandId.MaxLength || id.Any(char.IsControl))
        {
            throw new UnusableInputException($"--id is not a command id: give 1 to {CommandId.MaxLength} printable characters");
        }

        return new CommandRequest(new CommandId(id), Actor(parsed)!)
        {
            OccurredAt = parsed.GetValue(_at) is { } at ? Times.Read("--at", at) : null,
        };
    }
}
