using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Tests.Audit;

/// <content>The published definitions, by which dossiers are decided and replayed.</content>
public abstract partial class AuditContract
{
    public static TheoryData<string, string, string> ChangedDefinitions => new()
    {
        { DefinitionKinds.Procedure, "procedure", "content" },
        { DefinitionKinds.Procedure, "procedure", "hash" },
        { DefinitionKinds.Procedure, "procedure", "unreadable" },
        { DefinitionKinds.Procedure, "procedure", "version" },
        { DefinitionKinds.Calendar, "calendar", "content" },
        { DefinitionKinds.Calendar, "calendar", "days" },
        { DefinitionKinds.Calendar, "calendar", "hash" },
        { DefinitionKinds.Calendar, "calendar", "unreadable" },
        { DefinitionKinds.Calendar, "calendar", "version" },
        { DefinitionKinds.Units, "unit_tree", "content" },
        { DefinitionKinds.Units, "unit_tree", "hash" },
        { DefinitionKinds.Units, "unit_tree", "unreadable" },
        { DefinitionKinds.Units, "unit_tree", "version" },
    };

    [Theory]
    [MemberData(nameof(ChangedDefinitions))]
    public async Task Definition_Changed_IsNamed(string kind, string table, string what)
    {
        await using var store = await OpenAsync();
        var definition = (await store.ReadDefinitionsAsync(kind, Ct))[0];
        Run($"UPDATE {table} SET " + what switch
        {
            "content" => $"content = {AuditedStore.Hex(Altered(definition), IsPostgres)}",
            "days" => $"content = {AuditedStore.Hex(DefinitionJson.Write(Fewer(DefinitionJson.ReadCalendar(definition.Content))), IsPostgres)}",
            "hash" => $"content_hash = '{new string('0', 64)}'",
            "unreadable" => $"content = {AuditedStore.Hex([1, 2, 3], IsPostgres)}",
            _ => "version = '9'",
        });

        var report = await AuditedStore.VerifyAsync(store);

        Assert.False(report.IsIntact);
        Assert.Empty(report.Broken);
        Assert.Equal((kind, definition.Code), report.BrokenDefinitions.Select(d => (d.Kind, d.Code)).Single());
        Assert.Equal(kind == DefinitionKinds.Procedure ? [new NotReplayed(Office.Procedure.Version, AuditedStore.Dossiers)] : [], report.NotReplayed);
    }

    [Theory]
    [InlineData(DefinitionKinds.Procedure, "procedure")]
    [InlineData(DefinitionKinds.Calendar, "calendar")]
    [InlineData(DefinitionKinds.Units, "unit_tree")]
    public async Task Definition_WithItsHashRecomputedOrGone_IsFoundByAnchors(string kind, string table)
    {
        await using var store = await OpenAsync();
        using var file = new MemoryStream();
        var totals = await AnchorFile.WriteAsync(store, file, Office.Start, cancellationToken: Ct);
        var definition = (await store.ReadDefinitionsAsync(kind, Ct))[0];
        Assert.True((await VerifyAsync()).IsIntact);
        Assert.Equal(3, totals.Definitions);

        Run($"UPDATE {table} SET known_from = '2019-01-01T00:00:00.000+07:00'");
        Assert.Contains("known", Named(await VerifyAsync()), StringComparison.Ordinal);

        var recomputed = Recomputed(definition);
        Run($"UPDATE {table} SET content = {AuditedStore.Hex(recomputed.Content, IsPostgres)}, content_hash = '{recomputed.ContentHash}', version = '{recomputed.Version}'");
        var without = await AuditedStore.VerifyAsync(store);
        Assert.Empty(without.BrokenDefinitions);
        Assert.Contains(kind == DefinitionKinds.Units ? "missing" : "recomputed", Named(await VerifyAsync()), StringComparison.Ordinal);

        Run($"DELETE FROM {table}");
        Assert.Contains("missing", Named(await VerifyAsync()), StringComparison.Ordinal);

        async Task<AuditReport> VerifyAsync() => await JournalAudit.VerifyAsync(
            store,
            AuditedStore.Options with
            {
                Anchors = () => AnchorFile.Read(new MemoryStream(file.ToArray())),
                AnchoredDefinitions = () => AnchorFile.ReadDefinitions(new MemoryStream(file.ToArray())),
            },
            Ct);

        string Named(AuditReport report)
        {
            var fault = Assert.Single(report.BrokenDefinitions);
            Assert.Equal((kind, definition.Code, definition.Version), (fault.Kind, fault.Code, fault.Version));
            Assert.False(report.IsIntact);
            return fault.Why;
        }
    }

    private static byte[] Altered(PublishedDefinition definition) => Recomputed(definition).Content;

    // As somebody would do who has the program.
    private static PublishedDefinition Recomputed(PublishedDefinition definition)
    {
        switch (definition.Kind)
        {
            case DefinitionKinds.Procedure:
                var procedure = Core.Procedures.Procedure.Compile(DefinitionJson.ReadProcedure(definition.Content) with { Sector = "somebody's" });
                return definition with { Content = DefinitionJson.Write(procedure.Content), ContentHash = procedure.ContentHash };
            case DefinitionKinds.Calendar:
                var text = DefinitionJson.ReadCalendar(definition.Content);
                var file = text.File!.Replace("07:00-11:30", "07:30-11:30", StringComparison.Ordinal);
                Assert.NotEqual(text.File, file);
                var calendar = Core.Calendars.CalendarBook.Read(new StringReader(file), "store");
                return definition with { Content = DefinitionJson.Write(CalendarText.Of(calendar)), ContentHash = calendar.ContentHash };
            default:
                var units = DefinitionJson.ReadUnits(definition.Content);
                var content = DefinitionJson.Write([.. units.Skip(1).Append(units[0])]);
                var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
                return definition with { Content = content, ContentHash = hash, Version = hash };
        }
    }

    private static CalendarText Fewer(CalendarText text) => text with { Versions = [.. text.Versions.Select(v => v with { LastDay = v.LastDay.AddDays(-1) })] };
}
