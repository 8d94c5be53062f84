using System.Diagnostics;
using System.Globalization;

namespace Workflow.Engine.Tests.Faults;

/// <summary>A file system of some megabytes, which a test fills and empties.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflow-disk-");

    private SmallDisk(int megabytes)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=0755");
        if (!OperatingSystem.IsLinux() || !Succeeds("mount", "-t", "tmpfs", "-o", size, "tmpfs", _folder.FullName))
        {
            _folder.Delete();
            Assert.Skip("needs the right to mount");
        }
    }

    private string Ballast => Path.Combine(_folder.FullName, "ballast");

    /// <summary>Mounts one. The test is skipped where that may not be done.</summary>
    public static SmallDisk Mount(int megabytes) => new(megabytes);

    /// <summary>Makes an empty folder on it.</summary>
    public string CreateFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    /// <summary>Leaves so many bytes free.</summary>
    public void FillUpTo(int free)
    {
        // What others write meanwhile may take the rest.
        using var ballast = File.OpenHandle(Ballast, FileMode.Create, FileAccess.Write);
        var block = new byte[65_536];
        try
        {
            for (var at = 0L; new DriveInfo(_folder.FullName).AvailableFreeSpace > free; at += block.Length)
            {
                RandomAccess.Write(ballast, block, at);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Frees what <see cref="FillUpTo"/> took.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Assert.True(Succeeds("umount", _folder.FullName));
        _folder.Delete();
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
