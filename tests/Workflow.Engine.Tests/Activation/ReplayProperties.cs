using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;

namespace Workflow.Engine.Tests.Activation;

public sealed class ReplayProperties
{
    private static readonly string[] Triggers = ["accept", "forward", "back", "park", "resume", "finish"];

    [Fact]
    public void HistoryAppliedFromZero_EqualsTheLiveStateAfterEveryCommand()
    {
        var step = from trigger in Gen.Choose(0, 6)
                   from minutes in Gen.Choose(0, 600)
                   select (Trigger: trigger, Minutes: minutes);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(40)),
            Prop.ForAll(Arb.From(Gen.ListOf(step)), steps => RunAsync([.. steps]).GetAwaiter().GetResult()));
    }

    private static async Task<bool> RunAsync((int Trigger, int Minutes)[] steps)
    {
        var (engine, store, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("s"))).Code;
        for (var i = 0; i < steps.Length; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(steps[i].Minutes));
            await engine.FireDueTimersAsync();
            DossierCommand command = steps[i].Trigger == Triggers.Length ? new AssignDossier { Officer = $"o{i}" } : Office.Fire(Triggers[steps[i].Trigger], $"n{i}");
            await engine.ExecuteAsync(code, command, Office.Request($"c{i}"));

            Dossier? replayed = null;
            foreach (var row in await store.ReadHistoryAsync(code.Value, 1, 1_000, default))
            {
                var events = DossierJson.ReadRecorded(row.Data, row.Personal).Events;
                replayed = replayed is null ? Dossier.Create(Office.Procedure, events, row.OccurredAt) : replayed.Apply(events, row.OccurredAt);
            }

            var live = Office.Text((await engine.FindAsync(code))!);
            var stored = (await store.LoadAsync(code.Value, default))!.Snapshot;
            Assert.Equal(live, Office.Text(replayed!.ToSnapshot()));
            Assert.Equal(live, Office.Text(DossierJson.ReadSnapshot(stored.Data, stored.Personal)));
        }

        return true;
    }
}
