using System.Text;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Audit;

public sealed class AnchorFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anchors_ReadBack_AreTheHeadsOfTheStore()
    {
        await using var store = await Office.MemoryAsync(new VirtualClock(Office.Start));
        await AuditedStore.FillAsync(store);
        using var file = new MemoryStream();
        var totals = await AnchorFile.WriteAsync(store, file, Office.Start, cancellationToken: Ct);
        file.Position = 0;

        var heads = await AuditedStore.HeadsAsync(store);
        Assert.Equal(heads.Select(Text), AnchorFile.Read(file).Select(Text));
        Assert.All(AnchorFile.Read(new MemoryStream(file.ToArray())), h => Assert.NotNull(h.Places));
        Assert.Equal((AuditedStore.Dossiers, AuditedStore.Dossiers * AuditedStore.Versions, 3), (totals.Dossiers, totals.Events, totals.Definitions));
        await using var engine = await Office.OpenAsync(store, new VirtualClock(Office.Start.AddHours(5)));
        Assert.Equal(await engine.JournalHashAsync(), totals.JournalHash);
    }

    [Fact]
    public void StoredForm_OfTheFirstRelease_IsReadForEver()
    {
        var body = Encoding.UTF8.GetBytes(
            "{\"anchors\":1,\"takenAt\":\"2020-11-06T08:00:00+07:00\"}\n{\"dossier\":\"D-1\",\"version\":3,\"hash\":\"" + new string('1', 64) + "\"}\n");
        var head = new ChainHead("D-1", 3, Convert.FromHexString(new string('1', 64)));
        var closing = $"{{\"dossiers\":1,\"events\":3,\"journalHash\":\"{JournalHashOf(head)}\",\"sha256\":\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}\"}}\n";

        byte[] file = [.. body, .. Encoding.UTF8.GetBytes(closing)];
        Assert.Equal(Text(head), Text(Assert.Single(AnchorFile.Read(new MemoryStream(file)))));
        Assert.Empty(AnchorFile.ReadDefinitions(new MemoryStream(file)));
    }

    [Fact]
    public void StoredForm_WithDefinitionsAndPlaces_IsReadForEver()
    {
        var body = Encoding.UTF8.GetBytes(
            "{\"anchors\":2,\"takenAt\":\"2020-11-06T08:00:00+07:00\"}\n"
            + "{\"definition\":\"calendar\",\"code\":\"vn\",\"version\":\"vn-2020\",\"knownFrom\":\"2020-11-06T08:00:00+07:00\",\"sha256\":\"" + new string('2', 64) + "\"}\n"
            + "{\"dossier\":\"D-1\",\"version\":3,\"hash\":\"" + new string('1', 64) + "\",\"places\":\"" + new string('3', 64) + "\"}\n");
        var head = new ChainHead("D-1", 3, Convert.FromHexString(new string('1', 64)));
        var closing = $"{{\"dossiers\":1,\"events\":3,\"journalHash\":\"{JournalHashOf(head)}\",\"sha256\":\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}\",\"definitions\":1}}\n";
        byte[] file = [.. body, .. Encoding.UTF8.GetBytes(closing)];

        var read = Assert.Single(AnchorFile.Read(new MemoryStream(file)));
        var definition = Assert.Single(AnchorFile.ReadDefinitions(new MemoryStream(file)));

        Assert.Equal((Text(head), new string('3', 64)), (Text(read), Convert.ToHexStringLower(read.Places!)));
        Assert.Equal(("calendar", "vn", "vn-2020", Office.Start), (definition.Kind, definition.Code, definition.Version, definition.KnownFrom));
        Assert.Equal(new string('2', 64), Convert.ToHexStringLower(definition.Sha256));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("not json\n", "line 1 is no header")]
    [InlineData("{\"log\":{}}\n", "line 1 is no header")]
    [InlineData("{\"anchors\":3,\"takenAt\":\"2020-11-06T08:00:00+07:00\"}\n", "form 3")]
    public void File_ThatHoldsNoAnchors_IsRefusedInOneLine(string text, string why)
    {
        var refusal = Assert.Throws<AnchorFormatException>(() => AnchorFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Count());
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task File_DamagedAnywhere_IsRefused()
    {
        await using var store = await Office.MemoryAsync(new VirtualClock(Office.Start));
        await AuditedStore.FillAsync(store);
        using var file = new MemoryStream();
        await AnchorFile.WriteAsync(store, file, Office.Start, cancellationToken: Ct);
        var whole = file.ToArray();
        var lines = Encoding.UTF8.GetString(whole).Split('\n');

        for (var at = 0; at < whole.Length; at += 97)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            Assert.Throws<AnchorFormatException>(() => AnchorFile.Read(new MemoryStream(damaged)).Count());
        }

        foreach (var kept in new[] { 1, 2, lines.Length - 2 })
        {
            var cut = Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(kept)) + "\n");
            Assert.Contains("cut off", Assert.Throws<AnchorFormatException>(() => AnchorFile.Read(new MemoryStream(cut)).Count()).Message, StringComparison.Ordinal);
        }

        var without = Encoding.UTF8.GetBytes(string.Join('\n', lines.Where((_, i) => i != 7)));
        Assert.Contains("changed or damaged", Assert.Throws<AnchorFormatException>(() => AnchorFile.Read(new MemoryStream(without)).Count()).Message, StringComparison.Ordinal);
        byte[] twice = [.. whole, .. whole];
        Assert.Contains("behind the closing line", Assert.Throws<AnchorFormatException>(() => AnchorFile.Read(new MemoryStream(twice)).Count()).Message, StringComparison.Ordinal);
    }

    private static string Text(ChainHead head) => $"{head.Code} {head.Version} {Convert.ToHexString(head.Hash)}";

    private static string JournalHashOf(ChainHead head)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        JournalHash.Append(hash, head);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
