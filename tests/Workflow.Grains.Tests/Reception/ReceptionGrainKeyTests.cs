using Workflow.Grains.Reception;

namespace Workflow.Grains.Tests.Reception;

public sealed class ReceptionGrainKeyTests
{
    [Fact]
    public void Unit_HasAReceptionOfItsOwn() => Assert.Equal("reception/000.01.30.H28", ReceptionGrainKey.Of("000.01.30.H28"));

    [Fact]
    public void WhatCanBeNoUnit_SharesOne()
    {
        foreach (var unit in (string?[])[null, "", " ", "a\nb", "đơn vị", new string('1', 65)])
        {
            Assert.Equal("reception/none", ReceptionGrainKey.Of(unit));
        }
    }
}
