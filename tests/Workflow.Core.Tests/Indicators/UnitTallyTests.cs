using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Indicators;

/// <summary>What single events change in the figures of units.</summary>
public class UnitTallyTests
{
    private const string One = "000.01.30.H28";
    private const string Two = "000.02.30.H28";
    private const string Three = "000.03.30.H28";

    private readonly UnitTally _tally = new();
    private UnitStanding? _standing;

    [Fact]
    public void Submission_CountsForTheCompetentUnitAndLiesOnTheReceivingUnitsDesk()
    {
        Do(Submitted());

        Assert.Equal(Of(PortalStatus.Registered) with { Submitted = 1, InProcess = 1 }, _tally.Units[Two]);
        Assert.Equal(new UnitFigures { Held = 1 }, _tally.Units[One]);
    }

    [Fact]
    public void Transfer_MovesTheDeskAlone()
    {
        Do(Submitted());

        Do(new DossierTransferred(One, Two, default, false));

        Assert.Equal(UnitFigures.None, _tally.Units[One]);
        Assert.Equal(Of(PortalStatus.Registered) with { Submitted = 1, InProcess = 1, Held = 1 }, _tally.Units[Two]);
    }

    [Fact]
    public void Assignment_ToAnOfficerOfTheSameUnit_ChangesNothing()
    {
        Do(Submitted());
        var before = _tally.Units[One];

        Do(new DossierAssigned(null, null, "officer"));

        Assert.Equal(before, _tally.Units[One]);
    }

    [Fact]
    public void Supplement_IsWaitedForUntilTheDossierGoesOn()
    {
        Do(Submitted());
        Do(Moved(PortalStatus.SupplementRequested), new SupplementRequested(["map"]));
        Assert.Equal((1, 1), (_tally.Units[Two].InProcess, _tally.Units[Two].WaitingForSupplement));

        Do(Moved(PortalStatus.Processing));

        Assert.Equal((1, 0, 1), (_tally.Units[Two].InProcess, _tally.Units[Two].WaitingForSupplement, _tally.Units[Two].OfStatus(PortalStatus.Processing)));
    }

    [Fact]
    public void Settled_ByItsTimeliness_WhicheverEventComesFirst()
    {
        Do(Submitted());
        Do(Moved(PortalStatus.Processed), new ClockStopped(default, Timeliness.Overdue));
        Assert.Equal((0, 0, 1, 0), (_tally.Units[Two].Early, _tally.Units[Two].OnTime, _tally.Units[Two].Overdue, _tally.Units[Two].InProcess));

        Do(Moved(PortalStatus.ResultReturned) with { Closes = true });

        Assert.Equal((1, 1, 0), (_tally.Units[Two].Settled, _tally.Units[Two].OfStatus(PortalStatus.ResultReturned), _tally.Units[Two].OfStatus(PortalStatus.Processed)));
        Assert.Equal(0, _tally.Units[One].Held);
    }

    [Fact]
    public void Stopped_ForATime_IsInProcess_AndForGood_IsSettled()
    {
        Do(Submitted());
        Do(Moved(PortalStatus.Stopped));
        Assert.Equal((1, 0), (_tally.Units[Two].InProcess, _tally.Units[Two].Settled));

        Do(Moved(PortalStatus.Stopped) with { Closes = true });

        Assert.Equal((0, 1), (_tally.Units[Two].InProcess, _tally.Units[Two].Settled));
    }

    [Fact]
    public void HandOver_InProcess_CountsForBothUnits()
    {
        Do(Submitted());

        Do(new DossierHandedOver("p", "g", One, Three, Two, Three, One, Three));

        Assert.Equal(new UnitFigures { Submitted = 1, HandedOver = 1 }, _tally.Units[Two]);
        Assert.Equal(Of(PortalStatus.Registered) with { TakenOver = 1, InProcess = 1, Held = 1 }, _tally.Units[Three]);
        Assert.Equal(UnitFigures.None, _tally.Units[One]);
        Assert.True(_tally.Units.Values.All(u => u.Holds));
    }

    [Fact]
    public void HandOver_OfWhatWasSettled_MovesTheDeskAlone()
    {
        Do(Submitted());
        Do(Moved(PortalStatus.Processed));

        Do(new DossierHandedOver("p", "g", One, Three, Two, Three, One, Three));

        Assert.Equal(Of(PortalStatus.Processed) with { Submitted = 1, OnTime = 1 }, _tally.Units[Two]);
        Assert.Equal(new UnitFigures { Held = 1 }, _tally.Units[Three]);
    }

    [Fact]
    public void Events_WithoutTheirSubmission_AreRefused() =>
        Assert.StartsWith(
            "The dossier's submission was not seen: fold its events from the first one on.",
            Assert.Throws<ArgumentException>(() => _tally.Fold(null, [Moved(PortalStatus.Processing)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ByStatus_FewerFigures_AreZero_AndMore_AreRefused()
    {
        Assert.Equal(new UnitFigures { ByStatus = [0, 1] }, Of(PortalStatus.Registered));
        Assert.Throws<ArgumentException>(() => new UnitFigures { ByStatus = new int[12] });
    }

    private void Do(params DossierEvent[] events) => _standing = _tally.Fold(_standing, events);

    private static UnitFigures Of(PortalStatus status) => new() { ByStatus = [.. Enumerable.Range(0, 11).Select(n => n == (int)status ? 1 : 0)] };

    private static DossierMoved Moved(PortalStatus status) => new("t", Act.Advance, "a", "b", status, null);

    private static DossierSubmitted Submitted() => new("D-1", "T.1", 1, "h", "a", PortalStatus.Registered, null, One, Two, Channel.Online, 4, "owner");
}
