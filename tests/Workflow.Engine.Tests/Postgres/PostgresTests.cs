namespace Workflow.Engine.Tests.Postgres;

/// <summary>One after the other: a transaction of one test hides what another has committed from followers for a moment.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests
{
    public const string Name = "PostgreSQL";
}
