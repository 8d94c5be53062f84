namespace Workflow.Engine.Postgres;

/// <summary>What the schema that a connection string leads to holds.</summary>
public enum PostgresContents
{
    /// <summary>No table.</summary>
    Nothing,

    /// <summary>A journal of this program, of whatever release.</summary>
    Journal,

    /// <summary>Tables of another program.</summary>
    Other,
}
