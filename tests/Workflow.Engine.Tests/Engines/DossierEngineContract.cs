using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using static Workflow.Engine.Tests.Office;

namespace Workflow.Engine.Tests.Engines;

/// <summary>What every <see cref="IDossierEngine"/> does, wherever it runs. One engine serves all tests of a class, so each uses ids of its own.</summary>
/// <param name="engine">The engine of a small office at <see cref="Office.Start"/>.</param>
public abstract class DossierEngineContract(Func<IDossierEngine> engine)
{
    private static int s_ids;

    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private IDossierEngine Engine => engine();

    [Fact]
    public async Task Submission_IsFoundAsItWasSubmitted()
    {
        var accepted = Accepted(await Engine.SubmitAsync(Submission(name: "Trần Thị B"), Request(NewId()), Ct));

        var dossier = await Engine.FindAsync(accepted.Code, Ct);

        Assert.Equal((1, false), (accepted.Version, accepted.IsRepeat));
        Assert.StartsWith(Unit + "-201106-", accepted.Code.Value, StringComparison.Ordinal);
        Assert.Equal((accepted.Code.Value, 1, "Filed", "T.1", Start), (dossier!.Code, dossier.Version, dossier.State, dossier.Procedure, dossier.SubmittedAt));
        Assert.Equal("Trần Thị B", Assert.Single(dossier.Personal!.Fields).Value);
        Assert.Contains("Trần Thị B", Text(accepted.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_Repeated_ReturnsTheSameDossierAndWhatHappenedThen()
    {
        var request = Request(NewId());
        var first = Accepted(await Engine.SubmitAsync(Submission(), request, Ct));
        await FireAsync(first.Code, "accept");

        var second = Accepted(await Engine.SubmitAsync(Submission(), request, Ct));

        Assert.Equal((first.Code, 1, true, Text(first.Events)), (second.Code, second.Version, second.IsRepeat, Text(second.Events)));
    }

    [Fact]
    public async Task Submission_WithAUsedIdAndOtherContent_IsToldWhoseIdItIs()
    {
        var request = Request(NewId());
        var first = Accepted(await Engine.SubmitAsync(Submission(), request, Ct));

        Assert.Equal(new CommandResult.IdReused(first.Code, request.Id), await Engine.SubmitAsync(Submission(name: "other"), request, Ct));
    }

    [Fact]
    public async Task Submission_OfAnUnknownProcedure_IsRefusedWithoutADossier()
    {
        var refused = Assert.IsType<CommandResult.Rejected>(await Engine.SubmitAsync(new SubmitDossier("none", Unit), Request(NewId()), Ct));

        Assert.Null(refused.Code);
        Assert.Equal((0, new UnmetGuard("procedure-exists", "there is no procedure 'none'")), (refused.Version, Assert.Single(refused.Unmet)));
    }

    [Fact]
    public async Task Submission_ToAUnitThatIsNone_IsRefused()
    {
        foreach (var unit in (string[])["", " ", new string('x', 100_000), "không có"])
        {
            Assert.IsType<CommandResult.Rejected>(await Engine.SubmitAsync(Submission(unit), Request(NewId()), Ct));
        }
    }

    [Fact]
    public async Task Command_IsDoneAndShows()
    {
        var code = await Engine.AcceptedAsync(NewId());

        var accepted = Accepted(await Engine.ExecuteAsync(code, Fire("forward", "ghi chú"), Request(NewId()), Ct));

        Assert.Equal((code, 3, false), (accepted.Code, accepted.Version, accepted.IsRepeat));
        var dossier = (await Engine.FindAsync(code, Ct))!;
        Assert.Equal((3, "Review", "ghi chú"), (dossier.Version, dossier.State, dossier.Fields!.Single().Value));
    }

    [Fact]
    public async Task Command_RepeatedAfterOthers_ReturnsWhatItCameToTheFirstTime()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var request = Request(NewId());
        var first = Accepted(await Engine.ExecuteAsync(code, Fire("forward"), request, Ct));
        await FireAsync(code, "back");

        var second = Accepted(await Engine.ExecuteAsync(code, Fire("forward"), request, Ct));

        Assert.Equal((first.Version, true, Text(first.Events)), (second.Version, second.IsRepeat, Text(second.Events)));
        Assert.Equal(4, (await Engine.FindAsync(code, Ct))!.Version);
    }

    [Fact]
    public async Task Command_WithAUsedIdAndOtherContent_IsToldSo()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var request = Request(NewId());
        Accepted(await Engine.ExecuteAsync(code, Fire("forward"), request, Ct));

        Assert.Equal(new CommandResult.IdReused(code, request.Id), await Engine.ExecuteAsync(code, Fire("back"), request, Ct));
    }

    [Fact]
    public async Task Id_IsOfItsCallerAlone()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var id = NewId();
        Accepted(await Engine.ExecuteAsync(code, Fire("forward"), Request(id, "one"), Ct));

        Assert.False(Accepted(await Engine.ExecuteAsync(code, Fire("back"), Request(id, "other"), Ct)).IsRepeat);
    }

    [Fact]
    public async Task ExpectedVersion_ThatIsPast_IsRefusedAndTheRightOneIsTaken()
    {
        var code = await Engine.AcceptedAsync(NewId());

        var stale = await Engine.ExecuteAsync(code, Fire("forward"), Request(NewId()) with { ExpectedVersion = 1 }, Ct);
        Assert.Equal("expected-version", Refused(stale));
        Assert.Equal((code, 2), (Assert.IsType<CommandResult.Rejected>(stale).Code!.Value, Assert.IsType<CommandResult.Rejected>(stale).Version));
        Accepted(await Engine.ExecuteAsync(code, Fire("forward"), Request(NewId()) with { ExpectedVersion = 2 }, Ct));
    }

    [Fact]
    public async Task UnknownDossier_IsNotFoundByAnyCall()
    {
        foreach (var code in (DossierCode[])[new("none/" + NewId()), new("000"), new(new string('x', DossierCode.MaxLength)), default])
        {
            Assert.Equal(new CommandResult.NotFound(code), await Engine.ExecuteAsync(code, Fire("accept"), Request(NewId()), Ct));
            Assert.Null(await Engine.FindAsync(code, Ct));
            Assert.Null(await Engine.PermittedAsync(code, Clerk, Ct));
            Assert.Empty(await Engine.HistoryAsync(code, cancellationToken: Ct));
        }
    }

    [Fact]
    public async Task CodesThatReadAsTheSameNumber_AreDifferentDossiers()
    {
        foreach (var code in (string[])["1", "01", "ab", "AB"])
        {
            Assert.Equal(new CommandResult.NotFound(new DossierCode(code)), await Engine.ExecuteAsync(new DossierCode(code), Fire("accept"), Request(NewId()), Ct));
        }
    }

    [Fact]
    public async Task Refusal_NamesWhatIsUnmetAndIsDecidedAfreshNextTime()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var request = Request(NewId());

        var refused = Assert.IsType<CommandResult.Rejected>(await Engine.ExecuteAsync(code, Fire("back"), request, Ct));
        Assert.NotEmpty(refused.Unmet);
        Assert.All(refused.Unmet, u => Assert.NotEmpty(u.Message));
        Assert.Equal(2, (await Engine.FindAsync(code, Ct))!.Version);
        await FireAsync(code, "forward");

        Assert.False(Accepted(await Engine.ExecuteAsync(code, Fire("back"), request, Ct)).IsRepeat);
    }

    [Fact]
    public async Task Value_ThatNoStoreKeeps_IsRefused()
    {
        var code = await Engine.AcceptedAsync(NewId());

        Assert.NotEmpty(Refused(await Engine.ExecuteAsync(code, Fire("forward", "a\0b"), Request(NewId()), Ct)));
        Assert.Equal(2, (await Engine.FindAsync(code, Ct))!.Version);
    }

    [Fact]
    public async Task Permitted_NamesEachTriggerOfTheState()
    {
        var code = await Engine.AcceptedAsync(NewId());

        var permitted = await Engine.PermittedAsync(code, Clerk, Ct);

        Assert.Equal(["finish", "forward", "park"], permitted!.Where(p => p.IsPermitted).Select(p => p.Trigger).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task History_ReturnsWhatEachCommandCameTo()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var told = Start.AddMinutes(-5);
        var accepted = Accepted(await Engine.ExecuteAsync(code, Fire("forward", "n"), Request(NewId()), Ct));

        var entries = await Engine.HistoryAsync(code, cancellationToken: Ct);
        Assert.Equal([1, 2, 3], entries.Select(e => e.Version));
        Assert.Equal(("clerk", Unit, Start, Text(accepted.Events)), (entries[2].Actor, entries[2].Unit, entries[2].OccurredAt, Text(entries[2].Events)));
        Assert.True(entries[2].RecordedAt > told);
        Assert.Equal([2], (await Engine.HistoryAsync(code, 2, 1, Ct)).Select(e => e.Version));
        Assert.Empty(await Engine.HistoryAsync(code, 4, cancellationToken: Ct));
    }

    [Fact]
    public async Task TimeTold_IsTheLegalTime()
    {
        var told = Start.AddDays(-1).AddTicks(12_345_678).ToUniversalTime();

        var code = Accepted(await Engine.SubmitAsync(Submission(), Request(NewId()) with { OccurredAt = told }, Ct)).Code;

        Assert.Equal(LegalTime.Of(told), (await Engine.FindAsync(code, Ct))!.SubmittedAt);
    }

    [Fact]
    public async Task CallersOfOneVersion_OneIsFirst()
    {
        var code = await Engine.AcceptedAsync(NewId());

        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ =>
            Engine.ExecuteAsync(code, Fire("forward"), Request(NewId()) with { ExpectedVersion = 2 }, Ct).AsTask()));

        Assert.Single(results.OfType<CommandResult.Accepted>());
        Assert.Equal(23, results.Count(r => r is CommandResult.Rejected));
        Assert.Equal(3, (await Engine.FindAsync(code, Ct))!.Version);
    }

    [Fact]
    public async Task OneCommand_GivenManyTimesAtOnce_IsDoneOnce()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var request = Request(NewId());

        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Engine.ExecuteAsync(code, Fire("forward"), request, Ct).AsTask()));

        Assert.All(results, r => Assert.Equal(3, Accepted(r).Version));
        Assert.Single(results, r => !Accepted(r).IsRepeat);
    }

    [Fact]
    public async Task OneSubmission_GivenManyTimesAtOnce_MakesOneDossier()
    {
        var request = Request(NewId());

        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Engine.SubmitAsync(Submission(), request, Ct).AsTask()));

        Assert.Single(results.Select(r => Accepted(r).Code).Distinct());
        Assert.Single(results, r => !Accepted(r).IsRepeat);
    }

    [Fact]
    public async Task ManyDossiers_AtOnce_EachTakesItsCommandsInTurn()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var code = await Engine.AcceptedAsync(NewId(), i % 2 == 0 ? Unit : OtherUnit);
            for (var round = 0; round < 3; round++)
            {
                await FireAsync(code, "forward");
                await FireAsync(code, "back");
            }

            return code;
        }));

        Assert.Equal(40, codes.Distinct().Count());
        foreach (var code in codes)
        {
            Assert.Equal(Enumerable.Range(1, 8), (await Engine.HistoryAsync(code, cancellationToken: Ct)).Select(e => e.Version));
        }
    }

    [Fact]
    public async Task CallersMistakes_AreArgumentExceptionsThatNameTheArgument()
    {
        var code = await Engine.AcceptedAsync(NewId());

        Assert.Equal("command", (await ThrowsAsync<ArgumentException>(() => Engine.ExecuteAsync(code, Submission(), Request(NewId()), Ct))).ParamName);
        var own = await ThrowsAsync<ArgumentException>(() => Engine.ExecuteAsync(code, Fire("forward"), Request(NewId(), "system:timers"), Ct));
        Assert.Equal(("request", "Callers that begin with 'system:' are the engine's own: name the caller otherwise. (Parameter 'request')"), (own.ParamName, own.Message));
        await ThrowsAsync<ArgumentException>(() => Engine.SubmitAsync(Submission(), Request(NewId(), "system:timers"), Ct));
        await ThrowsAsync<ArgumentException>(() => Engine.SubmitAsync(Submission(), Request(NewId(), new string('x', 1_000)), Ct));
        await ThrowsAsync<ArgumentException>(() => Engine.SubmitAsync(Submission(), new CommandRequest(default, Clerk), Ct));
        await ThrowsAsync<ArgumentNullException>(() => Engine.SubmitAsync(null!, Request(NewId()), Ct));
        await ThrowsAsync<ArgumentNullException>(() => Engine.ExecuteAsync(code, null!, Request(NewId()), Ct));
        await ThrowsAsync<ArgumentNullException>(() => Engine.ExecuteAsync(code, Fire("forward"), null!, Ct));
        await ThrowsAsync<ArgumentNullException>(() => Engine.PermittedAsync(code, null!, Ct));
        Assert.Equal("fromVersion", (await ThrowsAsync<ArgumentOutOfRangeException>(() => Engine.HistoryAsync(code, 0, 1, Ct))).ParamName);
        Assert.Equal("limit", (await ThrowsAsync<ArgumentOutOfRangeException>(() => Engine.HistoryAsync(code, 1, 1_001, Ct))).ParamName);
    }

    [Fact]
    public async Task Call_CancelledBefore_DoesNothing()
    {
        var code = await Engine.AcceptedAsync(NewId());
        var cancelled = new CancellationToken(canceled: true);

        await ThrowsAsync<OperationCanceledException>(() => Engine.ExecuteAsync(code, Fire("forward"), Request(NewId()), cancelled));
        await ThrowsAsync<OperationCanceledException>(() => Engine.SubmitAsync(Submission(), Request(NewId()), cancelled));

        Assert.Equal(2, (await Engine.FindAsync(code, Ct))!.Version);
    }

    private static string NewId() => $"contract-{Interlocked.Increment(ref s_ids)}";

    // An engine may throw at the call or in its task.
    private static Task<T> ThrowsAsync<T>(Func<ValueTask<CommandResult>> call)
        where T : Exception =>
        Assert.ThrowsAnyAsync<T>(async () => await call());

    private static Task<T> ThrowsAsync<T>(Func<ValueTask<IReadOnlyList<PermittedTrigger>?>> call)
        where T : Exception =>
        Assert.ThrowsAnyAsync<T>(async () => await call());

    private static Task<T> ThrowsAsync<T>(Func<ValueTask<IReadOnlyList<HistoryEntry>>> call)
        where T : Exception =>
        Assert.ThrowsAnyAsync<T>(async () => await call());

    private async Task FireAsync(DossierCode code, string trigger) => Accepted(await Engine.ExecuteAsync(code, Fire(trigger), Request(NewId()), Ct));
}
