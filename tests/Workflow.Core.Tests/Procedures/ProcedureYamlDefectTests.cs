using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

/// <summary>Every kind of mistake in a procedure's file is a defect with its file and line.</summary>
public class ProcedureYamlDefectTests
{
    // Passage of the sound file, what it is replaced by, the defect's code, a passage of the spoilt file on the defect's line, a part of message or mend.
    public static TheoryData<string, string, string, string, string> Mistakes => new()
    {
        { "clock: resume", "clok: resume", DefectCodes.UnknownKey, "clok", "did you mean 'clock'?" },
        { "    limit: 0.5 working days", "    limits: 0.5 working days", DefectCodes.UnknownKey, "limits:", "did you mean 'limit'?" },
        { "to: refused, by:", "to: refused, bye:", DefectCodes.UnknownKey, "bye:", "did you mean 'by'?" },
        { "amount: 8000, per", "amount: 8000, pr", DefectCodes.UnknownKey, "amount: 8000", "did you mean 'per'?" },
        { "act: sign, by", "act: sign, role", DefectCodes.UnknownKey, "act: sign", "use one of" },
        { "fire: give-up }", "fire: give-up, often: true }", DefectCodes.UnknownKey, "often", "use one of" },
        { "en: A permit }", "fr: Un permis }", DefectCodes.UnknownKey, "fr:", "use one of" },
        { "version: 2", "version: two", DefectCodes.WrongValue, "version:", "a whole number" },
        { "version: 2\n", "", DefectCodes.MissingKey, "procedure:", "add 'version: ...'" },
        { "procedure: 1.010040\n", "", DefectCodes.MissingKey, "version:", "add 'procedure: <code>'" },
        { "procedure: 1.010040", "procedure: [1.010040]", DefectCodes.WrongValue, "procedure:", "a list" },
        { "name: { vi: Cấp giấy, en: A permit }\n", "", DefectCodes.MissingKey, "procedure:", "add 'name: ...'" },
        { "vi: Cấp giấy, ", "", DefectCodes.MissingKey, "name:", "add 'vi: ...'" },
        { "online: 4", "online: 5", DefectCodes.WrongValue, "online: 5", "from 1 to 4" },
        { "[direct, online]", "[direct, fax]", DefectCodes.WrongValue, "channels:", "'fax'" },
        { "[commune, district]", "[village]", DefectCodes.WrongValue, "levels:", "'village'" },
        { "limit: 3 working days", "limit: 3", DefectCodes.LimitWithoutUnit, "limit: 3", "nothing says of what" },
        { "limit: 3 working days", "limit: three days", DefectCodes.WrongValue, "limit: three days", "not a time limit" },
        { "clock: resume", "clock: sometimes", DefectCodes.WrongValue, "clock:", "restart" },
        { "supplements: 1", "supplements: -1", DefectCodes.WrongValue, "supplements:", "from 0 to 100" },
        { "supplement-notice: 2 working days", "supplement-notice: soon", DefectCodes.WrongValue, "supplement-notice:", "not a time limit" },
        { "amount: 8000", "amount: 8.000", DefectCodes.WrongValue, "amount:", "digits alone" },
        { "amount: 8000", "amount: 9000000000000000000", DefectCodes.WrongValue, "procedure:", "give an amount" },
        { "amount: 8000, ", "", DefectCodes.MissingKey, "copy:", "add 'amount: ...'" },
        { "type: text", "type: string", DefectCodes.WrongValue, "type:", "one of" },
        { "type: text, ", "", DefectCodes.MissingKey, "child-name:", "add 'type: ...'" },
        { "originals: 1", "originals: one", DefectCodes.WrongValue, "originals:", "a whole number" },
        { "act: sign", "act: stamp", DefectCodes.WrongValue, "act:", "one of" },
        { "personal: true", "personal: yes", DefectCodes.WrongValue, "personal:", "true or false" },
        { "    status: 6", "    status: 11", DefectCodes.WrongValue, "status: 11", "from 1 to 10" },
        { "after: 15 working days, ", "", DefectCodes.MissingKey, "timeout:", "add 'after: ...'" },
        { "timeout: { after: 15 working days, fire: give-up }", "timeout: 15 working days", DefectCodes.WrongValue, "timeout:", "a mapping" },
        { "fire: give-up", "fire: expire", DefectCodes.MisplacedAct, "awaiting-payment:\n    status", "which the state does not permit" },
        { "accept: received", "accept: recieved", DefectCodes.UnknownState, "recieved", "did you mean 'received'?" },
        { "accept: received", "accept: ", DefectCodes.WrongValue, "accept:", "write a state" },
        { "accept: received", "accept: []", DefectCodes.WrongValue, "accept:", "leads nowhere" },
        { "{ to: refused, by: [head, reception] }", "{ by: [head] }", DefectCodes.MissingKey, "refuse:", "add 'to: ...'" },
        { "accept: received", "accept: received\n      accept: refused", DefectCodes.DuplicateKey, "accept: refused", "a second time" },
        { "  refused:\n    status: 3", "  returned:\n    status: 3", DefectCodes.DuplicateKey, "returned:\n    status: 3", "a second time" },
        { "roles: [reception, head,", "roles: [reception, head, head,", DefectCodes.DuplicateCode, "procedure:", "two roles" },
        { "    status: 2\n    role: reception", "    status: 2\n    role: receptionist", DefectCodes.UnknownRole, "received:\n", "did you mean 'reception'?" },
        { "if: fees-due", "if: fees-du", DefectCodes.UnknownGuard, "fees-du ", "did you mean 'fees-due'?" },
        { "if: fees-due", "if: fees-due@7", DefectCodes.UnknownGuard, "fees-due@7", "no guard" },
        { "    initial: true\n", "", DefectCodes.InitialState, "procedure:", "no state is the initial one" },
        { "  ready:\n", "  ready:\n    initial: true\n", DefectCodes.InitialState, "initial: true\n    status: 9", "a second initial state" },
        { "  processing:\n    status: 4", "  processing:\n    parent: processing\n    status: 4", DefectCodes.Machine, "processing:\n", "substate of itself" },
        { "  processing:\n    status: 4", "  processing:\n    parent: work\n    status: 4", DefectCodes.UnknownState, "processing:\n", "superstate 'work'" },
        { "  returned:\n", "  lost:\n    status: 4\n  returned:\n", DefectCodes.UnreachableState, "lost:", "no path" },
        { "    status: 3\n    final: true", "    status: 3", DefectCodes.DeadEnd, "refused:\n", "not final" },
        { "      approve: ready\n", "      wait: processing\n", DefectCodes.DeadEnd, "", "" },
        { "    status: 10\n    final: true", "    status: 10\n    final: true\n    on:\n      again: ready", DefectCodes.Machine, "again:", "final state" },
        { "return-result: returned", "return-result: refused", DefectCodes.PortalStatus, "return-result:", "the portal does not know" },
        { "pay: [{ to: processing, if: fees-paid }", "pay: [{ to: processing }, { to: ready }", DefectCodes.Machine, "pay:", "twice without a guard" },
        { "sector: Thử nghiệm", "sector: \"a\\0b\"", DefectCodes.WrongValue, "procedure:", "U+0000" },
        { "  processing:\n    status", "  \"pro\\ncessing\":\n    status", DefectCodes.WrongValue, "\"pro\\ncessing\"", "in one line" },
        { "sector: Thử nghiệm", "sector: &a Thử nghiệm", DefectCodes.Syntax, "sector:", "anchors are not read" },
        { "sector: Thử nghiệm", "sector: *a", DefectCodes.Syntax, "sector:", "aliases are not read" },
        { "sector: Thử nghiệm", "sector: !!int 3", DefectCodes.Syntax, "sector:", "tags are not read" },
        { "sector: Thử nghiệm", "sector: \"Thử nghiệm", DefectCodes.Syntax, "", "not valid YAML" },
        { "sector: Thử nghiệm", "? [a]\n: b", DefectCodes.Syntax, "", "" },
        { "  stopped:\n    status: 8", "  stopped: 8\n  gone:\n    status: 8", DefectCodes.WrongValue, "stopped: 8", "a mapping" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_OneMistake_IsADefectWithFileAndLine(string passage, string replacement, string code, string onLineOf, string says)
    {
        var text = SmallProcedure.With(passage, replacement);

        var refusal = Refused(text);

        if (onLineOf.Length == 0)
        {
            // The line at which a parser gives up, or which of several states is blamed, is not promised; that there is one is.
            Assert.All(refusal.Defects, d => Assert.True(d.Place is { File: "p.yaml", Line: > 0, Column: > 0 }));
            return;
        }

        var line = SmallProcedure.LineOf(text, onLineOf);
        Assert.Contains(refusal.Defects, d => d.Code == code && d.Place.File == "p.yaml" && d.Place.Line == line && d.ToString().Contains(says, StringComparison.Ordinal));
        Assert.Contains($"p.yaml:{refusal.Defects[0].Place.Line.ToString(CultureInfo.InvariantCulture)}:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFinalState_IsADefect()
    {
        var text = SmallProcedure.Text.ReplaceLineEndings("\n").Replace("    final: true\n", string.Empty, StringComparison.Ordinal);

        Assert.Contains(Refused(text).Defects, d => d is { Code: DefectCodes.NoFinalState, Place: { File: "p.yaml", Line: 1 } });
    }

    [Fact]
    public void Read_SeveralMistakes_NamesThemAllInTheOrderOfTheirLines()
    {
        var text = SmallProcedure.With("online: 4", "online: 7")
            .Replace("type: text", "type: string", StringComparison.Ordinal)
            .Replace("accept: received", "accept: recieved", StringComparison.Ordinal)
            .Replace("if: fees-due", "if: fees-du", StringComparison.Ordinal);

        var defects = Refused(text).Defects;

        Assert.Equal([DefectCodes.WrongValue, DefectCodes.WrongValue, DefectCodes.UnknownState, DefectCodes.UnknownGuard], defects.Select(d => d.Code));
        Assert.Equal(defects.Select(d => d.Place.Line).Order(), defects.Select(d => d.Place.Line));
    }

    [Fact]
    public void Read_TransitionOfASuperstateFromAStatusThatMayNotTakeIt_IsADefect()
    {
        var text = SmallProcedure.With(
            "  processing:\n    status: 4\n    role: head\n    on:\n      approve: ready\n",
            "  work:\n    role: head\n    on:\n      approve: ready\n      undo: refused\n  processing:\n    parent: work\n    status: 4\n");

        var defect = Assert.Single(Refused(text).Defects);
        Assert.Equal((DefectCodes.PortalStatus, SmallProcedure.LineOf(text, "undo:")), (defect.Code, defect.Place.Line));
    }

    [Fact]
    public void Read_SuperstateThatIsEnteredItselfAndLeadsNowhere_IsADefect()
    {
        var text = SmallProcedure.With("  processing:\n    status: 4\n", "  work:\n    role: head\n  processing:\n    parent: work\n    status: 4\n")
            .Replace("give-up: stopped", "give-up: work", StringComparison.Ordinal);

        Assert.Contains(Refused(text).Defects, d => d.Code == DefectCodes.DeadEnd && d.Place.Line == SmallProcedure.LineOf(text, "work:\n"));
    }

    [Theory]
    [InlineData("refuse", "a reason and its legal ground")]
    [InlineData("request-supplement", "a list of items")]
    [InlineData("pay", "a payment")]
    public void Read_TimeoutWhoseActNeedsWhatTheSystemCannotGive_IsADefect(string act, string says)
    {
        var text = SmallProcedure.With("  approve: { act: sign,", $"  give-up: {{ act: {act} }}\n  approve: {{ act: sign,");

        var defect = Assert.Single(Refused(text).Defects, d => d.Severity == DefectSeverity.Error);
        Assert.Equal((DefectCodes.MisplacedAct, SmallProcedure.LineOf(text, "awaiting-payment:\n")), (defect.Code, defect.Place.Line));
        Assert.Contains(says, defect.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_TimeoutThatRequestsPayment_NeedsFees(bool fees)
    {
        var text = SmallProcedure.With("  approve: { act: sign,", "  give-up: { act: request-payment }\n  approve: { act: sign,");
        text = fees ? text : text.Replace("fees:\n  copy: { vi: Bản sao, en: Copy, amount: 8000, per: copy }\n", string.Empty, StringComparison.Ordinal);
        using var reader = new StringReader(text);

        Assert.Equal(!fees, ProcedureYaml.Inspect(reader, "p.yaml").Defects.Any(d => d.Message.Contains("needs an amount", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("request-supplement: refused", true)]
    [InlineData("request-supplement: { to: refused, by: [head, reception] }", false)]
    public void Inspect_SupplementRequestOutsideTheOneStopShop_IsAWarning(string transition, bool warns)
    {
        var text = SmallProcedure.With("  approve: ready\n", $"  approve: ready\n      {transition.Replace("refused", "stopped", StringComparison.Ordinal)}\n");
        using var reader = new StringReader(text);

        var found = ProcedureYaml.Inspect(reader, "p.yaml").Defects.Where(d => d.Code == DefectCodes.MisplacedAct).ToList();

        Assert.Equal(warns ? 1 : 0, found.Count);
        Assert.All(found, d => Assert.Equal((DefectSeverity.Warning, SmallProcedure.LineOf(text, "request-supplement:")), (d.Severity, d.Place.Line)));
    }

    [Fact]
    public void Inspect_TriggerThatNoStatePermits_IsAWarningWithTheLikelyName()
    {
        var text = SmallProcedure.With("  approve: { act: sign, by: head,", "  aprove: { act: sign, by: head,");

        var reading = ProcedureYaml.Inspect(new StringReader(text), "p.yaml");

        var defect = Assert.Single(reading.Defects);
        Assert.Equal((DefectSeverity.Warning, SmallProcedure.LineOf(text, "aprove:")), (defect.Severity, defect.Place.Line));
        Assert.Equal("did you mean 'approve'?", defect.Mend);
        Assert.NotNull(reading.Procedure);
    }

    [Fact]
    public void Read_ThousandsOfStatesWithAMistakeEach_NamesEachOnce()
    {
        const int States = 10_000;
        var text = "procedure: big\nversion: 1\nname: big\nstates:\n"
            + string.Concat(Enumerable.Range(0, States).Select(i => $"  state-{i}: {{ role: clerk-{i}, on: {{ go: stat-{i + 1} }} }}\n"));

        Assert.Equal(States, Refused(text).Defects.Count(d => d.Code == DefectCodes.UnknownState));
    }

    [Fact]
    public void Read_DeepNesting_IsRefusedAtTheLineWhereItBecomesTooDeep()
    {
        var deep = string.Concat(Enumerable.Range(0, 100).Select(i => $"{new string(' ', i)}k:\n"));

        var defect = Assert.Single(Refused(deep).Defects);

        Assert.Equal((DefectCodes.TooLarge, "p.yaml", 24), (defect.Code, defect.Place.File, defect.Place.Line));
    }

    [Fact]
    public void Read_DeepFlowNesting_IsRefused() =>
        Assert.Equal(DefectCodes.TooLarge, Assert.Single(Refused("a: " + new string('[', 100_000)).Defects).Code);

    [Fact]
    public void Read_AliasBomb_IsRefusedAtItsFirstAnchor()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 20).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + i - 1)}", 9))}]\n"));

        var defect = Assert.Single(Refused(bomb).Defects);

        Assert.Equal((DefectCodes.Syntax, "p.yaml", 1), (defect.Code, defect.Place.File, defect.Place.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("just a text")]
    [InlineData("- a\n- list")]
    [InlineData("\0")]
    [InlineData("a: b\n---\na: c\n")]
    [InlineData("a: \ud800")]
    [InlineData("a: \"\\ud800\"")]
    [InlineData("%YAML 9.9\n---\na: b\n")]
    [InlineData("\ufeff")]
    public void Read_WhatIsNoDefinition_IsRefusedWithFileAndLine(string text) =>
        Assert.All(Refused(text).Defects, d => Assert.True(d.Place is { File: "p.yaml", Line: > 0 }));

    [Fact]
    public void Read_FileOfMoreThanAMebi_IsRefused() =>
        Assert.Equal(DefectCodes.TooLarge, Assert.Single(Refused(new string(' ', 2_000_000)).Defects).Code);

    [Fact]
    public void Read_DefectThatQuotesALongText_StaysOneLineOfBoundedLength()
    {
        var defect = Assert.Single(Refused(SmallProcedure.With("clock: resume", $"clock: \"{new string('x', 50_000)}\\n\\n\"")).Defects);

        Assert.True(defect.Message.Length < 1000);
        Assert.DoesNotContain('\n', defect.ToString());
    }

    private static DefinitionException Refused(string text) =>
        Assert.Throws<DefinitionException>(() => ProcedureYaml.Read(new StringReader(text), "p.yaml"));
}
