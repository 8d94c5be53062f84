using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

/// <summary>The files of the catalogue, as they stand in the repository.</summary>
internal static class CatalogueFiles
{
    /// <summary>Names (relative to the folder of procedures) and texts, by name.</summary>
    public static IReadOnlyList<(string File, string Text)> All { get; } =
        [.. Directory.EnumerateFiles(Repository.PathOf("procedures"), "*.yaml").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllText(f)))];

    public static ProcedureCatalogue Catalogue { get; } = ProcedureCatalogue.Read(All);

    public static TheoryData<string> Names { get; } = [.. All.Select(f => f.File)];

    public static string TextOf(string file) => All.Single(f => f.File == file).Text;

    public static string Units() => File.ReadAllText(Repository.PathOf("procedures", "units", "tan-lac.yaml"));
}
