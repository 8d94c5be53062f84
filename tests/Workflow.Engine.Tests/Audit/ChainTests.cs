using Workflow.Core.Dossiers;
using Workflow.Engine.Audit;
using Workflow.Engine.Salts;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Audit;

public sealed class ChainTests
{
    [Theory]
    [InlineData("UPDATE dossier_event SET actor = 'x' WHERE version = 2", 2)]
    [InlineData("UPDATE dossier_event SET occurred_at = '2020-11-06T08:00:01.000+07:00' WHERE version = 3", 3)]
    [InlineData("UPDATE dossier_event SET command_id = 'x' WHERE version = 1", 1)]
    [InlineData("UPDATE dossier_event SET data = CAST('{}' AS BLOB) WHERE version = 3", 3)]
    [InlineData("UPDATE dossier_event SET personal = CAST('[]' AS BLOB) WHERE version = 1", 1)]
    [InlineData("DELETE FROM dossier_event WHERE version = 2", 2)]
    [InlineData("DELETE FROM dossier_event WHERE version = 3", 3)]
    [InlineData("UPDATE dossier SET hash = zeroblob(32)", 3)]
    public async Task ChangedRow_IsFound(string change, int version)
    {
        using var folder = new DataFolder();
        DossierCode code;
        await using (var store = await folder.OpenAsync())
        await using (var engine = await Office.OpenAsync(store, new VirtualClock(Office.Start)))
        {
            code = await engine.AcceptedAsync("a");
            Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
            Assert.Null(await ChainVerification.VerifyAsync(store, code.Value));
        }

        folder.Run(change);

        await using var changed = await folder.OpenAsync();
        var fault = await ChainVerification.VerifyAsync(changed, code.Value);
        Assert.Equal((code.Value, version), (fault!.Code, fault.Version));
    }

    [Fact]
    public async Task ErasedPersonalData_LeavesTheChainWhole()
    {
        using var folder = new DataFolder();
        DossierCode code;
        await using (var store = await folder.OpenAsync())
        await using (var engine = await Office.OpenAsync(store, new VirtualClock(Office.Start)))
        {
            code = await engine.AcceptedAsync("a");
        }

        folder.Run("UPDATE dossier_event SET personal = NULL");

        await using var erased = await folder.OpenAsync();
        Assert.Null(await ChainVerification.VerifyAsync(erased, code.Value));
    }

    [Fact]
    public async Task JournalHash_IsOneForOneHistoryHoweverCommitsWereShared()
    {
        var hashes = new List<string>();
        foreach (var (batch, key) in new[] { (1, 1), (64, 1), (64, 2) })
        {
            var (engine, _, _) = await Office.OpenAsync(o =>
            {
                o.BatchSize = batch;
                o.Salts = new DerivedSalts([(byte)key]);
            });
            await using var _e = engine;
            var submissions = Enumerable.Range(0, 30).Select(i => engine.SubmitAsync(Office.Submission(), Office.Request($"s{i}")).AsTask()).ToList();
            var codes = (await Task.WhenAll(submissions)).Select(r => Office.Accepted(r).Code).ToList();
            await Task.WhenAll(codes.Select(c => engine.ExecuteAsync(c, Office.Fire("accept"), Office.Request("a")).AsTask()));
            hashes.Add(await engine.JournalHashAsync());
        }

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
        Assert.Matches("^[0-9a-f]{64}$", hashes[0]);
    }

    [Fact]
    public void RandomSalts_DifferAndDerivedOnesFollowFromTheKey()
    {
        var code = new DossierCode("D-1");

        Assert.NotEqual(new RandomSalts().SaltOf(code, 1), new RandomSalts().SaltOf(code, 1));
        Assert.Equal(new DerivedSalts([1]).SaltOf(code, 1), new DerivedSalts([1]).SaltOf(code, 1));
        Assert.NotEqual(new DerivedSalts([1]).SaltOf(code, 1), new DerivedSalts([1]).SaltOf(code, 2));
        Assert.NotEqual(new DerivedSalts([1]).SaltOf(code, 1), new DerivedSalts([2]).SaltOf(code, 1));
        Assert.Throws<ArgumentException>(() => new DerivedSalts([]));
    }
}
