using Workflow.Engine.Postgres;

namespace Workflow.Engine.Tests.Postgres;

public sealed class PostgresConnectionStringTests
{
    private const string Form = "write it as 'Host=db;Database=workflow;Username=workflow'";

    [Theory]
    [InlineData("", $"it is empty; {Form}")]
    [InlineData("postgres://office:s3cret@db/workflow", $"it is an address; {Form}")]
    [InlineData("s3cret", $"it is not made of KEY=VALUE parts with ';' between them; {Form}, and put a value with ';', '=' or quotes into double quotes")]
    [InlineData("Database=workflow;Password=s3cret", "it names no server; add Host=NAME")]
    [InlineData("Host=;Password=s3cret", "it names no server; add Host=NAME")]
    [InlineData("Host=db;Port=s3cret", "the value of Port cannot be used; correct it")]
    [InlineData("Host=db;Port=0", "the value of Port cannot be used; correct it")]
    [InlineData("Host=db;Port=65536", "its port is above 65535; correct Port, 5432 as a rule")]
    [InlineData("Host=db;Pasword=s3cret", "its part 2 is unknown, did you mean 'Password'?")]
    [InlineData("Host=db;Minimum Pool Size=9;Maximum Pool Size=2", $"its parts contradict each other; {Form} and add the rest one by one")]
    public void WhyNot_OfAWrongText_SaysHowToMendIt(string text, string reason)
    {
        Assert.Equal(reason, PostgresConnectionString.WhyNot(text));
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new PostgresJournalStore(text, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNot_OfAPasswordThatFallsApart_RepeatsNoneOfIt()
    {
        var reason = PostgresConnectionString.WhyNot("Host=db;Password=first;s3cret=rest");

        Assert.StartsWith("its part 3 is unknown; use Host, Port, ", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void NameOf_NamesServerAndDatabaseAlone()
    {
        const string Text = "Host=db;Port=5433;Database=tan-lac;Username=office;Password=s3cret";

        Assert.Null(PostgresConnectionString.WhyNot(Text));
        Assert.Equal("PostgreSQL database 'tan-lac' at db:5433", PostgresConnectionString.NameOf(Text));
    }
}
