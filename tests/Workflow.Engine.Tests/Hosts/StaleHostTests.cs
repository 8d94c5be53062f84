using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Hosts;

/// <summary>Two hosts on one database: each has in its memory what the other has moved on.</summary>
[Collection(PostgresTests.Name)]
public sealed class StaleHostTests : IAsyncLifetime
{
    private SharedOffice _office = null!;

    private DossierEngine A => _office.Hosts[0];

    private DossierEngine B => _office.Hosts[1];

    public async ValueTask InitializeAsync() => _office = await SharedOffice.OpenAsync(2);

    public async ValueTask DisposeAsync()
    {
        if (_office is not null)
        {
            await _office.DisposeAsync();
        }
    }

    [Fact]
    public async Task StaleHost_WhoseMemoryWouldRefuse_AcceptsWhatTheStorePermits()
    {
        var code = await A.AcceptedAsync("a");
        for (var i = 0; i < 10; i++)
        {
            // In the memory of the host that fires back the dossier was never forwarded.
            Office.Accepted(await B.ExecuteAsync(code, Office.Fire("forward"), Office.Request($"f{i}")));
            Assert.False(Office.Accepted(await A.ExecuteAsync(code, Office.Fire("back"), Office.Request($"b{i}"))).IsRepeat);
        }

        Assert.Equal("permitted", Office.Refused(await B.ExecuteAsync(code, Office.Fire("back"), Office.Request("again"))));
    }

    [Fact]
    public async Task StaleHost_WhoseMemoryWouldRefuseByVersion_AcceptsTheVersionOfTheStore()
    {
        var code = await A.AcceptedAsync("a");
        Office.Accepted(await B.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        Office.Accepted(await A.ExecuteAsync(code, Office.Fire("back"), Office.Request("b") with { ExpectedVersion = 3 }));
    }

    [Fact]
    public async Task StaleHost_ShowsWhatAnotherHostHasAcknowledged()
    {
        var code = await A.AcceptedAsync("a");
        for (var i = 0; i < 10; i++)
        {
            var version = Office.Accepted(await B.ExecuteAsync(code, Office.Fire(i % 2 == 0 ? "forward" : "back"), Office.Request($"f{i}"))).Version;

            Assert.Equal(version, (await A.FindAsync(code))!.Version);
            Assert.Equal([i % 2 == 0 ? "back" : "forward"], (await A.PermittedAsync(code, Office.Clerk))!.Select(p => p.Trigger).Intersect(["forward", "back"]));
        }
    }

    [Fact]
    public async Task Reads_NeverGoBack_WhileAnotherHostWrites()
    {
        var code = await A.AcceptedAsync("a");
        var acknowledged = 2;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                Volatile.Write(ref acknowledged, Office.Accepted(await B.ExecuteAsync(code, new AssignDossier { Officer = $"o{i}" }, Office.Request($"c{i}"))).Version);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var last = 0; !writing.IsCompleted;)
            {
                var least = Math.Max(last, Volatile.Read(ref acknowledged));
                last = (await A.FindAsync(code))!.Version;
                Assert.True(last >= least, $"version {last} was shown after {least}");
            }
        })));
        await writing;
    }

    [Fact]
    public async Task RepeatAtAnotherHost_ReturnsTheFirstOutcome_AlsoWhereItWouldBeRefusedNow()
    {
        var code = await A.AcceptedAsync("a");
        var first = Office.Accepted(await B.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Office.Accepted(await A.ExecuteAsync(code, Office.Fire("back"), Office.Request("b")));
        Office.Accepted(await B.ExecuteAsync(code, Office.Fire("finish"), Office.Request("end")));

        foreach (var host in _office.Hosts)
        {
            var repeat = Office.Accepted(await host.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
            Assert.Equal((true, first.Version, Office.Text(first.Events)), (repeat.IsRepeat, repeat.Version, Office.Text(repeat.Events)));
            Assert.IsType<CommandResult.IdReused>(await host.ExecuteAsync(code, Office.Fire("back"), Office.Request("f")));
        }
    }

    [Fact]
    public async Task SubmissionRepeatedAtAnotherHost_IsOneDossier()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
            await _office.Hosts[i % 2].SubmitAsync(Office.Submission(), Office.Request($"s{i / 4}")))));

        Assert.Equal(15, results.Select(r => Office.Accepted(r).Code).Distinct().Count());
        Assert.Equal(15, results.Count(r => !Office.Accepted(r).IsRepeat));
        Assert.Equal(new JournalTotals(15, 15), await _office.Store.CountAsync(default));
    }

    [Fact]
    public async Task NumbersOfTwoHosts_AreNeverDouble()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
            await _office.Hosts[i % 2].SubmitAsync(Office.Submission(i % 3 == 0 ? Office.OtherUnit : Office.Unit), Office.Request($"s{i}")))));

        Assert.Equal(200, results.Select(r => Office.Accepted(r).Code).Distinct().Count());
        Assert.Equal(new JournalTotals(200, 200), await _office.Store.CountAsync(default));
    }

    [Fact]
    public async Task TakenCode_IsPassedOver()
    {
        // A dossier of another program stands under the number that comes next.
        var code = Office.Accepted(await A.SubmitAsync(Office.Submission(), Office.Request("a"))).Code.Value;
        var serial = code.LastIndexOf('-') + 1;
        var taken = code[..serial] + (int.Parse(code.AsSpan(serial), null) + 32).ToString(new string('0', code.Length - serial), null);
        Assert.Equal(AppendOutcome.Committed, (await Journal.Appends.AppendAsync(_office.Store, Journal.Appends.Append(taken, 1) with { Revision = await RevisionAsync() })).Outcome);

        var made = Office.Accepted(await B.SubmitAsync(Office.Submission(), Office.Request("b")));

        Assert.False(made.IsRepeat);
        Assert.NotEqual(taken, made.Code.Value);
    }

    [Fact]
    public async Task CommandWhoseFateOneHostLost_RepeatedAtAnother_IsDoneOnce()
    {
        var (committed, lost) = (new TaskCompletionSource(), new TaskCompletionSource());
        var c = await _office.AddAsync(store => new FaultyStore(store)
        {
            IsExclusive = false,
            After = async number =>
            {
                if (number == 3)
                {
                    // The commit stands and its answer is lost: the other host hears of the command first.
                    committed.SetResult();
                    await lost.Task;
                    throw new StorageUnavailableException("The connection was cut.");
                }
            },
        });
        var code = await c.AcceptedAsync("a");

        var first = c.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")).AsTask();
        await committed.Task;
        var repeat = Office.Accepted(await A.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        lost.SetResult();

        Assert.Equal((3, true), (repeat.Version, repeat.IsRepeat));
        var answer = Office.Accepted(await first);
        Assert.Equal((3, false, Office.Text(repeat.Events)), (answer.Version, answer.IsRepeat, Office.Text(answer.Events)));
        Assert.Equal(3, (await A.FindAsync(code))!.Version);
        Assert.Null(await ChainVerification.VerifyAsync(_office.Store, code.Value));
    }

    private async Task<long> RevisionAsync() => await _office.Store.ConfirmAsync([], [], default);
}
