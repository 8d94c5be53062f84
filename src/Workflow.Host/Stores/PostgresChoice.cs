using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Host.Terminal;

namespace Workflow.Host.Stores;

/// <summary>A PostgreSQL database, which several hosts may share.</summary>
internal sealed class PostgresChoice : StoreChoice
{
    private readonly string _connection;
    private readonly TimeSpan _patience;

    /// <param name="connection">The connection string; no message repeats any of it but host, port and database.</param>
    /// <param name="option">By what it was given.</param>
    /// <param name="patience">How long a server that is away is waited for.</param>
    /// <exception cref="UnusableInputException">It is no connection string.</exception>
    public PostgresChoice(string connection, string option, TimeSpan patience)
    {
        if (PostgresConnectionString.WhyNot(connection) is { } reason)
        {
            throw new UnusableInputException($"{option} is no connection string: {reason}");
        }

        (_connection, _patience, Option) = (connection, patience, option);
        Name = PostgresConnectionString.NameOf(connection);
    }

    /// <summary>The connection string, for what works on the database beside the store. It may hold a password: show <see cref="Name"/>.</summary>
    public string ConnectionString => _connection;

    public override string Name { get; }

    public override string Kind => "database";

    public override string Option { get; }

    protected override string Missing => $"{Name} holds no store: name the database that holds it with {Option}";

    public override IJournalStore Create(TimeProvider time) => New(time);

    public override async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) =>
        await LookAsync(cancellationToken).ConfigureAwait(false) == PostgresContents.Journal;

    public override async ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await LookAsync(cancellationToken).ConfigureAwait(false) == PostgresContents.Nothing;

    public override async ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var store = New(TimeProvider.System);
        await using var _ = store.ConfigureAwait(false);
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await store.ReadNoteAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask WriteNoteAsync(IJournalStore store, string name, string text, CancellationToken cancellationToken) =>
        ((PostgresJournalStore)store).WriteNoteAsync(name, text, cancellationToken);

    public override string NoteName(string name) => $"the note '{name}' of {Name}";

    private async ValueTask<PostgresContents> LookAsync(CancellationToken cancellationToken)
    {
        var store = New(TimeProvider.System);
        await using var _ = store.ConfigureAwait(false);
        return await store.LookAsync(cancellationToken).ConfigureAwait(false);
    }

    private PostgresJournalStore New(TimeProvider time) => new(_connection, time) { Patience = _patience };
}
