using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Host.Dossiers;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary>Finds a version that was named on the command line: a file, or <c>CODE@VERSION</c> in the store or the catalogue.</summary>
internal sealed class NamedProcedure(ProcedureCatalogue catalogue, StoredProcedures? stored)
{
    /// <summary>Reads the store's procedures where there is a store.</summary>
    public static async Task<NamedProcedure> OpenAsync(HostEnvironment environment, StoreChoice choice, CancellationToken cancellationToken)
    {
        var catalogue = Catalogue.Procedures(environment);
        if (!await choice.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new NamedProcedure(catalogue, null);
        }

        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            return new NamedProcedure(catalogue, await StoredProcedures.ReadAsync(store, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Splits <c>CODE@VERSION</c>; null when the text is no such thing.</summary>
    public static ProcedureVersion? Version(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && Number(text[(at + 1)..]) is { } number ? new ProcedureVersion(text[..at], number) : null;
    }

    /// <summary>A version's number; null when the text is none.</summary>
    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>Finds what the text names.</summary>
    /// <exception cref="UnusableInputException">There is no such version or file; the line names the mend.</exception>
    /// <exception cref="DefinitionException">The file has defects.</exception>
    public Procedure Find(string text)
    {
        if (!File.Exists(text) && Version(text) is { } version)
        {
            return stored?.Find(version) ?? catalogue.Find(version.Code, version.Number) ?? throw Unknown(version);
        }

        return File.Exists(text) || catalogue.Find(text) is not { } known ? ShowProcedureCommand.Find(catalogue, text) : stored?.NewerThan(known) ?? known;
    }

    private UnusableInputException Unknown(ProcedureVersion version)
    {
        var versions = (stored?.Contents.Select(c => c.Version) ?? []).Concat(catalogue.All.Select(p => p.Version)).Where(v => v.Code == version.Code).Select(v => v.Number).Distinct().Order().ToList();
        return versions.Count == 0
            ? new UnusableInputException($"there is no procedure '{Faults.OneLine(version.Code)}': publish it first, or name a file")
            : new UnusableInputException($"there is no version {version.Number} of {version.Code}, only {string.Join(", ", versions)}: publish it first, or name a file");
    }
}
