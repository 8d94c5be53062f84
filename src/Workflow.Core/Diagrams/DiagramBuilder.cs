using Workflow.Core.Procedures;

namespace Workflow.Core.Diagrams;

/// <summary>Decides what a picture shows: which states and edges, which exits are badges, what a dossier visited.</summary>
internal sealed class DiagramBuilder
{
    // Fewer states than these have their exits drawn: an edge says more than a badge.
    private const int ManyStates = 3;
    private const int MostTimes = 3;

    private readonly ProcedureContent _content;
    private readonly DossierPath? _path;
    private readonly DiagramWords _words;
    private readonly Dictionary<string, StateDefinition> _states;
    private readonly Dictionary<string, TriggerDefinition> _triggers;
    private readonly Dictionary<TransitionDefinition, List<(int Number, PathStep Step)>> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly List<TransitionDefinition> _transitions;

    private DiagramBuilder(Procedure procedure, DossierPath? path, DiagramOptions options)
    {
        _content = procedure.Content;
        _path = path;
        _words = DiagramWords.Of(options.Language);
        _states = _content.States.ToDictionary(s => s.Name, StringComparer.Ordinal);
        _triggers = ProcedureTriggers.All(_content).ToDictionary(t => t.Name, StringComparer.Ordinal);
        _transitions = [.. _content.Transitions];
        TakePath();
    }

    public static DiagramModel Build(Procedure procedure, DossierPath? path, DiagramOptions options) => new DiagramBuilder(procedure, path, options).Build(options.AllEdges);

    private DiagramModel Build(bool allEdges)
    {
        var exits = allEdges ? [] : CommonExits();
        var folded = exits.SelectMany(e => e.Transitions).ToHashSet<TransitionDefinition>(ReferenceEqualityComparer.Instance);
        var edges = _transitions.Where(t => !folded.Contains(t)).ToList();
        var needed = edges.SelectMany(t => (string[])[t.From, t.To]).Concat(folded.Select(t => t.From)).ToHashSet(StringComparer.Ordinal);
        var visited = Visited();
        var drawn = _content.States.Where(s => needed.Contains(s.Name) || !s.IsFinal || (_path is not null && visited.Contains(s.Name))).ToList();
        var ids = drawn.Select((s, i) => (s.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        var badges = folded.Count == 0 ? null : exits.SelectMany(e => e.Transitions.Select(t => (t.From, e.Exit.Badge))).ToLookup(p => p.From, p => p.Badge, StringComparer.Ordinal);
        return new DiagramModel(
            _words.Name(_content.Name),
            Subtitle(),
            _words,
            [.. drawn.Select(s => State(s, ids, badges is null ? [] : badges[s.Name].Distinct(), visited))],
            [
                .. edges.GroupBy(t => (t.From, t.To, IsTaken: _path is null || _taken.ContainsKey(t)))
                    .Select(g => new DiagramEdge(ids[g.Key.From], ids[g.Key.To], [.. g.SelectMany(Lines)], g.Key.IsTaken)),
            ],
            [.. exits.Select(e => e.Exit)],
            _path is not null);
    }

    private string Subtitle()
    {
        var limit = _content.Limit is { } l ? $"{_words.Limit} {_words.Duration(l)}" : _words.NoLimit;
        var cases = _content.LimitCases.Select(c => _words.Duration(c.Limit)).Distinct(StringComparer.Ordinal).ToList();
        limit = cases.Count > 0 ? $"{limit} ({_words.ByCase} {string.Join(", ", cases)})" : limit;
        var of = DiagramText.Clean($"{_content.Version} · {limit}");
        return _path is null ? of : DiagramText.Clean($"{_words.Dossier} {_path.Code} · {of}");
    }

    // A withdrawal, stop or refusal that leads from many states to one final state and is bound to no condition.
    private List<(DiagramExit Exit, List<TransitionDefinition> Transitions)> CommonExits()
    {
        var exits = new List<(DiagramExit, List<TransitionDefinition>)>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var groups = _transitions
            .Where(t => !_taken.ContainsKey(t) && _states[t.To].IsFinal && t.Guards.Count == 0 && _states[t.From].TimeoutTrigger != t.Trigger)
            .Where(t => _triggers[t.Trigger].Act is Act.Withdraw or Act.Stop or Act.Refuse)
            .GroupBy(t => (t.Trigger, t.To))
            .Where(g => g.Count() >= ManyStates);
        foreach (var group in groups)
        {
            var trigger = _triggers[group.Key.Trigger];
            var to = _states[group.Key.To];
            var letter = _words.Badge(trigger.Act);
            var badge = letter;
            for (var n = 2; !used.Add(badge); n++)
            {
                badge = FormattableString.Invariant($"{letter}{n}");
            }

            exits.Add((new DiagramExit(badge, _words.Trigger(trigger), Title(to), Phase(to)), [.. group]));
        }

        return exits;
    }

    private DiagramState State(StateDefinition state, Dictionary<string, int> ids, IEnumerable<string> badges, HashSet<string> visited) => new(ids[state.Name], DiagramText.Clean(state.Name), Title(state), Phase(state))
    {
        Parent = state.Parent is { } parent && ids.TryGetValue(parent, out var id) ? id : null,
        IsGroup = _content.States.Any(s => s.Parent == state.Name && ids.ContainsKey(s.Name)),
        Status = (int?)state.Status,
        IsInitial = state.Name == _content.Initial,
        IsFinal = state.IsFinal,
        Details = [.. Details(state)],
        Legs = [.. _content.Legs.Where(l => state.Legs.Contains(l.Name)).Select(Leg)],
        Badges = [.. badges],
        IsVisited = visited.Contains(state.Name),
        IsCurrent = _path?.Current == state.Name,
    };

    private IEnumerable<string> Details(StateDefinition state)
    {
        var parts = new List<string>();
        if (state.Role is { } role)
        {
            parts.Add(_words.Role(role));
        }

        if (state.Limit is { } limit)
        {
            parts.Add(_words.Duration(limit));
        }

        if (state.Budget is { } budget)
        {
            parts.Add(_content.Budgets.FirstOrDefault(b => b.Name == budget) is { } shared
                ? $"Σ {DiagramText.Clean(budget)} {_words.Duration(shared.Limit)}"
                : DiagramText.Clean(budget));
        }

        if (parts.Count > 0)
        {
            yield return string.Join(" · ", parts);
        }

        if (_path is not null && state.Name == _path.Start)
        {
            yield return _words.Time(_path.StartedAt);
        }

        // The trigger of a timeout that a superstate answers: no edge of this state says it.
        if (state is { Timeout: { } timeout, TimeoutTrigger: { } trigger } && !_transitions.Exists(t => t.From == state.Name && t.Trigger == trigger))
        {
            yield return $"⏱ {_words.Duration(timeout)}: {_words.Trigger(_triggers[trigger])}";
        }
    }

    private string Leg(LegDefinition leg)
    {
        var limit = leg.Limit is { } l ? $" · {_words.Duration(l)}" : string.Empty;
        var deemed = leg.DeemedAfter is { } d ? $" · ⏱ {_words.Duration(d)}" : string.Empty;
        var after = leg.After.Count > 0 ? $" ← {string.Join(", ", leg.After)}" : string.Empty;
        return DiagramText.Clean($"{(leg.IsLead ? "★ " : string.Empty)}{leg.Name} · {leg.Unit}{limit}{deemed}{after}");
    }

    private IEnumerable<string> Lines(TransitionDefinition transition)
    {
        var from = _states[transition.From];
        var timer = from.TimeoutTrigger == transition.Trigger && from.Timeout is { } timeout ? $"⏱ {_words.Duration(timeout)}: " : string.Empty;
        yield return timer + _words.Trigger(_triggers.TryGetValue(transition.Trigger, out var known) ? known : new TriggerDefinition(transition.Trigger, Act.Advance));
        if (transition.Guards.Count > 0)
        {
            yield return $"[{string.Join(" & ", transition.Guards.Select(g => DiagramText.Clean(g.Text)))}]";
        }

        if (_taken.TryGetValue(transition, out var steps))
        {
            foreach (var (number, step) in steps.Take(MostTimes))
            {
                yield return FormattableString.Invariant($"{number}. {_words.Time(step.At)}");
            }

            if (steps.Count > MostTimes)
            {
                yield return FormattableString.Invariant($"… +{steps.Count - MostTimes}");
            }
        }
    }

    private void TakePath()
    {
        for (var i = 0; i < (_path?.Steps.Count ?? 0); i++)
        {
            var step = _path!.Steps[i];
            if (!_states.ContainsKey(step.From) || !_states.ContainsKey(step.To))
            {
                continue;
            }

            var transition = SelfAndAbove(step.From)
                .SelectMany(from => _transitions.Where(t => t.From == from && t.Trigger == step.Trigger && SelfAndAbove(step.To).Contains(t.To)))
                .FirstOrDefault();
            if (transition is null)
            {
                transition = new TransitionDefinition(step.From, step.Trigger, step.To);
                _transitions.Add(transition);
            }

            if (!_taken.TryGetValue(transition, out var steps))
            {
                _taken[transition] = steps = [];
            }

            steps.Add((i + 1, step));
        }
    }

    private HashSet<string> Visited()
    {
        var names = _path is null
            ? _content.States.Select(s => s.Name)
            : _path.Steps.SelectMany(s => (string[])[s.From, s.To]).Append(_path.Start).Where(_states.ContainsKey).SelectMany(SelfAndAbove);
        return names.ToHashSet(StringComparer.Ordinal);
    }

    private IEnumerable<string> SelfAndAbove(string state)
    {
        for (string? at = state; at is not null; at = _states[at].Parent)
        {
            yield return at;
        }
    }

    private string Title(StateDefinition state) => state.Label is { } label && _words.Name(label) is { Length: > 0 } title ? title : DiagramText.Clean(state.Name);

    private static DiagramPhase Phase(StateDefinition state) => state.Status switch
    {
        PortalStatus.Registered or PortalStatus.Accepted => DiagramPhase.Intake,
        PortalStatus.SupplementRequested or PortalStatus.PaymentRequested => DiagramPhase.Waiting,
        PortalStatus.Stopped when !state.IsFinal => DiagramPhase.Waiting,
        PortalStatus.NotAccepted or PortalStatus.Withdrawn or PortalStatus.Stopped => DiagramPhase.Refused,
        PortalStatus.Processed or PortalStatus.ResultReturned => DiagramPhase.Done,
        null when state.IsFinal => DiagramPhase.Done,
        _ => DiagramPhase.InProcess,
    };
}
