using System.Data.Common;
using Npgsql;

namespace Workflow.Silo.Setup;

/// <summary>The connections of the Orleans providers: a pool beside the engine's, with a bound of its own.</summary>
internal static class ProviderConnections
{
    private const int PreparedStatements = 20;

    public static string Of(string connectionString, int most)
    {
        var told = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = most, ApplicationName = "workflow-silo" };
        if (settings.MinPoolSize > most)
        {
            settings.MinPoolSize = most;
        }

        if (!told.ContainsKey("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = PreparedStatements;
        }

        return settings.ConnectionString;
    }
}
