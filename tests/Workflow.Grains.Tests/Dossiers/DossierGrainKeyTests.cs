using Workflow.Core.Dossiers;
using Workflow.Grains.Dossiers;

namespace Workflow.Grains.Tests.Dossiers;

public sealed class DossierGrainKeyTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("01")]
    [InlineData("AB")]
    [InlineData("dossier/x")]
    [InlineData("000.01.30.H28-201106-0001")]
    [InlineData("hồ sơ +?/#")]
    public void Key_OfACode_IsReadBack(string code)
    {
        var key = DossierGrainKey.Of(new DossierCode(code));

        Assert.Equal("dossier/" + code, key);
        Assert.True(DossierGrainKey.TryRead(key, out var read, out _));
        Assert.Equal(new DossierCode(code), read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("dossier/")]
    [InlineData("Dossier/1")]
    [InlineData("unit/1")]
    [InlineData("dossier/ a")]
    [InlineData("dossier/a\0")]
    public void Key_OfSomethingElse_IsRefused(string? key)
    {
        Assert.False(DossierGrainKey.TryRead(key, out _, out var whyNot));
        Assert.Contains("make it by DossierGrainKey.Of", whyNot, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_IsShortEnoughForEveryProvider()
    {
        Assert.InRange(DossierGrainKey.Of(new DossierCode(new string('x', DossierCode.MaxLength))).Length, 1, 150);
        Assert.False(DossierGrainKey.TryRead("dossier/" + new string('x', DossierCode.MaxLength + 1), out _, out _));
        Assert.Throws<ArgumentException>(() => DossierGrainKey.Of(default));
    }
}
