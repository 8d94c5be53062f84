using Npgsql;
using Workflow.Core.Dossiers;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Hosts;

/// <summary>A transaction by hand that stays open, or a server that refuses something, on the office's database: who is not concerned goes on.</summary>
[Collection(PostgresTests.Name)]
public sealed class LockedDossierTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LockedDossiers_HoldUpTheirOwnCommandsAlone()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var host = office.Hosts[0];
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => host.AcceptedAsync($"d{n}")));
        List<Task<Workflow.Core.Engines.CommandResult>> waiting;
        await using (await ByHand.BeginAsync(office, $"SELECT FROM dossier WHERE code IN ('{codes[0]}', '{codes[1]}', '{codes[2]}') FOR UPDATE"))
        {
            // More of them than there are commits at once.
            waiting = [.. codes.Take(3).Select(c => host.ExecuteAsync(c, new AssignDossier { Officer = "x" }, Office.Request("x")).AsTask())];
            for (var round = 0; round < 4; round++)
            {
                var others = codes.Skip(3).Select(c => host.ExecuteAsync(c, new AssignDossier { Officer = $"o{round}" }, Office.Request($"r{round}")).AsTask());
                Assert.All(await Task.WhenAll(others).WaitAsync(Patience), r => Office.Accepted(r));
            }

            Office.Accepted(await host.SubmitAsync(Office.Submission(), Office.Request("new")).AsTask().WaitAsync(Patience));
            Assert.All(waiting, w => Assert.False(w.IsCompleted));
        }

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience), r => Assert.Equal((3, false), (Office.Accepted(r).Version, Office.Accepted(r).IsRepeat)));
    }

    [Fact]
    public async Task LockedDossiers_OfAnEngineThatEnds_AreToldAndNothingIsWritten()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var host = office.Hosts[0];
        var code = await host.AcceptedAsync("a");
        await using var byHand = await ByHand.BeginAsync(office, $"SELECT FROM dossier WHERE code = '{code}' FOR UPDATE");

        var waiting = host.ExecuteAsync(code, new AssignDossier { Officer = "x" }, Office.Request("x")).AsTask();
        await host.DisposeAsync().AsTask().WaitAsync(Patience);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => waiting);
        Assert.Equal(2, (await office.Store.LoadAsync(code.Value, Ct))!.Version);
    }

    [Fact]
    public async Task Batch_WithALockedDossier_IsWrittenWithoutItsAppends()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var revision = await office.Store.ConfirmAsync([], [], Ct);
        JournalAppend Of(string code, int version, string? id = null) => Appends.Append(code, version, id) with { Revision = revision };
        await office.Store.AppendAsync([Of("D-1", 1), Of("D-2", 1), Of("D-3", 1)]);
        AppendResult[] told;
        await using (await ByHand.BeginAsync(office, "SELECT FROM dossier WHERE code = 'D-2' FOR UPDATE"))
        {
            told = await office.Store.OfferAsync([Of("D-1", 2), Of("D-2", 2), Of("D-2", 3), Of("D-2", 4, "D-2/1"), Of("D-3", 2), Of("D-4", 1)]).WaitAsync(Patience, Ct);
        }

        // What was done before is told as done.
        Assert.Equal(
            [AppendOutcome.Committed, AppendOutcome.Held, AppendOutcome.Held, AppendOutcome.Repeat, AppendOutcome.Committed, AppendOutcome.Committed],
            told.Select(t => t.Outcome));
        Assert.All(await office.Store.AppendAsync([Of("D-2", 2), Of("D-2", 3)]), r => Assert.Equal(AppendOutcome.Committed, r.Outcome));
    }

    [Fact]
    public async Task Batch_WithAKeyThatSomebodyIsAboutToTake_IsWrittenWithoutIt()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var revision = await office.Store.ConfirmAsync([], [], Ct);
        JournalAppend Of(string code) => Appends.Append(code, 1) with { Revision = revision };
        AppendResult[] told;
        await using (await ByHand.BeginAsync(office, "INSERT INTO submission (caller, command_id, code) VALUES ('portal', 'D-2/1', 'D-9')"))
        {
            told = await office.Store.OfferAsync([Of("D-1"), Of("D-2"), Of("D-3")]).WaitAsync(Patience, Ct);
        }

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.Held, AppendOutcome.Committed], told.Select(t => t.Outcome));
        Assert.Equal(AppendOutcome.Committed, (await office.Store.AppendAsync(Of("D-2"))).Outcome);
    }

    [Fact]
    public async Task PublicationThatWaits_LetsCommandsThroughAndComesToItsTurn()
    {
        await using var office = await SharedOffice.OpenAsync(2);
        var host = office.Hosts[0];
        var code = await host.AcceptedAsync("a");
        Task publication;
        await using (await ByHand.BeginAsync(office, "UPDATE definition_revision SET revision = revision WHERE false"))
        {
            publication = office.Hosts[1].PublishAsync([Office.Define(2)], Ct).AsTask();
            await office.UntilAsync("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'definition_revision'::regclass)", Patience);
            for (var n = 0; n < 20; n++)
            {
                Office.Accepted(await host.ExecuteAsync(code, new AssignDossier { Officer = $"o{n}" }, Office.Request($"c{n}")).AsTask().WaitAsync(Patience));
            }

            Assert.False(publication.IsCompleted);
        }

        await publication.WaitAsync(Patience);
        Assert.Equal(2, (await office.Store.ReadDefinitionsAsync(DefinitionKinds.Procedure, Ct)).Count);
    }

    [Fact]
    public async Task CommandThatTheServerRefuses_IsToldAndHoldsUpNobody()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var host = office.Hosts[0];
        var codes = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => host.AcceptedAsync($"d{n}")));
        office.Execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.command_id = 'bad' THEN RAISE EXCEPTION 'out of memory' USING ERRCODE = '53200'; END IF;
                IF NEW.command_id = 'late' THEN RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON dossier_event FOR EACH ROW EXECUTE FUNCTION refuse()
            """);

        var results = codes.Select((c, n) => host.ExecuteAsync(c, new AssignDossier { Officer = "x" }, Office.Request(n == 5 ? "bad" : n == 17 ? "late" : "good")).AsTask()).ToList();

        for (var n = 0; n < codes.Length; n++)
        {
            if (n is 5 or 17)
            {
                var refused = await Assert.ThrowsAsync<StorageRefusedException>(() => results[n].WaitAsync(Patience));
                Assert.Contains(n == 5 ? "53200" : "57014", refused.Message, StringComparison.Ordinal);
                Assert.Equal(2, (await office.Store.LoadAsync(codes[n].Value, Ct))!.Version);
            }
            else
            {
                Assert.Equal(3, Office.Accepted(await results[n].WaitAsync(Patience)).Version);
            }
        }
    }

    [Fact]
    public async Task HeldAppendWhoseAnswerIsLost_IsOfferedAgainWhateverIsToldAfterwards()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        FaultyStore? store = null;
        var slow = await office.AddAsync(inner => store = new FaultyStore(inner) { IsExclusive = false });
        var code = await slow.AcceptedAsync("a");
        var (cut, full) = (false, false);
        store!.Held = hold => new CutHold(hold, () => cut = true);
        store.Before = async number =>
        {
            if (!cut)
            {
                // Before each append of this host another one is faster, until it takes a hold.
                await office.Hosts[0].ExecuteAsync(code, new AssignDossier { Officer = "x" }, Office.Request($"fast{number}"));
            }
            else if (!full)
            {
                full = true;
                throw new StorageFullException("No space is left.");
            }
        };

        var result = Office.Accepted(await slow.ExecuteAsync(code, new AssignDossier { Officer = "y" }, Office.Request("slow")).AsTask().WaitAsync(Patience));

        Assert.True(full);
        Assert.False(result.IsRepeat);
        Assert.Equal("y", (await office.Hosts[0].FindAsync(code))!.Assignee);
        Assert.Equal(result.Version, (await office.Store.LoadAsync(code.Value, Ct))!.Version);
    }

    // It writes, and the answer is lost.
    private sealed class CutHold(IDossierHold inner, Action cut) : IDossierHold
    {
        public StoredDossier Dossier => inner.Dossier;

        public async ValueTask<AppendResult> AppendAsync(JournalAppend append)
        {
            await inner.AppendAsync(append);
            cut();
            throw new StorageUnavailableException("connection lost");
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    // A transaction that does something and stays open.
    private sealed class ByHand(NpgsqlConnection connection) : IAsyncDisposable
    {
        public static async Task<ByHand> BeginAsync(SharedOffice office, string sql)
        {
            var connection = office.Connect();
            await connection.OpenAsync(Ct);
            await connection.BeginTransactionAsync(Ct);
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Ct);
            return new ByHand(connection);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
