using System.IO.Compression;
using System.Text;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Logs;

public sealed class ProfileCommandTests
{
    [Fact]
    public async Task Profile_SmallLog_GivesTheKeysOfTheContract()
    {
        using var scratch = new Scratch();
        var json = await Run.JsonAsync("log", "profile", scratch.File("log.xes", SmallLog.Text));
        Assert.Equal(
            """{"cases":3,"events":6,"activities":2,"variants":3,"first":"2020-11-06T08:00:00.123+07:00","last":"2020-11-09T08:00:00+07:00","onTime":1,"late":1,"noDeadline":1,"medianHours":0.9999658333333333}""",
            json.GetRawText());
    }

    [Fact]
    public async Task Profile_CompressedUnderAnyName_ReadsTheSame()
    {
        using var scratch = new Scratch();
        var path = scratch.File("log.bin");
        await File.WriteAllBytesAsync(path, Zip(SmallLog.Text));
        var plain = await Run.JsonAsync("log", "profile", scratch.File("log.xes", SmallLog.Text));
        Assert.Equal(plain.GetRawText(), (await Run.JsonAsync("log", "profile", path)).GetRawText());
    }

    [Theory]
    [InlineData("<log><trace>", "line 1")]
    [InlineData("not xml", "line 1")]
    [InlineData("", "line")]
    [InlineData("<log>\n<trace>\n<event/></trace></log>", "line 3")]
    [InlineData("<log>\n<trace/></log>", "line 2")]
    [InlineData("<!DOCTYPE log [<!ENTITY a \"b\">]><log/>", "line 1")]
    public async Task Profile_MalformedLog_OneLineNamesFileAndLine(string text, string where)
    {
        using var scratch = new Scratch();
        var path = scratch.File("bad.xes", text);
        (await Run.CommandAsync("log", "profile", path, "--json")).IsUnusable(path, where);
    }

    [Fact]
    public async Task Profile_TruncatedOrDamagedCompression_OneLineNamesTheFile()
    {
        using var scratch = new Scratch();
        var whole = Zip(SmallLog.Text);
        var path = scratch.File("cut.xes.gz");
        await File.WriteAllBytesAsync(path, whole[..(whole.Length / 2)]);
        (await Run.CommandAsync("log", "profile", path)).IsUnusable(path);

        whole[whole.Length / 2] ^= 0xff;
        await File.WriteAllBytesAsync(path, whole);
        (await Run.CommandAsync("log", "profile", path)).IsUnusable(path);
    }

    [Fact]
    public async Task Profile_MissingFileOrDirectory_OneLineNamesIt()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("log", "profile", scratch.File("none.xes"))).IsUnusable("none.xes", "no such file");
        (await Run.CommandAsync("log", "profile", scratch.Path)).IsUnusable(scratch.Path, "is a directory");
    }

    internal static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
