using System.CommandLine;
using System.CommandLine.Parsing;
using Workflow.Core.Definitions;

namespace Workflow.Host.Terminal;

/// <summary>Says in one line why arguments cannot be used, and what was probably meant.</summary>
internal static class ParseFault
{
    /// <summary>The line, or null when the arguments can be used.</summary>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var see = $"see 'workflow {string.Join(' ', Names(parsed).Append("--help"))}'";
        if (parsed.UnmatchedTokens.Count > 0)
        {
            var token = parsed.UnmatchedTokens[0];
            var isOption = token.StartsWith('-');
            var known = isOption ? Options(parsed) : command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
            var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            var mend = Spelling.Nearest(token, known) is { } nearest ? $"did you mean '{nearest}'?" : see;
            return Faults.OneLine($"unknown {what} '{token}': {mend}");
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            var names = command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
            return $"name a command{(parsed.CommandResult == parsed.RootCommandResult ? string.Empty : $" of '{command.Name}'")}: {string.Join(", ", names)} ({see})";
        }

        if (parsed.Errors[0].SymbolResult is ArgumentResult { Tokens.Count: 0, Argument: var argument, Parent: CommandResult })
        {
            return $"{argument.Name} is missing: {see}";
        }

        // Every option that is parsed at all is a number.
        if (parsed.Errors[0].SymbolResult is OptionResult { Option: var option, Tokens: [var given, ..] } && option.ValueType != typeof(string) && option.ValueType != typeof(string[]))
        {
            return $"{option.Name} '{Faults.OneLine(given.Value)}' is not a number that it takes: {see}";
        }

        return $"{Faults.OneLine(parsed.Errors[0].Message).TrimEnd('.')}: {see}";
    }

    private static Stack<string> Names(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Parent: not null } here; at = at.Parent)
        {
            names.Push(here.Command.Name);
        }

        return names;
    }

    private static List<string> Options(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult here; at = at.Parent)
        {
            names.AddRange(here.Command.Options.Where(o => !o.Hidden && (o.Recursive || at == parsed.CommandResult)).SelectMany(o => o.Aliases.Prepend(o.Name)));
        }

        return names;
    }
}
