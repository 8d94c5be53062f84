using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Commits;

public sealed class ExactlyOnceProperties
{
    private static readonly string[] Triggers = ["accept", "forward", "back", "park", "resume"];

    // A caller offers this command, so many times in all.
    private sealed record Offer(int Caller, int Dossier, int Id, int Trigger, int Times);

    [Fact]
    public void CommandsOfManyCallers_RepeatedAndReordered_AreEachDoneAtMostOnceWithOneOutcome()
    {
        var offer = from caller in Gen.Choose(0, 2)
                    from dossier in Gen.Choose(0, 2)
                    from id in Gen.Choose(0, 11)
                    from times in Gen.Choose(1, 3)
                    select new Offer(caller, dossier, id, id % Triggers.Length, times);
        var offers = from list in Gen.ListOf(offer)
                     from order in Gen.Shuffle(list.SelectMany(o => Enumerable.Repeat(o, o.Times)).ToArray())
                     select order;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(60)),
            Prop.ForAll(Arb.From(offers), order => RunAsync(order).GetAwaiter().GetResult()));
    }

    private static async Task<bool> RunAsync(IReadOnlyList<Offer> order)
    {
        var (engine, store, _) = await Office.OpenAsync(o => o.BatchSize = 4);
        await using var _e = engine;
        var codes = await Task.WhenAll(Enumerable.Range(0, 3).Select(async d => Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request($"s{d}"))).Code));

        var results = await Task.WhenAll(order.Select(o => Task.Run(async () =>
            (Offer: o, Result: await engine.ExecuteAsync(codes[o.Dossier], Office.Fire(Triggers[o.Trigger]), Office.Request($"c{o.Id}", $"caller{o.Caller}"))))));

        var rows = new Dictionary<(string Code, string Caller, string Id), JournalRow>();
        foreach (var row in await store.ReadJournalAsync(default, 10_000, default))
        {
            // Exactly once: no key twice.
            rows.Add((row.Code, row.Caller, row.CommandId), row);
        }

        foreach (var same in results.GroupBy(r => (codes[r.Offer.Dossier].Value, $"caller{r.Offer.Caller}", $"c{r.Offer.Id}")))
        {
            var accepted = same.Select(r => r.Result).OfType<CommandResult.Accepted>().ToList();
            if (accepted.Count == 0)
            {
                Assert.DoesNotContain(same.Key, rows.Keys);
                continue;
            }

            // One of the answers is the first, the others repeat it; what came before it may have been refused.
            var row = rows[same.Key];
            Assert.Single(accepted, a => !a.IsRepeat);
            Assert.All(accepted, a => Assert.Equal(row.Version, a.Version));
            Assert.Single(accepted.Select(a => Office.Text(a.Events)).Distinct());
            Assert.Equal(Office.Text(DossierJson.ReadRecorded(row.Data, row.Personal).Events), Office.Text(accepted[0].Events));
        }

        foreach (var code in codes)
        {
            Assert.Null(await ChainVerification.VerifyAsync(store, code.Value));
        }

        return results.All(r => r.Result is CommandResult.Accepted or CommandResult.Rejected);
    }
}
