using System.Collections.Concurrent;
using System.Text;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Admission;

namespace Workflow.Engine.Telemetry;

/// <summary>The words for commands and what became of them: few, so that they can be tags.</summary>
internal static class CommandWords
{
    private static readonly ConcurrentDictionary<Type, string> s_kinds = new();

    /// <summary>The kind of a command, such as <c>fire-trigger</c>.</summary>
    public static string KindOf(DossierCommand command) => s_kinds.GetOrAdd(command.GetType(), static type => Hyphenated(type.Name));

    public static string OutcomeOf(CommandResult result) => result switch
    {
        CommandResult.Accepted { IsRepeat: false } => "accepted",
        CommandResult.Accepted => "repeat",
        CommandResult.Rejected => "rejected",
        CommandResult.NotFound => "not-found",
        CommandResult.IdReused => "id-reused",
        _ => "busy",
    };

    public static string ReasonOf(RefusalReason reason) => reason switch
    {
        RefusalReason.Full => "full",
        RefusalReason.UnitShare => "unit-share",
        _ => "draining",
    };

    private static string Hyphenated(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
