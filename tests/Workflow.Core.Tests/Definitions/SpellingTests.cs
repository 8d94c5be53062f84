using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Definitions;

public class SpellingTests
{
    [Theory]
    [InlineData("lgo", "log")]
    [InlineData("hsow", "show")]
    [InlineData("accpet", "accept")]
    [InlineData("acept", "accept")]
    [InlineData("log", "log")]
    [InlineData("demo", "demo")]
    [InlineData("xyz", null)]
    [InlineData("golf", null)]
    [InlineData("weekned", "weekend")]
    [InlineData("wekedn", "weekend")]
    [InlineData("", null)]
    public void Nearest_OneSlip_IsFoundAndMoreIsNot(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(word, ["log", "show", "accept", "demo", "weekend"]));

    [Fact]
    public void Nearest_WordsTooLong_AreNeverNear() => Assert.Null(Spelling.Nearest(new string('a', 65), [new string('a', 65)]));
}
