using System.Collections.Frozen;

namespace Workflow.Silo.Schema;

/// <summary>The statements that the ADO.NET providers ask the table <c>orleansquery</c> for, by their keys.</summary>
/// <remarks>
/// Names and types of parameters and columns are the providers' own. Each is one statement: what it changes, it changes as a whole, and what
/// a provider judges by is the rows that it returns, never how many it touched.
/// </remarks>
internal static class ProviderStatements
{
    private const string OneSilo = "deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    // Every change of who is a member raises the version of the cluster's table by one, from the version that the caller has seen. The row of
    // the version comes first in each, so that two changes at once wait for each other rather than for ever.
    private const string Members = """
        SELECT v.deploymentid, v.version, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime
        FROM orleansmembershipversiontable v LEFT JOIN orleansmembershiptable m
        """;

    // The hashes lead the unique index. A key that is a number has no text.
    private const string OneGrain = """
        grainidhash = @GrainIdHash AND graintypehash = @GrainTypeHash AND grainidn0 = @GrainIdN0 AND grainidn1 = @GrainIdN1
            AND serviceid = @ServiceId AND graintypestring = @GrainTypeString AND grainidextensionstring IS NOT DISTINCT FROM @GrainIdExtensionString
        """;

    private const string Reminders = "SELECT grainid, remindername, starttime, period, version FROM orleansreminderstable WHERE serviceid = @ServiceId";

    /// <summary>Key and statement.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GatewaysQueryKey"] = "SELECT address, proxyport, generation FROM orleansmembershiptable WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0",
        ["MembershipReadAllKey"] = $"{Members} USING (deploymentid) WHERE v.deploymentid = @DeploymentId",
        ["MembershipReadRowKey"] =
            $"{Members} ON m.deploymentid = v.deploymentid AND m.address = @Address AND m.port = @Port AND m.generation = @Generation WHERE v.deploymentid = @DeploymentId",
        ["InsertMembershipVersionKey"] = """
            WITH made AS (INSERT INTO orleansmembershipversiontable (deploymentid, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING version)
            SELECT count(*)::int FROM made
            """,
        ["InsertMembershipKey"] = $"""
            WITH step AS (
                UPDATE orleansmembershipversiontable SET version = version + 1, timestamp = now()
                WHERE deploymentid = @DeploymentId AND version = @Version AND NOT EXISTS (SELECT FROM orleansmembershiptable WHERE {OneSilo})
                RETURNING deploymentid),
            joined AS (
                INSERT INTO orleansmembershiptable (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
                SELECT deploymentid, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM step
                RETURNING port)
            SELECT count(*)::int FROM joined
            """,
        ["UpdateMembershipKey"] = $"""
            WITH step AS (
                UPDATE orleansmembershipversiontable SET version = version + 1, timestamp = now()
                WHERE deploymentid = @DeploymentId AND version = @Version AND EXISTS (SELECT FROM orleansmembershiptable WHERE {OneSilo})
                RETURNING deploymentid AS cluster),
            changed AS (
                UPDATE orleansmembershiptable SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
                FROM step WHERE deploymentid = cluster AND {OneSilo}
                RETURNING port)
            SELECT count(*)::int FROM changed
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE orleansmembershiptable SET iamalivetime = @IAmAliveTime WHERE {OneSilo}",
        ["DeleteMembershipTableEntriesKey"] = """
            WITH gone AS (DELETE FROM orleansmembershipversiontable WHERE deploymentid = @DeploymentId RETURNING deploymentid)
            DELETE FROM orleansmembershiptable USING gone WHERE orleansmembershiptable.deploymentid = gone.deploymentid
            """,
        // Status 3 is an active silo, which is never taken for a defunct one however long it was silent.
        ["CleanupDefunctSiloEntriesKey"] =
            "DELETE FROM orleansmembershiptable WHERE deploymentid = @DeploymentId AND status <> 3 AND greatest(iamalivetime, starttime) < @IAmAliveTime",

        // A version of null is a first write: of several at once one row comes to stand, and whoever did not write is told null.
        ["WriteToStorageKey"] = $"""
            WITH changed AS (
                UPDATE orleansstorage SET payloadbinary = @PayloadBinary, version = version + 1, modifiedon = now() AT TIME ZONE 'utc'
                WHERE {OneGrain} AND version = @GrainStateVersion::int
                RETURNING version),
            made AS (
                INSERT INTO orleansstorage
                    (serviceid, graintypestring, graintypehash, grainidhash, grainidn0, grainidn1, grainidextensionstring, version, modifiedon, payloadbinary)
                SELECT @ServiceId, @GrainTypeString, @GrainTypeHash, @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, 1, now() AT TIME ZONE 'utc', @PayloadBinary
                WHERE @GrainStateVersion::int IS NULL
                ON CONFLICT DO NOTHING
                RETURNING version)
            SELECT coalesce((SELECT version FROM changed), (SELECT version FROM made), @GrainStateVersion::int) AS newgrainstateversion
            """,
        ["ReadFromStorageKey"] = $"SELECT payloadbinary, version FROM orleansstorage WHERE {OneGrain}",
        ["ClearStorageKey"] = $"""
            UPDATE orleansstorage SET payloadbinary = NULL, version = version + 1, modifiedon = now() AT TIME ZONE 'utc'
            WHERE {OneGrain} AND version = @GrainStateVersion::int
            RETURNING version AS newgrainstateversion
            """,
        ["DeleteStorageKey"] = $"DELETE FROM orleansstorage WHERE {OneGrain} AND version = @GrainStateVersion::int RETURNING version + 1 AS newgrainstateversion",

        ["ReadReminderRowsKey"] = $"{Reminders} AND grainid = @GrainId",
        ["ReadReminderRowKey"] = $"{Reminders} AND grainid = @GrainId AND remindername = @ReminderName",
        // The hashes lie on a ring: the first is for a range within it, the second for one across its end.
        ["ReadRangeRows1Key"] = $"{Reminders} AND grainhash > @BeginHash AND grainhash <= @EndHash",
        ["ReadRangeRows2Key"] = $"{Reminders} AND (grainhash > @BeginHash OR grainhash <= @EndHash)",
        ["UpsertReminderRowKey"] = """
            INSERT INTO orleansreminderstable AS r (serviceid, grainid, remindername, grainhash, starttime, period, version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
            ON CONFLICT (serviceid, grainid, remindername) DO UPDATE
                SET grainhash = excluded.grainhash, starttime = excluded.starttime, period = excluded.period, version = r.version + 1
            RETURNING version
            """,
        ["DeleteReminderRowKey"] = """
            WITH gone AS (
                DELETE FROM orleansreminderstable WHERE serviceid = @ServiceId AND grainid = @GrainId AND remindername = @ReminderName AND version = @Version
                RETURNING version)
            SELECT count(*)::int FROM gone
            """,
        ["DeleteReminderRowsKey"] = "DELETE FROM orleansreminderstable WHERE serviceid = @ServiceId",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
