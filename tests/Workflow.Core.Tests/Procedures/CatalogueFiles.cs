using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

/// <summary>The files of the catalogue, as they stand in the repository.</summary>
internal static class CatalogueFiles
{
    /// <summary>Names (relative to the folder of procedures) and texts, by name.</summary>
    public static IReadOnlyList<(string File, string Text)> All { get; } =
        [.. Directory.EnumerateFiles(Folder(), "*.yaml").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllText(f)))];

    public static ProcedureCatalogue Catalogue { get; } = ProcedureCatalogue.Read(All);

    public static TheoryData<string> Names { get; } = [.. All.Select(f => f.File)];

    public static string TextOf(string file) => All.Single(f => f.File == file).Text;

    public static string Units() => File.ReadAllText(Path.Combine(Folder(), "units", "tan-lac.yaml"));

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Workflow.sln")))
            {
                return Path.Combine(at.FullName, "procedures");
            }
        }

        throw new DirectoryNotFoundException("The tests run outside the repository, so the catalogue cannot be found.");
    }
}
