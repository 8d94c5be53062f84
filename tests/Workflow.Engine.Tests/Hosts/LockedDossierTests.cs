using Npgsql;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Hosts;

/// <summary>A transaction by hand that stays open, or a server that refuses something, on the office's database: who is not concerned goes on.</summary>
[Collection(PostgresTests.Name)]
public sealed class LockedDossierTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
