using Workflow.Core.Migrations;
using Workflow.Engine;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary>The migration that the arguments ask for.</summary>
internal sealed record WantedMigration(string? Procedure, string? From, string? To, string? Map, string? Ground, bool Apply, string? TakeBack, string? Batch)
{
    /// <exception cref="UnusableInputException">Two arguments contradict each other, or one cannot be used.</exception>
    public void Check()
    {
        if (TakeBack is not null && (Apply || Map is not null || Ground is not null || Batch is not null))
        {
            throw new UnusableInputException("--take-back goes without --apply, --map, --ground and --batch: leave those out");
        }

        if (Map is not null && Ground is not null)
        {
            throw new UnusableInputException($"--ground and {Map} both name the legal ground: keep it in the file");
        }

        if (Apply && Map is null && string.IsNullOrWhiteSpace(Ground))
        {
            throw new UnusableInputException("--apply needs the legal ground, which stands in each dossier: add --ground TEXT, or a mapping with --map FILE");
        }

        foreach (var (option, batch) in (ReadOnlySpan<(string, string?)>)[("--batch", Batch), ("--take-back", TakeBack)])
        {
            if (batch is not null && (batch.Length is 0 or > DossierEngine.LongestBatch || batch.Any(char.IsControl)))
            {
                throw new UnusableInputException($"{option} is not a batch: give 1 to {DossierEngine.LongestBatch} printable characters");
            }
        }
    }

    /// <summary>The mapping: the file's, or that of the same names.</summary>
    /// <param name="read">Reads a file.</param>
    /// <exception cref="UnusableInputException">The versions are not named, or otherwise than in the file.</exception>
    public StateMapping Mapping(Func<string, StateMapping> read)
    {
        var (fromCode, from) = Version("--from", From);
        var (toCode, to) = Version("--to", To);
        string?[] named = [Procedure, fromCode, toCode];
        var codes = named.Where(c => c is not null).Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count > 1)
        {
            throw new UnusableInputException($"{string.Join(" and ", codes.Select(c => $"'{Faults.OneLine(c!)}'"))} are two procedures: a dossier stays with its procedure");
        }

        if (Map is not null)
        {
            var mapping = read(Map);
            return (codes.Count == 0 || codes[0] == mapping.Procedure) && (from ?? mapping.From) == mapping.From && (to ?? mapping.To) == mapping.To
                ? mapping
                : throw new UnusableInputException($"{Map}:{mapping.Place.Line} maps {mapping.Procedure}@{mapping.From} to {mapping.Procedure}@{mapping.To}: name the same versions, or leave them out");
        }

        if (from is null || to is null || codes.Count == 0)
        {
            throw new UnusableInputException("the versions are not named: write --from CODE@1 --to CODE@2, or --procedure CODE --from 1 --to 2, or --map FILE");
        }

        return from == to
            ? throw new UnusableInputException($"--from and --to are both version {from}: name two versions")
            : new StateMapping(codes[0]!, from.Value, to.Value, Ground ?? string.Empty);
    }

    /// <summary>The numbers of the versions, each null when it is not named.</summary>
    public (int? From, int? To) Numbers() => (Version("--from", From).Number, Version("--to", To).Number);

    private static (string? Code, int? Number) Version(string option, string? text) => text is null ? default
        : NamedProcedure.Version(text) is { } version ? ((string?)version.Code, (int?)version.Number)
        : NamedProcedure.Number(text) is { } number ? ((string?)null, (int?)number)
        : throw new UnusableInputException($"{option} '{Faults.OneLine(text)}' is not a version: write CODE@1, or 1 with --procedure CODE");
}
