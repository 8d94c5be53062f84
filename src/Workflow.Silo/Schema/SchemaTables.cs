namespace Workflow.Silo.Schema;

/// <summary>The tables, under the names and with the columns that the scripts of Orleans gave them, so that either can be used in place of the other.</summary>
internal static class SchemaTables
{
    /// <summary>The table that holds the version.</summary>
    public const string OfVersion = "workflow_orleans_schema";

    // A silo's address, start and generation tell it apart from every other. All tables of a cluster go by its id, and grain storage and
    // reminders by its service's. Storage keeps room for the next state on the page of the last one, since a write touches no index.
    /// <summary>Makes those that are missing.</summary>
    public const string Make = """
        CREATE TABLE IF NOT EXISTS orleansquery (
            querykey text COLLATE "C" NOT NULL PRIMARY KEY,
            querytext text NOT NULL
        );
        CREATE TABLE IF NOT EXISTS orleansmembershipversiontable (
            deploymentid varchar(150) COLLATE "C" NOT NULL PRIMARY KEY,
            version integer NOT NULL DEFAULT 0,
            timestamp timestamptz NOT NULL DEFAULT now()
        );
        CREATE TABLE IF NOT EXISTS orleansmembershiptable (
            deploymentid varchar(150) COLLATE "C" NOT NULL REFERENCES orleansmembershipversiontable,
            address varchar(45) COLLATE "C" NOT NULL,
            port integer NOT NULL,
            generation integer NOT NULL,
            siloname varchar(150) NOT NULL,
            hostname varchar(255) NOT NULL,
            status integer NOT NULL,
            proxyport integer,
            suspecttimes text,
            starttime timestamptz NOT NULL,
            iamalivetime timestamptz NOT NULL,
            PRIMARY KEY (deploymentid, address, port, generation)
        ) WITH (fillfactor = 70);
        CREATE TABLE IF NOT EXISTS orleansstorage (
            serviceid varchar(150) COLLATE "C" NOT NULL,
            graintypestring varchar(512) COLLATE "C" NOT NULL,
            graintypehash integer NOT NULL,
            grainidhash integer NOT NULL,
            grainidn0 bigint NOT NULL,
            grainidn1 bigint NOT NULL,
            grainidextensionstring varchar(512) COLLATE "C",
            version integer,
            modifiedon timestamp NOT NULL,
            payloadbinary bytea
        ) WITH (fillfactor = 80);
        CREATE TABLE IF NOT EXISTS orleansreminderstable (
            serviceid varchar(150) COLLATE "C" NOT NULL,
            grainid varchar(1024) COLLATE "C" NOT NULL,
            remindername varchar(150) COLLATE "C" NOT NULL,
            grainhash integer NOT NULL,
            starttime timestamptz NOT NULL,
            period bigint NOT NULL,
            version integer NOT NULL,
            PRIMARY KEY (serviceid, grainid, remindername)
        );
        """;

    /// <summary>Makes a second row of one grain impossible, and keys as long in reminders as in storage. The index of the scripts is of no more use beside it.</summary>
    public const string MakeUnique = """
        CREATE UNIQUE INDEX orleansstorage_grain ON orleansstorage
            (grainidhash, graintypehash, grainidn0, grainidn1, serviceid, graintypestring, grainidextensionstring) NULLS NOT DISTINCT;
        DROP INDEX IF EXISTS ix_orleansstorage;
        ALTER TABLE orleansreminderstable ALTER COLUMN grainid TYPE varchar(1024);
        CREATE INDEX orleansreminders_range ON orleansreminderstable (serviceid, grainhash);
        """;

    /// <summary>The columns that the statements name, with their types, a table each; a text of either kind is <c>text</c>.</summary>
    public static IReadOnlyList<TableForm> Forms { get; } =
    [
        new("orleansquery", "querykey", "querykey:text querytext:text"),
        new("orleansmembershipversiontable", "deploymentid", "deploymentid:text version:integer timestamp:timestamptz"),
        new(
            "orleansmembershiptable",
            "deploymentid address port generation",
            "deploymentid:text address:text port:integer generation:integer siloname:text hostname:text status:integer proxyport:integer suspecttimes:text starttime:timestamptz iamalivetime:timestamptz"),
        new(
            "orleansstorage",
            null,
            "serviceid:text graintypestring:text graintypehash:integer grainidhash:integer grainidn0:bigint grainidn1:bigint grainidextensionstring:text version:integer modifiedon:timestamp payloadbinary:bytea"),
        new(
            "orleansreminderstable",
            "serviceid grainid remindername",
            "serviceid:text grainid:text remindername:text grainhash:integer starttime:timestamptz period:bigint version:integer"),
    ];
}

/// <summary>What a table must be like.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Key">The columns of a unique key that it must have, or null.</param>
/// <param name="Columns">Each column and its type.</param>
internal sealed record TableForm(string Table, string? Key, string Columns);
