using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Hosts;

[Collection(PostgresTests.Name)]
public sealed class HostProperties
{
    private const int Dossiers = 3;

    private static readonly string[] Triggers = ["accept", "forward", "back", "park", "resume"];

    // This command comes at this host; the same id may come at others as well.
    private sealed record Offer(int Host, int Dossier, int Id);

    [Fact]
    public Task CommandsAtTwoHosts_RepeatedAcrossThem_AreEachDoneOnceWithOneOutcome() => HoldsAsync(2, 12);

    [Fact]
    public Task CommandsAtThreeHosts_RepeatedAcrossThem_AreEachDoneOnceWithOneOutcome() => HoldsAsync(3, 8);

    private static async Task HoldsAsync(int hosts, int tests)
    {
        await using var office = await SharedOffice.OpenAsync(hosts);
        var offer = from host in Gen.Choose(0, hosts - 1)
                    from dossier in Gen.Choose(0, Dossiers - 1)
                    from id in Gen.Choose(0, 14)
                    select new Offer(host, dossier, id);
        var run = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(tests)),
            Prop.ForAll(Arb.From(Gen.ArrayOf(offer, 40)), offers => Task.Run(() => RunAsync(office, offers, run++)).GetAwaiter().GetResult()));
    }

    private static async Task<bool> RunAsync(SharedOffice office, Offer[] offers, int run)
    {
        // Every host submits under the same ids.
        var made = await Task.WhenAll(office.Hosts.SelectMany(h => Enumerable.Range(0, Dossiers).Select(async d =>
            (Number: d, Office.Accepted(await h.SubmitAsync(Office.Submission(), Office.Request($"s{run}/{d}"))).Code))));
        var codes = Enumerable.Range(0, Dossiers).Select(d => Assert.Single(made.Where(m => m.Number == d).Select(m => m.Code).Distinct())).ToArray();

        var results = await Task.WhenAll(offers.Select(o => Task.Run(async () =>
            (Offer: o, Result: await office.Hosts[o.Host].ExecuteAsync(codes[o.Dossier], Office.Fire(Triggers[o.Id % Triggers.Length]), Office.Request($"c{o.Id}"))))));

        Assert.All(results, r => Assert.True(r.Result is CommandResult.Accepted or CommandResult.Rejected, $"{r.Result}"));
        foreach (var (code, d) in codes.Select((c, d) => (c, d)))
        {
            var rows = await office.Store.ReadHistoryAsync(code.Value, 1, 1_000, default);
            Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(r => r.Version));
            Assert.Equal(rows.Count, rows.Select(r => (r.Caller, r.CommandId)).Distinct().Count());
            Assert.Null(await ChainVerification.VerifyAsync(office.Store, code.Value));
            Assert.All(await Task.WhenAll(office.Hosts.Select(h => h.FindAsync(code).AsTask())), s => Assert.Equal(rows.Count, s!.Version));

            var done = rows.ToDictionary(r => r.CommandId);
            foreach (var same in results.Where(r => r.Offer.Dossier == d).GroupBy(r => $"c{r.Offer.Id}"))
            {
                var accepted = same.Select(r => r.Result).OfType<CommandResult.Accepted>().ToList();
                Assert.Equal(accepted.Count > 0, done.ContainsKey(same.Key));
                Assert.True(accepted.Count == 0 || accepted.Count(a => !a.IsRepeat) == 1, same.Key);
                Assert.All(accepted, a => Assert.Equal(done[same.Key].Version, a.Version));
                Assert.All(accepted, a => Assert.Equal(Office.Text(DossierJson.ReadRecorded(done[same.Key].Data, done[same.Key].Personal).Events), Office.Text(a.Events)));
            }
        }

        return true;
    }
}
