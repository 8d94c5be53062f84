using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

public class CatalogueFileTests
{
    public static TheoryData<string> Files => CatalogueFiles.Names;

    [Fact]
    public void Catalogue_OfTheRepository_HasTheTwentySixProcedures() =>
        Assert.Equal(26, CatalogueFiles.Catalogue.Newest.Count);

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfTheCatalogue_CompilesWithoutAnyDefect(string file)
    {
        var reading = ProcedureYaml.Inspect(new StringReader(CatalogueFiles.TextOf(file)), file);

        Assert.Empty(reading.Defects);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), reading.Procedure!.Code);
        Assert.NotNull(reading.Procedure.Content.Name.En);
        Assert.NotEmpty(reading.Procedure.Content.Sources);
        Assert.NotEmpty(reading.Procedure.Content.Unverified);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void FirstTransitions_FromTheInitialState_LeadToTheReturnedResult(string file)
    {
        var content = Read(file).Content;
        var seen = new List<string>();
        var at = content.Initial!;
        while (!content.States.Single(s => s.Name == at).IsFinal)
        {
            Assert.DoesNotContain(at, seen);
            seen.Add(at);
            at = content.Transitions.First(t => t.From == at).To;
        }

        Assert.Equal(PortalStatus.ResultReturned, content.States.Single(s => s.Name == at).Status);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void FirstTransitions_OfEveryProcedure_AcceptSignAndReturnOnceInThatOrder(string file)
    {
        var procedure = Read(file);
        var acts = new List<Act>();
        var at = procedure.Content.Initial!;
        for (var steps = 0; steps < procedure.Content.States.Count && procedure.Content.Transitions.FirstOrDefault(t => t.From == at) is { } next; steps++)
        {
            acts.Add(procedure.Trigger(procedure.Table.Trigger(next.Trigger)).Act);
            at = next.To;
        }

        Assert.Equal([Act.Accept, Act.Sign, Act.ReturnResult], acts.Where(a => a is Act.Accept or Act.Sign or Act.ReturnResult));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Withdrawal_AfterTheDecision_IsNotPermitted(string file)
    {
        var content = Read(file).Content;
        var acts = content.Triggers.ToDictionary(t => t.Name, t => t.Act, StringComparer.Ordinal);
        var open = new Queue<string>(content.Transitions.Where(t => acts.GetValueOrDefault(t.Trigger, Named(t.Trigger)) == Act.Sign).Select(t => t.To));
        var decided = new HashSet<string>(open);
        while (open.TryDequeue(out var state))
        {
            foreach (var transition in content.Transitions.Where(t => t.From == state))
            {
                Assert.False(Named(transition.Trigger) is Act.Withdraw or Act.Stop, $"'{state}' of {file} permits '{transition.Trigger}'");
                if (decided.Add(transition.To))
                {
                    open.Enqueue(transition.To);
                }
            }
        }

        Assert.NotEmpty(decided);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void SupplementRequest_OfEveryProcedure_IsTheOneStopShopsAlone(string file)
    {
        var procedure = Read(file);
        for (var i = 0; i < procedure.Table.Transitions.Count; i++)
        {
            if (procedure.Trigger(procedure.Table.Transitions[i].Trigger).Act == Act.RequestSupplement)
            {
                Assert.Equal([ProcedureContent.OneStopRole], procedure.RolesOf(i));
            }
        }
    }

    [Fact]
    public void OnlineLevel_OfEveryProcedure_StandsExactlyWhereItCanBeFiledOnline() =>
        Assert.All(CatalogueFiles.Catalogue.Newest, p => Assert.Equal(p.Content.Channels.Contains(Channel.Online), p.Content.OnlineLevel is 3 or 4));

    [Fact]
    public void BirthRegistration_SilenceOfTheApplicantForADay_ConfirmsTheDraft()
    {
        var state = State("1.001193", "awaiting-confirmation");

        Assert.Equal(TimeLimit.Days(1), state.Timeout);
        Assert.Equal("confirm", state.TimeoutTrigger);
        Assert.Equal(ProcedureContent.ApplicantRole, state.Role);
    }

    [Fact]
    public void ConstructionPermit_SilenceOfTheAgenciesForTwelveDays_IsDeemedAgreement()
    {
        var content = CatalogueFiles.Catalogue.Find("1.013225")!.Content;

        Assert.Equal((TimeLimit.Days(12), "deem-agreed"), (State("1.013225", "consulting").Timeout, State("1.013225", "consulting").TimeoutTrigger));
        Assert.Equal((2, TimeLimit.WorkingDays(7)), (content.SupplementsAllowed, content.SupplementNotice));
    }

    [Fact]
    public void FirstLandUseCertificate_IsPostedForFifteenDaysAndPaidBeforeItIsSigned()
    {
        Assert.Equal(TimeLimit.Days(15), State("1.013978", "public-posting").Timeout);
        Assert.Equal(PortalStatus.PaymentRequested, State("1.013978", "awaiting-payment").Status);
        Assert.Contains(CatalogueFiles.Catalogue.Find("1.013978")!.Content.Transitions, t => t is { From: "awaiting-payment", Trigger: "pay", To: "signing" });
    }

    [Fact]
    public void SplitOfParcels_StepLimits_AddUpToTheLegalLimit()
    {
        var content = CatalogueFiles.Catalogue.Find("1.012784")!.Content;

        Assert.Equal(content.Limit!.Value.Amount, content.States.Sum(s => s.Limit?.Amount ?? 0));
    }

    private static StateDefinition State(string code, string state) =>
        CatalogueFiles.Catalogue.Find(code)!.Content.States.Single(s => s.Name == state);

    private static Procedure Read(string file) => ProcedureYaml.Read(new StringReader(CatalogueFiles.TextOf(file)), file);

    private static Act Named(string trigger) => ActNames.ByName.GetValueOrDefault(trigger, Act.Advance);
}
