namespace Workflow.Testing;

/// <summary>The root of the repository that the tests run in.</summary>
internal static class RepositoryRoot
{
    private static readonly Lazy<string> s_path = new(Find);

    /// <summary>A file or folder of the repository, by the parts of its path.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([s_path.Value, .. parts]);

    /// <summary>A real event log that stands beside the repository; null where it is missing.</summary>
    public static string? ReceiptLog => File.Exists(PathOf("..", "shared", "data", "receipt.xes.gz")) ? Path.GetFullPath(PathOf("..", "shared", "data", "receipt.xes.gz")) : null;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Workflow.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Workflow.sln.");
    }
}
