using Npgsql;

namespace Workflow.Silo.Schema;

/// <summary>Single statements over a connection, with arrays of texts for parameters.</summary>
internal static class SchemaConnection
{
    public static async ValueTask RunAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params string[][] parameters)
    {
        using var command = Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
    }

    /// <summary>The first value of the first row; the default where there is none.</summary>
    public static async ValueTask<T?> ReadAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken ct, params string[][] parameters)
    {
        using var command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is T value ? value : default;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string[][] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var values in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = values });
        }

        return command;
    }
}
