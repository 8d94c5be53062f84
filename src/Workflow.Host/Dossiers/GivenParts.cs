using System.CommandLine;
using System.Globalization;
using Workflow.Core.Dossiers;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary>Reads the parts of a dossier that are given on the command line.</summary>
internal static class GivenParts
{
    public static Option<string[]> FieldOption() => new("--field") { Description = "A field's value, as name=value; may be given several times.", HelpName = "NAME=VALUE" };

    public static Option<string[]> DocumentOption() =>
        new("--document") { Description = "A document handed in: CODE, or CODE:ORIGINALS:COPIES; may be given several times.", HelpName = "CODE" };

    /// <exception cref="UnusableInputException">A text is no name=value.</exception>
    public static IReadOnlyList<FieldValue> Fields(IEnumerable<string>? texts) => [.. (texts ?? []).Select(text =>
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        return split > 0
            ? new FieldValue(text[..split], text[(split + 1)..])
            : throw new UnusableInputException($"--field '{Faults.OneLine(text)}' is not a field's value: write NAME=VALUE");
    })];

    /// <exception cref="UnusableInputException">A text is no document.</exception>
    public static IReadOnlyList<SubmittedDocument> Documents(IEnumerable<string>? texts) => [.. (texts ?? []).Select(text =>
    {
        var parts = text.Split(':');
        return parts switch
        {
            [{ Length: > 0 } code] => new SubmittedDocument(code, Originals: 1),
            [{ Length: > 0 } code, var originals, var copies] when Count(originals) is { } o && Count(copies) is { } c => new SubmittedDocument(code, o, c),
            _ => throw new UnusableInputException($"--document '{Faults.OneLine(text)}' is not a document: write CODE or CODE:ORIGINALS:COPIES"),
        };
    })];

    /// <exception cref="UnusableInputException">The text is no payment.</exception>
    public static Payment? Payment(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split(':', 3);
        return long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new Payment(amount, parts.Length > 1 ? parts[1] : "cash", parts.Length > 2 ? parts[2] : null)
            : throw new UnusableInputException($"--payment '{Faults.OneLine(text)}' is not a payment: write AMOUNT, AMOUNT:METHOD or AMOUNT:METHOD:REFERENCE, the amount in dong");
    }

    /// <exception cref="UnusableInputException">The text is no code.</exception>
    public static DossierCode Code(string text) =>
        DossierCode.IsCode(text) ? new DossierCode(text) : throw new UnusableInputException($"'{Faults.OneLine(text)}' is not a dossier's code: give 1 to {DossierCode.MaxLength} printable characters");

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
