using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Outbox;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Outbox;

public sealed class InProcessSubscriberTests
{
    private readonly List<Delivery> _taken = [];
    private readonly Lock _lock = new();

    [Fact]
    public async Task InProcessSubscriber_IsGivenEverythingInOrderAndGoesOnAfterARestart()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        await using (var engine = await Office.OpenAsync(store, clock, o => o.Subscribers.Add(new InProcessSubscriber("feed", TakeAsync))))
        {
            await engine.AcceptedAsync("a");
            Assert.Equal(2, await engine.DeliverAsync());
        }

        await using var later = await Office.OpenAsync(store, clock, o => o.Subscribers.Add(new InProcessSubscriber("feed", TakeAsync)));
        var code = await later.AcceptedAsync("b");
        Assert.Equal(2, await later.DeliverAsync());

        Assert.Equal([1, 2, 1, 2], _taken.Select(d => d.Entry.Version));
        Assert.Equal($"{code}/2", _taken[^1].Key);
        Assert.Equal("Nguyễn Văn A", _taken[0].Entry.Events[0].Personal!.Fields[0].Value);
    }

    [Fact]
    public async Task DeliveryThatItRefuses_IsParked_AndOneForWhichItThrows_IsTriedAgain()
    {
        var faults = new Queue<Exception>([new InvalidOperationException("Nguyễn Văn A"), new DeliveryRefusedException("no such field")]);
        var clock = new VirtualClock(Office.Start);
        await using var engine = await Office.OpenAsync(await Office.MemoryAsync(clock), clock, o => o.Subscribers.Add(new InProcessSubscriber("feed", (d, ct) =>
            d.Entry.Version == 1 && faults.TryDequeue(out var fault) ? throw fault : TakeAsync(d, ct))));
        await engine.AcceptedAsync("a");

        await engine.DeliverAsync();
        Assert.Equal("threw InvalidOperationException", (await engine.Subscribers.ListAsync())[0].Standing.LastError);
        await engine.DeliverAsync();
        var owed = Assert.Single((await engine.Subscribers.ListAsync())[0].Owed);
        Assert.Equal((true, "no such field"), (owed.IsParked, owed.LastError));
        await engine.Subscribers.RetryAsync("feed");
        Assert.Equal(2, await engine.DeliverAsync());
    }

    [Fact]
    public async Task Event_IsACloudEventWithoutPersonalData()
    {
        var clock = new VirtualClock(Office.Start);
        await using var engine = await Office.OpenAsync(await Office.MemoryAsync(clock), clock, o => o.Subscribers.Add(new InProcessSubscriber("feed", TakeAsync)));
        var code = await engine.AcceptedAsync("a");
        await engine.DeliverAsync();

        var told = JsonDocument.Parse(_taken[0].Body).RootElement;
        Assert.Equal("application/cloudevents+json", _taken[0].ContentType);
        Assert.Equal(
            ("1.0", $"{code}/1", code.Value, "2020-11-06T08:00:00.000+07:00"),
            (told.GetProperty("specversion").GetString(), told.GetProperty("id").GetString(), told.GetProperty("subject").GetString(), told.GetProperty("time").GetString()));
        var data = told.GetProperty("data");
        Assert.Equal((1, Office.Unit, "submitted.1"), (data.GetProperty("version").GetInt32(), data.GetProperty("unit").GetString(), data.GetProperty("events")[0].GetProperty("event").GetString()));
        Assert.False(data.GetProperty("events")[0].TryGetProperty("owner", out _));
        Assert.DoesNotContain("Nguyễn", Encoding.UTF8.GetString(_taken[0].Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NationalPortal_IsToldTheDossierAsOfEachVersionWhateverHappenedSince()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        await using var engine = await Office.OpenAsync(
            store,
            clock,
            o => o.Subscribers.Add(new InProcessSubscriber("dvcqg", TakeAsync) { Format = PayloadFormats.NationalPortal, FromStart = true }),
            new ProcedureSet(Portal()));
        var code = Office.Accepted(await engine.SubmitAsync(Submission, Office.Request("a"))).Code;
        clock.Advance(TimeSpan.FromMinutes(5));
        await FireAsync(engine, code, "accept", "assign", "settle");
        await engine.DeliverAsync();

        Assert.Equal([1, 2, 4], _taken.Select(d => d.Entry.Version));
        var told = _taken.ConvertAll(d => JsonDocument.Parse(d.Body).RootElement.GetProperty("DongBoHoSoMC"));
        Assert.Equal(["1", "2", "9"], told.Select(t => t.GetProperty("data")[0].GetProperty("TrangThaiHoSo").GetString()));
        Assert.Equal([false, true, true], told.Select(t => t.GetProperty("isUpdating").GetBoolean()));
        Assert.All(told, t => Assert.Equal("Bùi Thị Mai", t.GetProperty("data")[0].GetProperty("ChuHoSo").GetString()));
        Assert.False(told[0].GetProperty("data")[0].TryGetProperty("NgayTiepNhan", out _));
        Assert.Equal("20201106080500", told[1].GetProperty("data")[0].GetProperty("NgayTiepNhan").GetString());
        Assert.Equal("application/json", _taken[0].ContentType);
        Assert.Equal("clerk", JsonDocument.Parse(_taken[1].Body).RootElement.GetProperty("CapNhatTienDoHoSoMC").GetProperty("NguoiXuLy").GetString());
    }

    [Fact]
    public async Task Filter_LetsThroughWhatFits()
    {
        var seen = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        InProcessSubscriber Subscriber(string name, SubscriberFilter filter)
        {
            var list = seen[name] = [];
            return new InProcessSubscriber(name, (d, _) =>
            {
                lock (_lock)
                {
                    list.Add(d.Key);
                }

                return ValueTask.CompletedTask;
            }) { Filter = filter };
        }

        var clock = new VirtualClock(Office.Start);
        await using var engine = await Office.OpenAsync(
            await Office.MemoryAsync(clock),
            clock,
            o =>
            {
                o.Subscribers.Add(Subscriber("status", new SubscriberFilter { StatusChangesOnly = true }));
                o.Subscribers.Add(Subscriber("procedure", new SubscriberFilter { Procedures = ["T.1"] }));
                o.Subscribers.Add(Subscriber("unit", new SubscriberFilter { Units = [Office.OtherUnit] }));
            },
            new ProcedureSet(Portal(), Office.Procedure));
        var portal = Office.Accepted(await engine.SubmitAsync(Submission, Office.Request("a"))).Code;
        await FireAsync(engine, portal, "accept", "assign", "settle");
        var other = await engine.AcceptedAsync("b", Office.OtherUnit);
        await engine.DeliverAsync();

        Assert.Equal([$"{portal}/1", $"{portal}/2", $"{portal}/4"], seen["status"]);
        Assert.Equal([$"{other}/1", $"{other}/2"], seen["procedure"]);
        Assert.Equal([$"{other}/1", $"{other}/2"], seen["unit"]);
    }

    [Fact]
    public async Task Options_WithMistakes_AreRefusedByName()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () => await Office.OpenAsync(o =>
        {
            o.Subscribers.Add(new InProcessSubscriber("a", TakeAsync));
            o.Subscribers.Add(new InProcessSubscriber("a", TakeAsync) { Format = "xml" });
            o.Subscribers.Add(new InProcessSubscriber("a b", TakeAsync));
            o.Delivery.AtOnce = 0;
            o.Delivery.LongestRetry = TimeSpan.Zero;
        }));

        Assert.Equal(5, refusal.Failures.Count());
    }

    [Fact]
    public async Task Filter_ThatNamesWhatThereIsNot_IsRefusedByNameAndNothingIsRegistered()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () => await Office.OpenAsync(store, clock, o =>
        {
            o.Subscribers.Add(new InProcessSubscriber("a", TakeAsync) { Filter = new SubscriberFilter { Procedures = ["T.1", "T1"] } });
            o.Subscribers.Add(new InProcessSubscriber("b", TakeAsync) { Filter = new SubscriberFilter { Units = ["tan-lac"] } });
            o.Subscribers.Add(new InProcessSubscriber("c", TakeAsync) { Filter = new SubscriberFilter { Procedures = ["T.1"], Units = [Office.Unit] } });
        }));

        Assert.Equal(
            [
                "Subscriber 'a': the filter names procedure 'T1', which there is not: did you mean 'T.1'?",
                $"Subscriber 'b': the filter names unit 'tan-lac', which there is not: use one of: {Office.Unit}, {Office.OtherUnit}",
            ],
            refusal.Failures);
        Assert.Empty(await store.ReadSubscribersAsync(default));
    }

    [Fact]
    public async Task WebhookOfAnEngine_WhoseFilterNamesWhatThereIsNot_IsNotAdded()
    {
        await using var office = await OutboxOffice.OpenAsync();
        var mistyped = new WebhookSubscriber("b", office.Endpoint.Url, [OutboxOffice.Secret]) { Filter = new SubscriberFilter { Units = ["000.01.30.H82"] } };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(async () => await office.Engine.Subscribers.AddAsync(mistyped));

        Assert.Contains($"did you mean '{Office.Unit}'?", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await office.Engine.Subscribers.ListAsync());
    }

    private static SubmitDossier Submission => new("P.1", Office.Unit) { Applicant = new Applicant("Bùi Thị Mai") };

    private static Procedure Portal()
    {
        var builder = new ProcedureBuilder("P.1").Limit("2 working days");
        builder.Configure("new").Shows(PortalStatus.Registered).Permit("accept", "in");
        builder.Configure("in").Shows(PortalStatus.Accepted).Permit("settle", "settled");
        builder.Configure("settled").Shows(PortalStatus.Processed).Permit("return-result", "done");
        builder.Configure("done").Shows(PortalStatus.ResultReturned).AsFinal();
        return builder.Build();
    }

    private static async Task FireAsync(DossierEngine engine, DossierCode code, params string[] triggers)
    {
        foreach (var trigger in triggers)
        {
            DossierCommand command = trigger == "assign" ? new AssignDossier { Officer = "clerk" } : Office.Fire(trigger);
            Office.Accepted(await engine.ExecuteAsync(code, command, Office.Request($"{code}/{trigger}")));
        }
    }

    private ValueTask TakeAsync(Delivery delivery, CancellationToken ct)
    {
        lock (_lock)
        {
            _taken.Add(delivery);
        }

        return ValueTask.CompletedTask;
    }
}
