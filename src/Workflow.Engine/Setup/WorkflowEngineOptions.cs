using System.Diagnostics.Metrics;
using Workflow.Core.Guards;
using Workflow.Engine.Followers;
using Workflow.Engine.Legs;
using Workflow.Engine.Outbox;
using Workflow.Engine.Salts;

namespace Workflow.Engine.Setup;

/// <summary>How an engine runs. Read once, when it opens.</summary>
public sealed class WorkflowEngineOptions
{
    /// <summary>How long a dossier stays in memory after its last command; above zero. Ten minutes unless told.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most dossiers kept in memory, at least 1; about 1 KB each. Those with work under way stay even beyond it.</summary>
    public int ActiveCap { get; set; } = 200_000;

    /// <summary>The most commands of callers under way at once, at least 1; a caller beyond them is told to come again.</summary>
    /// <remarks>The commands of one unit take at most twice as many places as they leave free, so that its flood leaves room for others.</remarks>
    public int QueueLength { get; set; } = 4_096;

    /// <summary>The most commands in one commit, 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>How many dossier numbers of a unit and day are taken from the store at once, 1 to 10,000; the rest of a block is lost when the engine ends.</summary>
    public int NumberBlock { get; set; } = 32;

    /// <summary>The least time after which a caller that was told to come again should do so; above zero. 100 ms unless told.</summary>
    /// <remarks>The time that a caller is told is when there will be room for it, by how fast commands end, within this and <see cref="BusyRetryAtMost"/>.</remarks>
    public TimeSpan BusyRetryAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most that a caller is told to wait, not below <see cref="BusyRetryAfter"/>; also what it is told while the engine ends. Five seconds unless told.</summary>
    public TimeSpan BusyRetryAtMost { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of the engine waits for what the store or a follower does not finish, in real time; zero not to wait. 20 seconds unless told.</summary>
    /// <remarks>Keep it below the time that the host gives its services (30 seconds in a generic host).</remarks>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Where salts come from; random unless told.</summary>
    public ISaltSource Salts { get; set; } = new RandomSalts();

    /// <summary>The guards that are code, for procedures that other hosts publish; the standard ones unless told.</summary>
    public GuardRegistry Guards { get; set; } = GuardRegistry.Standard;

    /// <summary>Makes the engine's meter; null for a meter of its own. A container's is taken unless told.</summary>
    public IMeterFactory? Meters { get; set; }

    /// <summary>Whether timers fire by themselves. A host that moves a virtual clock fires them itself.</summary>
    public bool BackgroundTimers { get; set; } = true;

    /// <summary>Whether followers and subscribers are led by themselves. Otherwise the host lets them catch up.</summary>
    public bool BackgroundFollowers { get; set; } = true;

    /// <summary>On a store that several hosts share: for how long a host leads a follower or has a due timer for itself without saying so again, at least 100 ms; ten seconds unless told.</summary>
    /// <remarks>It is also how long the work of a host that died stands still. By the clock of the store.</remarks>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>On a store that several hosts share: how often followers look for what other hosts have committed; above zero. Half a second unless told.</summary>
    public TimeSpan FollowerPoll { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after its closing, by the engine's clock, a dossier is moved to the archive of the store; above zero, at most 100 years. Null, unless told: never.</summary>
    /// <remarks>See <see cref="Archive.IArchiveStore"/> for what stays as it was: everything but the cost. Thirty days suit most offices: late corrections are rare then.</remarks>
    public TimeSpan? ArchiveAfter { get; set; }

    /// <summary>Those who follow the journal. Their names differ.</summary>
    public IList<IJournalFollower> Followers { get; } = [];

    /// <summary>The subscribers in this process. Webhooks are in the store: see <see cref="DossierEngine.Subscribers"/>.</summary>
    public IList<InProcessSubscriber> Subscribers { get; } = [];

    /// <summary>How deliveries to subscribers are made.</summary>
    public DeliveryOptions Delivery { get; } = new();

    /// <summary>Returns one line per mistake; empty when there is none.</summary>
    internal List<string> Mistakes()
    {
        var mistakes = new List<string>();
        Require(IdleTimeout > TimeSpan.Zero, $"IdleTimeout is {IdleTimeout}: give a time above zero, such as 00:10:00.");
        Require(ActiveCap >= 1, $"ActiveCap is {ActiveCap}: keep at least 1 dossier in memory.");
        Require(QueueLength >= 1, $"QueueLength is {QueueLength}: let at least 1 command in.");
        Require(BatchSize is >= 1 and <= 10_000, $"BatchSize is {BatchSize}: use 1 to 10000 commands in a commit.");
        Require(NumberBlock is >= 1 and <= 10_000, $"NumberBlock is {NumberBlock}: take 1 to 10000 numbers at once.");
        Require(BusyRetryAfter > TimeSpan.Zero, $"BusyRetryAfter is {BusyRetryAfter}: give a time above zero, such as 00:00:00.250.");
        Require(BusyRetryAtMost >= BusyRetryAfter, $"BusyRetryAtMost is {BusyRetryAtMost}: give no less than BusyRetryAfter, {BusyRetryAfter}.");
        Require(ShutdownTimeout >= TimeSpan.Zero && ShutdownTimeout <= TimeSpan.FromDays(1), $"ShutdownTimeout is {ShutdownTimeout}: give zero to one day, such as 00:00:20.");
        Require(LeaseDuration >= TimeSpan.FromMilliseconds(100) && LeaseDuration <= TimeSpan.FromHours(1), $"LeaseDuration is {LeaseDuration}: give a time from 00:00:00.1 to 01:00:00, such as 00:00:10.");
        Require(FollowerPoll > TimeSpan.Zero && FollowerPoll <= TimeSpan.FromMinutes(1), $"FollowerPoll is {FollowerPoll}: give a time above zero and at most a minute, such as 00:00:00.5.");
        Require(
            ArchiveAfter is null || (ArchiveAfter > TimeSpan.Zero && ArchiveAfter <= TimeSpan.FromDays(36_500)),
            $"ArchiveAfter is {ArchiveAfter}: give a time above zero and up to 100 years, such as 30.00:00:00, or null to archive nothing.");
        Require(Salts is not null, "Salts is null: give a salt source, or leave the random one.");
        Require(Guards is not null, "Guards is null: give a guard registry, or leave the standard one.");
        foreach (var name in Followers.GroupBy(f => f.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            mistakes.Add($"Two followers are named '{name}': give each a name of its own, because its cursor is kept under it.");
        }

        if (Followers.Any(f => f.Name == LegFollower.FollowerName))
        {
            mistakes.Add($"A follower is named '{LegFollower.FollowerName}', which is the engine's own: name it otherwise.");
        }

        mistakes.AddRange(Delivery.Mistakes());
        mistakes.AddRange(Subscribers.SelectMany(s => s.Mistakes()));
        foreach (var name in Subscribers.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            mistakes.Add($"Two subscribers are named '{name}': give each a name of its own, because its cursor is kept under it.");
        }

        return mistakes;

        void Require(bool holds, string mistake)
        {
            if (!holds)
            {
                mistakes.Add(mistake);
            }
        }
    }
}
