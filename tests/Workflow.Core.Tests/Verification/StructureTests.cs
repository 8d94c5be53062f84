using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Core.Verification;

namespace Workflow.Core.Tests.Verification;

public class StructureTests
{
    private const string Waiting = Verified.Head + """
        roles: [officer, system]
        states:
          open: { initial: true, role: officer, on: { ask: waiting, close: done } }
          waiting:
            role: officer
            timeout: { after: 3 days, fire: deem-agreed }
            on: { deem-agreed: { to: done, by: [system] } }
          done: { final: true }
        """;

    [Fact]
    public void SystemTransition_ThatATimeoutFires_CanBeTaken() => Assert.Empty(Verified.Defects(Waiting));

    [Fact]
    public void SystemTransition_ThatNothingFires_IsForNobodyAndADeadlyTrap()
    {
        var text = Waiting.Replace("fire: deem-agreed", "fire: remind", StringComparison.Ordinal)
            .Replace("by: [system] } }", "by: [system] }, remind: { to: waiting, by: [system] } }", StringComparison.Ordinal);
        var defects = Verified.Defects(text);

        Assert.Equal([DefectCodes.Livelock, DefectCodes.NobodyMayFire], defects.Select(d => d.Code));
        Assert.Equal(Verified.LineIn(text, "waiting:\n"), defects.LineOf(DefectCodes.Livelock));
        Assert.Equal(Verified.LineIn(text, "on: { deem-agreed"), defects.LineOf(DefectCodes.NobodyMayFire));
        Assert.Equal([DefectSeverity.Error, DefectSeverity.Warning], defects.Select(d => d.Severity));
        Assert.All(defects, d => Assert.Equal("9.000001", d.Procedure));
    }

    [Fact]
    public void StateBehindATransitionForNobody_IsNeverReached()
    {
        var text = Waiting.Replace("close: done }", "close: done, jump: { to: far, by: [system] } }", StringComparison.Ordinal) + "\n  far: { role: officer, on: { close: done } }";
        var defects = Verified.Defects(text);

        Assert.Equal(Verified.LineIn(text, "far: {"), defects.LineOf(DefectCodes.NeverReached));
        Assert.Contains("'far'", defects.Single(d => d.Code == DefectCodes.NeverReached).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SystemTransition_OfASuperstate_IsFiredInTheSubstateWithTheTimeoutAlone()
    {
        var text = Verified.Head + """
            roles: [officer, system]
            states:
              inside: { on: { expire: { to: done, by: [system] } } }
              a: { initial: true, parent: inside, role: officer, timeout: { after: 3 days, fire: expire }, on: { go: b } }
              b: { parent: inside, role: officer, on: { back: a } }
              done: { final: true }
            """;

        Assert.Empty(Verified.Defects(text));
        Assert.Equal([DefectCodes.Livelock], Verified.Defects(text.Replace("{ back: a }", "{ stay: b }", StringComparison.Ordinal)).Select(d => d.Code));
    }

    [Fact]
    public void Role_ThatNoUnitHolds_IsFoundOnceUnitsSayTheirRoles()
    {
        var text = Verified.Head + """
            levels: [commune]
            roles: [officer, surveyor, applicant, system]
            states:
              open: { initial: true, role: officer, on: { go: measuring } }
              measuring: { role: surveyor, on: { close: done } }
              done: { final: true }
            """;
        var procedure = Verified.Read(text);
        var commune = new Unit("000.01.30.H28", new LocalizedName("Xã"), UnitLevel.Commune, null);
        var province = new Unit("000.00.00.H28", new LocalizedName("Tỉnh"), UnitLevel.Province, null) { Roles = ["surveyor"] };

        var said = ProcedureVerifier.Verify(procedure, Verified.With(commune with { Roles = ["officer"] }, province));
        Assert.Equal(Verified.LineIn(text, "measuring: {"), Assert.Single(said).Place.Line);
        Assert.Equal(DefectCodes.RoleWithoutUnit, said[0].Code);

        Assert.Empty(ProcedureVerifier.Verify(procedure, Verified.With(commune, province)));
        Assert.Empty(ProcedureVerifier.Verify(procedure, Verified.With(commune with { Roles = ["officer", "surveyor"] }, province)));
        Assert.Empty(ProcedureVerifier.Verify(procedure, Verified.With(commune with { Roles = ["officer"] }, province with { Agency = "survey" })));
        Assert.Empty(ProcedureVerifier.Verify(procedure));
    }

    [Fact]
    public void Alternatives_OfWhichOneAsksForNoMoreThanTheOther_Overlap()
    {
        var text = Verified.Head + """
            states:
              open: { initial: true, on: { go: [{ to: done, if: fees-paid }, { to: other, if: fees-due }] } }
              other: { on: { close: done } }
              done: { final: true }
            """;
        Assert.Empty(Verified.Defects(text));

        var defect = Assert.Single(Verified.Defects(text.Replace("if: fees-due", "if: [no-decision, fees-paid]", StringComparison.Ordinal)));
        Assert.Equal((DefectCodes.OverlappingTransitions, Verified.LineIn(text, "open: {")), (defect.Code, defect.Place.Line));
    }

    [Fact]
    public void Limit_ThatIsANumberAlone_IsFoundWhenTheFileIsRead()
    {
        var reading = ProcedureYaml.Inspect(new StringReader(Verified.Head + "limit: 1\nstates:\n  open: { initial: true, on: { close: done } }\n  done: { final: true }\n"), "p.yaml");

        Assert.Equal((DefectCodes.LimitWithoutUnit, 4), (Assert.Single(reading.Defects).Code, reading.Defects[0].Place.Line));
        Assert.Null(reading.Procedure);
    }
}
