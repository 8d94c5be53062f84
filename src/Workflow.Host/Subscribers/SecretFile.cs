using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary>A file of secrets, one per line, the newest first. No message repeats any of them.</summary>
internal static class SecretFile
{
    private const long Longest = 10_000;

    /// <exception cref="UnusableInputException">The file cannot be read, or holds no secret.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        using (var file = InputFile.Open(path))
        {
            if (file.Length > Longest)
            {
                throw new UnusableInputException($"{path} is too long for a file of secrets: put one 'whsec_...' on each line, the newest first");
            }
        }

        var secrets = InputFile.ReadText(path).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        return secrets.Count > 0
            ? secrets
            : throw new UnusableInputException($"{path} holds no secret: make one with 'echo \"whsec_$(openssl rand -base64 32)\" > {path}'");
    }
}
