namespace Workflow.Core.Guards;

/// <summary>What an atom of an expression is about, for analysis: facts that are one thing seen in two ways have one subject.</summary>
/// <param name="Key">How a witness names it.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Optional">Whether it may be missing.</param>
/// <param name="Domain">Every value that it may have.</param>
internal sealed record FactSubject(string Key, FactType Type, bool Optional, FactRange Domain)
{
    // A day that every calendar covers, so that a witness looks like a dossier of these years.
    private static readonly DateOnly s_day = new(2025, 1, 2);

    /// <summary>The values of a flag, as a witness names them.</summary>
    public static readonly IReadOnlyList<string> Flags = ["true", "false"];

    /// <summary>The states of a leg, as a witness names them, with what the three questions answer.</summary>
    public static readonly IReadOnlyList<(string Name, LegFact Fact)> LegStates =
        [("running", LegFact.Running), ("well", LegFact.EndedWell), ("badly", LegFact.EndedBadly)];

    public bool IsWhole { get; init; } = Type is FactType.Date or FactType.Moment;

    /// <summary>The number that a witness takes when it may.</summary>
    public decimal Preferred => Type switch
    {
        FactType.Date => s_day.DayNumber,
        FactType.Moment => StartOf(s_day),
        _ => 0,
    };

    public static FactSubject Of(Fact fact, FactSchema schema) => fact.Kind switch
    {
        FactKind.LegEnded or FactKind.LegWell or FactKind.LegBadly =>
            new($"legs{Fact.Member(fact.Name)}", FactType.Text, true, TextRange.Only(LegStates.Select(s => s.Name))),
        FactKind.Document => new(fact.ToString(), FactType.Flag, true, TextRange.Only(["true"])),
        FactKind.Today => new("time", FactType.Moment, false, Moments),
        FactKind.Status => Counted(fact, 1, 10),
        FactKind.FeesAssessed or FactKind.FeesPaid or FactKind.FeesOutstanding => Counted(fact, 0, long.MaxValue),
        FactKind.Supplements or FactKind.Reappointments => Counted(fact, 0, int.MaxValue),
        _ => new(fact.ToString(), fact.Type, fact.Optional, fact.Type switch
        {
            FactType.Flag => TextRange.Only(Flags),
            FactType.Text => schema.ValuesOf(fact) is { Count: > 0 } values ? TextRange.Only(values) : TextRange.All,
            FactType.Number => NumberRange.All with
            {
                Low = schema.Field(fact.Name)?.Least ?? decimal.MinValue,
                High = schema.Field(fact.Name)?.Most ?? decimal.MaxValue,
            },
            FactType.Date => NumberRange.All with { Low = 0, High = DateOnly.MaxValue.DayNumber },
            _ => Moments,
        }),
    };

    public static FactSubject OfRole(string role) => new($"{FactValue.Quoted(role)} in actor.roles", FactType.Flag, false, TextRange.Only(Flags));

    /// <summary>The first tick of a day in Vietnam.</summary>
    public static decimal StartOf(DateOnly day) => (decimal)day.DayNumber * TimeSpan.TicksPerDay - FactValue.Offset.Ticks;

    /// <summary>A number of its range as a field holds it.</summary>
    public string Written(decimal number) => (Type switch
    {
        FactType.Date => FactValue.Of(DateOnly.FromDayNumber((int)number)),
        FactType.Moment => FactValue.Of(new DateTimeOffset((long)number, TimeSpan.Zero)),
        _ => FactValue.Of(number),
    }).ToFieldText()!;

    // Both ends keep so far from the ends of the calendar that Vietnam's offset stays within it.
    private static NumberRange Moments => NumberRange.All with { Low = 0, High = DateTimeOffset.MaxValue.UtcTicks - FactValue.Offset.Ticks };

    private static FactSubject Counted(Fact fact, long least, long most) =>
        new(fact.ToString(), FactType.Number, fact.Optional, NumberRange.All with { Low = least, High = most }) { IsWhole = true };
}
