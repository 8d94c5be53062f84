using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Procedures;

/// <summary>Generated definitions that compile: any texts in any place, any shape that leads from its first state to its last.</summary>
internal static class ProcedureContents
{
    private static readonly string[] s_guards = ["fees-paid", "fees-due@1", "no-decision", "documents-complete"];

    // What could mean something to a YAML parser, and what it may not print.
    private static readonly string[] s_awkward =
    [
        "", " ", "null", "~", "true", "1.010040", "1e3", "- a", "a: b", "a #b", "#a", "'", "\"", "\\", "{", "}", "[x]", "a, b", "*a", "&a", "!t", "|", ">", "%YAML", "@a", "`a",
        "---", "...", "?", ": ", "\t", "a\nb", "\r\n", " a ", "\u00a0", "\u0085", "\u2028", "\u2029", "\ufeff", "\u200b", "Cấp giấy phép", "e\u0301", "😀", "\u001f", "\ufffe", "\ue000", "a:", "\"a\": {",
    ];

    public static Arbitrary<ProcedureContent> All() => Contents().ToArbitrary();

    private static Gen<ProcedureContent> Contents() =>
        from code in Name
        from version in Gen.Choose(1, 1000)
        from name in Label
        from sector in Maybe(Text)
        from levels in Gen.SubListOf(Enum.GetValues<UnitLevel>())
        from online in Gen.Choose(0, 4)
        from channels in Gen.SubListOf(Enum.GetValues<Channel>())
        from limit in MaybeLimit
        from clock in Gen.Elements(Enum.GetValues<ClockPolicy>())
        from supplements in Gen.Choose(0, 100)
        from notice in Limit
        from roles in Names
        from fields in Each(Names, n => Field(n))
        from documents in Each(Names, n => Document(n))
        from fees in Each(Names, n => Fee(n))
        from sources in Gen.ListOf(NonEmpty)
        from unverified in Gen.ListOf(NonEmpty)
        from machine in Machine(roles)
        select new ProcedureContent
        {
            Version = new ProcedureVersion($"1.{code}", version),
            Name = name,
            Sector = sector,
            Levels = [.. levels],
            OnlineLevel = online == 0 ? null : online,
            Channels = [.. channels],
            Limit = limit,
            Clock = clock,
            SupplementsAllowed = supplements,
            SupplementNotice = notice,
            Roles = roles,
            Fields = fields,
            Documents = documents,
            Fees = fees,
            Sources = [.. sources],
            Unverified = [.. unverified],
            Initial = machine.States[0].Name,
            States = machine.States,
            Triggers = machine.Triggers,
            Transitions = machine.Transitions,
        };

    private static Gen<string> Text =>
        Gen.OneOf(
            Gen.Elements(s_awkward),
            Gen.Elements(s_awkward).Two().Select(t => t.Item1 + t.Item2),
            Gen.Choose(0x20, 0x2ff).Select(c => (char)c).ArrayOf().Select(c => new string(c)));

    private static Gen<string> NonEmpty => Text.Select(t => t.Length == 0 ? "x" : t);

    private static Gen<string> Name => NonEmpty.Select(t => string.Concat(t.Where(c => !char.IsControl(c)).Take(60))).Where(t => t.Length > 0);

    private static Gen<IReadOnlyList<string>> Names => Name.ListOf().Select(n => (IReadOnlyList<string>)[.. n.Distinct(StringComparer.Ordinal).Take(5)]);

    private static Gen<LocalizedName> Label => from vi in Text from en in Maybe(Text) select new LocalizedName(vi, en);

    private static Gen<TimeLimit> Limit =>
        Gen.OneOf(
            Gen.Constant(TimeLimit.SameDay),
            from quarters in Gen.Choose(0, 400)
            from unit in Gen.Elements(TimeLimitUnit.WorkingDays, TimeLimitUnit.Days, TimeLimitUnit.WorkingHours, TimeLimitUnit.Hours)
            from cutOff in Gen.Choose(-100, 1439)
            select new TimeLimit(quarters / 4m, unit) { CutOff = cutOff < 0 ? null : new TimeOnly(cutOff / 60, cutOff % 60) },
            Gen.Choose(0, 100).Select(TimeLimit.Months));

    private static Gen<TimeLimit?> MaybeLimit => Gen.OneOf(Gen.Constant((TimeLimit?)null), Limit.Select(l => (TimeLimit?)l));

    private static Gen<bool> Flag => Gen.Elements(true, false);

    private static Gen<FieldDefinition> Field(string name) =>
        from type in Gen.Elements(Enum.GetValues<FieldType>())
        from label in Maybe(Label)
        from required in Flag
        from personal in Flag
        select new FieldDefinition(name, type) { Label = label, Required = required, Personal = personal };

    private static Gen<DocumentDefinition> Document(string code) =>
        from label in Label
        from required in Flag
        from originals in Gen.Choose(0, 1000)
        from copies in Gen.Choose(0, 1000)
        select new DocumentDefinition(code, label) { Required = required, Originals = originals, Copies = copies };

    private static Gen<FeeDefinition> Fee(string code) =>
        from label in Label
        from amount in Gen.Choose(0, int.MaxValue)
        from per in Maybe(NonEmpty)
        select new FeeDefinition(code, label, amount) { Per = per };

    private static Gen<(IReadOnlyList<StateDefinition> States, IReadOnlyList<TriggerDefinition> Triggers, IReadOnlyList<TransitionDefinition> Transitions)> Machine(IReadOnlyList<string> roles) =>
        from more in Names
        from states in Each(Gen.Constant(Unlike(more, "first", "last")), n => State(n, roles))
        from others in Names
        from declared in Each(Gen.Constant(Unlike(others, "on")), n => Trigger(n, roles))
        from extra in Transition([.. states.SkipLast(1).Select(s => s.Name)], [.. states.Select(s => s.Name)], [.. declared.Select(t => t.Name), "accept"], roles).ListOf()
        let way = states.SkipLast(1).Zip(states.Skip(1), (a, b) => new TransitionDefinition(a.Name, "on", b.Name))
        select (
            (IReadOnlyList<StateDefinition>)[.. states.SkipLast(1), states[^1] with { IsFinal = true, Timeout = null, TimeoutTrigger = null }],
            declared,
            (IReadOnlyList<TransitionDefinition>)[.. way, .. extra]);

    private static Gen<StateDefinition> State(string name, IReadOnlyList<string> roles) =>
        from label in Maybe(Label)
        from status in Gen.Elements<PortalStatus?>(null, PortalStatus.Processing)
        from role in Role(roles)
        from limit in MaybeLimit
        from timeout in MaybeLimit
        select new StateDefinition(name) { Label = label, Status = status, Role = role, Limit = limit, Timeout = timeout, TimeoutTrigger = timeout is null ? null : "on" };

    private static Gen<TriggerDefinition> Trigger(string name, IReadOnlyList<string> roles) =>
        from act in Gen.Elements(Enum.GetValues<Act>().Where(a => name != "on" || !NeedsAPerson(a)).ToArray())
        from label in Maybe(Label)
        from allowed in Gen.SubListOf<string>(roles)
        select new TriggerDefinition(name, act) { Label = label, Roles = [.. allowed] };

    // Timeouts fire "on", and silence brings no data.
    private static bool NeedsAPerson(Act act) => act is Act.Refuse or Act.RequestSupplement or Act.Pay or Act.RequestPayment;

    // Every extra transition has a guard, so that no two of them collide.
    private static Gen<TransitionDefinition> Transition(string[] sources, string[] destinations, string[] triggers, IReadOnlyList<string> roles) =>
        from source in Gen.Elements(sources)
        from destination in Gen.Elements(destinations)
        from trigger in Gen.Elements(triggers)
        from guards in Gen.NonEmptyListOf(Gen.Elements(s_guards))
        from allowed in Gen.SubListOf<string>(roles)
        from stays in Flag
        select new TransitionDefinition(source, trigger, destination) { Guards = [.. guards.Take(3)], Roles = [.. allowed], Stays = stays && source == destination };

    private static Gen<string?> Role(IReadOnlyList<string> roles) =>
        roles.Count == 0 ? Gen.Constant((string?)null) : Gen.Elements(roles.Cast<string?>().Append(null));

    private static IReadOnlyList<string> Unlike(IReadOnlyList<string> names, params string[] own) => [own[0], .. names.Except(own), .. own[1..]];

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.OneOf(Gen.Constant((T?)null), gen.Select(t => (T?)t));

    private static Gen<IReadOnlyList<T>> Each<T>(Gen<IReadOnlyList<string>> names, Func<string, Gen<T>> one) =>
        names.SelectMany(all => Gen.CollectToArray(all, one)).Select(made => (IReadOnlyList<T>)made);
}
