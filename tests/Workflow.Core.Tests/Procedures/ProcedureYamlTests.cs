using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Procedures;

public class ProcedureYamlTests
{
    [Fact]
    public void Read_CodeThatLooksLikeANumber_KeepsItsText()
    {
        var procedure = Read(SmallProcedure.Text);

        Assert.Equal("1.010040", procedure.Code);
        Assert.Equal(new ProcedureVersion("1.010040", 2), procedure.Version);
    }

    [Fact]
    public void Read_SameDefinitionAsABuilders_HasTheSameContentHash() =>
        Assert.Equal(InCode().Build().ContentHash, Read(SmallProcedure.Text).ContentHash);

    [Fact]
    public void Write_DefinitionOfABuilder_ReadsBackToTheSameContentHash()
    {
        var procedure = InCode().Build();

        Assert.Equal(procedure.ContentHash, Read(Written(procedure)).ContentHash);
    }

    [Fact]
    public void Write_TheSameProcedureTwice_GivesTheSameText() =>
        Assert.Equal(Written(Read(SmallProcedure.Text)), Written(Read(Written(Read(SmallProcedure.Text)))));

    [Fact]
    public void ContentHash_TransitionsPutTogetherInAnotherOrderOfStates_IsTheSame()
    {
        var content = InCode().ToContent();

        var turned = content with { Transitions = [.. content.Transitions.GroupBy(t => t.From).Reverse().SelectMany(g => g)] };

        Assert.Equal(Procedure.Compile(content).ContentHash, Procedure.Compile(turned).ContentHash);
    }

    [Fact]
    public void ContentHash_OtherOrdinaryWayOn_Differs() =>
        Assert.NotEqual(
            Read(SmallProcedure.Text).ContentHash,
            Read(SmallProcedure.With("      accept: received\n      refuse: { to: refused, by: [head, reception] }\n", "      refuse: { to: refused, by: [head, reception] }\n      accept: received\n")).ContentHash);

    [Fact]
    public void ContentHash_NewerVersionOfAGuard_Differs()
    {
        var newer = GuardRegistry.Standard.With(new GuardDefinition("fees-due", 2, "there is nothing to pay", f => f.FeesOutstanding != 0));

        Assert.NotEqual(Read(SmallProcedure.Text).ContentHash, Read(SmallProcedure.Text, newer).ContentHash);
        Assert.Equal(Read(SmallProcedure.Text).ContentHash, Read(SmallProcedure.With("if: fees-due", "if: fees-due@1"), newer).ContentHash);
    }

    [Fact]
    public void ContentHash_GuardOfAHostsOwn_EntersByNameAndVersion()
    {
        var text = SmallProcedure.With("if: fees-due", "if: in-office");

        Assert.NotEqual(Read(text, With(1)).ContentHash, Read(text, With(2)).ContentHash);

        static GuardRegistry With(int version) =>
            GuardRegistry.Standard.With(new GuardDefinition("in-office", version, "not in an office", f => f.ActorUnit is not null));
    }

    [Fact]
    public void Inspect_FileWithDefects_ReturnsThemWithoutAProcedure()
    {
        var reading = ProcedureYaml.Inspect(new StringReader(SmallProcedure.With("accept: received", "accept: recieved")), "p.yaml");

        Assert.Null(reading.Procedure);
        Assert.NotNull(reading.Content);
        Assert.Equal("1.010040", Assert.Single(reading.Defects, d => d.Message.Contains("recieved", StringComparison.Ordinal)).Procedure);
    }

    [Fact]
    public void Read_SubstateWithoutAWayOnOfItsOwn_HasThatOfItsSuperstate()
    {
        var procedure = Read(SmallProcedure.With("  processing:\n    status: 4\n    role: head\n    on:\n      approve: ready\n", "  work:\n    role: head\n    on:\n      approve: ready\n  processing:\n    parent: work\n    status: 4\n"));

        Assert.True(procedure.Table.IsIn(procedure.Table.State("processing"), procedure.Table.State("work")));
    }

    private static ProcedureBuilder InCode()
    {
        var builder = new ProcedureBuilder("1.010040", 2)
            .Named("Cấp giấy", "A permit")
            .SettledAt(UnitLevel.Commune, UnitLevel.District)
            .Online(4)
            .Limit("3 working days")
            .Clock(ClockPolicy.Resume)
            .Roles("reception", "head", "applicant")
            .Fee("copy", "Bản sao", "Copy", 8000, "copy")
            .Document("form", "Tờ khai", "Form", required: false, copies: 2)
            .Field("child-name", FieldType.Text, required: true, personal: true, vi: "Tên trẻ", en: "Name")
            .Trigger(new TriggerDefinition("approve", Act.Sign) { Roles = ["head"], Label = new LocalizedName("Duyệt", "Approve") })
            .InSector("Thử nghiệm")
            .FiledBy(Channel.Direct, Channel.Online)
            .Supplements(1, "2 working days");
        builder.Configure("submitted").Named("Mới", "New").Shows(PortalStatus.Registered).HandledBy("reception")
            .Permit("accept", "received").PermitBy(["head", "reception"], "refuse", "refused");
        builder.Configure("received").Shows(PortalStatus.Accepted).HandledBy("reception").Within("1/2 working day")
            .Permit("request-payment", "awaiting-payment").PermitIf("approve", "ready", "fees-paid", "documents-complete");
        builder.Configure("awaiting-payment").Shows(PortalStatus.PaymentRequested).HandledBy("applicant").After("15 working days", "give-up")
            .PermitIf("pay", "processing", "fees-paid").PermitIf("pay", "awaiting-payment", "fees-due").Permit("give-up", "stopped");
        builder.Configure("processing").Shows(PortalStatus.Processing).HandledBy("head").Permit("approve", "ready");
        builder.Configure("ready").Shows(PortalStatus.Processed).HandledBy("reception").Permit("return-result", "returned");
        builder.Configure("returned").Shows(PortalStatus.ResultReturned).AsFinal();
        builder.Configure("refused").Shows(PortalStatus.NotAccepted).AsFinal();
        builder.Configure("stopped").Shows(PortalStatus.Stopped).AsFinal();
        return builder;
    }

    private static Procedure Read(string text, GuardRegistry? guards = null) => ProcedureYaml.Read(new StringReader(text), "p.yaml", guards);

    private static string Written(Procedure procedure)
    {
        var writer = new StringWriter();
        ProcedureYaml.Write(procedure, writer);
        return writer.ToString();
    }
}
