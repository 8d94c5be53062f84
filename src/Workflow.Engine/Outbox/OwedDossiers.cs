namespace Workflow.Engine.Outbox;

/// <summary>The dossiers of which one subscriber is owed deliveries, as last read and changed here, and when they are tried again.</summary>
/// <remarks>
/// Where nothing but owed dossiers was tried and none was taken, nobody knows whether the subscriber is away or those deliveries are poisoned. They are in doubt then: no
/// attempt is held against them, they rest together, longer each time, and are tried again in the company of deliveries that are taken.
/// </remarks>
internal sealed class OwedDossiers
{
    private readonly Dictionary<string, OwedDossier> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inDoubt = new(StringComparer.Ordinal);
    private DateTimeOffset _restUntil;

    public int Count => _rows.Count;

    public int Parked => _rows.Values.Count(o => o.IsParked);

    /// <summary>How often in a row they were tried without any company.</summary>
    public int InVain { get; private set; }

    public bool Contains(string code) => _rows.ContainsKey(code);

    public void Add(OwedDossier owed) => _rows.Add(owed.Code, owed);

    public void Clear() => _rows.Clear();

    /// <summary>Whether they are left alone unless something else was just taken.</summary>
    public bool Rest(DateTimeOffset now) => now < _restUntil;

    /// <summary>Returns those that are tried now, those that wait longest first.</summary>
    /// <param name="now">The time.</param>
    /// <param name="tried">Null to heed when each is due; otherwise those that are not tried again, while all others are.</param>
    /// <param name="most">The most.</param>
    public List<OwedDossier> Due(DateTimeOffset now, HashSet<string>? tried, int most) =>
        [.. _rows.Values.Where(o => !o.IsParked && (tried is null ? o.NextAttemptAt <= now || _inDoubt.Contains(o.Code) : !tried.Contains(o.Code))).OrderBy(o => o.NextAttemptAt).Take(most)];

    /// <summary>Takes in what a round came to.</summary>
    public void Take(RoundResult result)
    {
        foreach (var change in result.Changes)
        {
            if (change.After is { } after)
            {
                _rows[after.Code] = after;
            }
            else
            {
                _rows.Remove(change.Before!.Code);
            }

            _inDoubt.Remove((change.After ?? change.Before)!.Code);
        }

        if (result.IsUp)
        {
            (InVain, _restUntil) = (0, default);
        }
        else if (result.DoubtUntil is { } until)
        {
            (InVain, _restUntil) = (InVain + 1, until);
            _inDoubt.UnionWith(result.Changes.Where(c => c.After is { IsParked: false }).Select(c => c.After!.Code));
        }
    }

    /// <summary>How long until one is due, at most <paramref name="longest"/>.</summary>
    public TimeSpan UntilNext(DateTimeOffset now, TimeSpan longest)
    {
        var wait = longest;
        foreach (var owed in _rows.Values.Where(o => !o.IsParked))
        {
            var at = _inDoubt.Contains(owed.Code) || owed.NextAttemptAt < _restUntil ? _restUntil : owed.NextAttemptAt;
            wait = at - now < wait ? at - now : wait;
        }

        return wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
    }
}
