using System.Reflection;
using System.Text.RegularExpressions;
using Workflow.Core.Dossiers;

namespace Workflow.Samples.Tests;

/// <summary>The library survives trimming and native compilation: the sample, published so with every warning an error, tells the same story.</summary>
public sealed partial class PublishedSampleTests
{
    private const string AsBuilt = "as built";
    private const string Trimmed = "trimmed";
    private const string Native = "native";

    /// <summary>How the sample is published; a run that is not long keeps to what was built with the tests.</summary>
    public static TheoryData<string> Ways => LongRun.IsOn ? [AsBuilt, Trimmed, Native] : [AsBuilt];

    [Fact]
    public void Core_IsMarkedForTrimmingAndNativeCompilation()
    {
        var marks = typeof(Dossier).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);

        Assert.All((string[])["IsTrimmable", "IsAotCompatible"], mark => Assert.Equal("True", marks.GetValueOrDefault(mark)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Sample_PublishedThisWay_TellsTheSameStory(string way)
    {
        var (_, expected) = await SampleRun.OfAsync("EmbeddedLibrary");

        var told = way == AsBuilt ? (await SampleRun.OfAsync("EmbeddedLibrary")).Lines : await PublishedAsync(way);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, told);
    }

    private static async Task<string[]> PublishedAsync(string way)
    {
        Assert.SkipWhen(way == Native && !OperatingSystem.IsWindows() && !IsOnPath("clang") && !IsOnPath("gcc"), "native compilation needs a linker: install clang or gcc");
        var folder = Directory.CreateTempSubdirectory("workflow-publish-").FullName;
        try
        {
            string[] kind = way == Native ? ["-p:PublishAot=true"] : ["-p:PublishTrimmed=true", "--self-contained"];
            var (exitCode, log) = await SampleRun.OfCommandAsync(
                SampleRun.DotNet,
                [
                    "publish", RepositoryRoot.PathOf("samples", "EmbeddedLibrary"), "-c", "Release", "--use-current-runtime", .. kind, "-warnaserror", "-v", "quiet", "-nologo",
                    "-nodeReuse:false", "-p:UseSharedCompilation=false", "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "out"),
                ],
                TimeSpan.FromMinutes(15));
            var missing = MissingPackage().Match(string.Join('\n', log));
            Assert.SkipWhen(missing.Success, $"the package source does not carry the optional package {missing.Groups["package"].Value}, without which nothing can be published {way}");
            Assert.True(exitCode == 0, string.Join('\n', log));

            var (_, told) = await SampleRun.OfCommandAsync(Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "EmbeddedLibrary.exe" : "EmbeddedLibrary"), [], TimeSpan.FromMinutes(1));
            return told;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex("error NU110[12]: Unable to find package (?<package>[A-Za-z0-9.-]*[A-Za-z0-9])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MissingPackage();
}
