using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    [Theory]
    [InlineData(DefinitionKinds.Procedure)]
    [InlineData(DefinitionKinds.Calendar)]
    [InlineData(DefinitionKinds.Units)]
    public async Task Publish_OfVersions_KeepsThemInTheOrderTheyWereKnown(string kind)
    {
        var second = Definition(kind, "x", "2", "h2") with { KnownFrom = Start.AddDays(2) };
        var first = Definition(kind, "x", "10", "h1") with { KnownFrom = Start.AddDays(1) };
        var other = Definition(kind, "a", "1", "h1") with { KnownFrom = Start.AddDays(2), Content = [] };
        foreach (var definition in new[] { second, first, other })
            await Store.PublishAsync(definition, Ct);

        Assert.Equivalent(new[] { first, other, second }, await Store.ReadDefinitionsAsync(kind, Ct), strict: true);
        foreach (var elsewhere in new[] { "procedure", "calendar", "units" }.Where(name => name != kind))
            Assert.Empty(await Store.ReadDefinitionsAsync(elsewhere, Ct));
    }

    [Fact]
    public async Task Publish_OfTheSameContentAgain_KeepsTheFirst()
    {
        var first = Definition("procedure", "x", "1", "h1");
        await Store.PublishAsync(first, Ct);

        await Store.PublishAsync(first with { KnownFrom = first.KnownFrom.AddDays(1) }, Ct);

        Assert.Equal(first.KnownFrom, Assert.Single(await Store.ReadDefinitionsAsync("procedure", Ct)).KnownFrom);
    }

    [Fact]
    public async Task Publish_OfOtherContentUnderTheSameVersion_IsRefusedByName()
    {
        await Store.PublishAsync(Definition("procedure", "1.001193", "3", "h1"), Ct);

        var conflict = await Assert.ThrowsAsync<DefinitionConflictException>(async () =>
            await Store.PublishAsync(Definition("procedure", "1.001193", "3", "h2"), Ct));

        Assert.Equal(("procedure", "1.001193", "3"), (conflict.Kind, conflict.Code, conflict.Version));
        Assert.Contains("procedure 1.001193 version 3", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("h1", Assert.Single(await Store.ReadDefinitionsAsync("procedure", Ct)).ContentHash);
    }

    [Fact]
    public async Task Definition_OfAnUnknownKind_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PublishAsync(Definition("dossier", "x", "1", "h"), Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ReadDefinitionsAsync("dossier", Ct));
    }

    private static PublishedDefinition Definition(string kind, string code, string version, string hash) =>
        new(kind, code, version, hash, Start, Bytes($"{kind} {code} {version} {hash}"));
}
