using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Outbox;

/// <summary>An office with a receiver of webhooks, and a real time that stands until a test moves it.</summary>
internal sealed class OutboxOffice : IAsyncDisposable
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
    public const string Name = "portal";

    private OutboxOffice(MemoryJournalStore store, VirtualClock clock) => (Store, Clock) = (store, clock);

    public MemoryJournalStore Store { get; }

    public VirtualClock Clock { get; }

    public VirtualClock Real { get; } = new(Office.Start);

    public Endpoint Endpoint { get; } = new();

    public DossierEngine Engine { get; private set; } = null!;

    /// <summary>Opens the office with one webhook, which is told everything.</summary>
    public static async Task<OutboxOffice> OpenAsync(Action<WorkflowEngineOptions>? configure = null, Func<WebhookSubscriber, WebhookSubscriber>? webhook = null)
    {
        var clock = new VirtualClock(Office.Start);
        var office = new OutboxOffice(await Office.MemoryAsync(clock), clock);
        office.Engine = await office.OpenEngineAsync(office.Store, configure);
        var subscriber = new WebhookSubscriber(Name, office.Endpoint.Url, [Secret]);
        Assert.True(await office.Engine.Subscribers.AddAsync(webhook?.Invoke(subscriber) ?? subscriber));
        return office;
    }

    public Task<DossierEngine> OpenEngineAsync(IJournalStore store, Action<WorkflowEngineOptions>? configure = null) => Office.OpenAsync(store, Clock, o =>
    {
        o.Delivery.Time = Real;
        configure?.Invoke(o);
    });

    /// <summary>Submits a dossier and fires what is named.</summary>
    public async Task<string> DossierAsync(string id, params string[] triggers)
    {
        var code = Office.Accepted(await Engine.SubmitAsync(Office.Submission(), Office.Request(id))).Code;
        await FireAsync(code.Value, triggers);
        return code.Value;
    }

    public async Task FireAsync(string code, params string[] triggers)
    {
        foreach (var trigger in triggers)
        {
            var version = (await Engine.FindAsync(new DossierCode(code)))!.Version;
            Office.Accepted(await Engine.ExecuteAsync(new DossierCode(code), Office.Fire(trigger), Office.Request($"{code}/{version}")));
        }
    }

    public async Task<SubscriberReport> ReportAsync() => Assert.Single(await Engine.Subscribers.ListAsync(), s => s.Name == Name);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Endpoint.DisposeAsync();
    }
}
