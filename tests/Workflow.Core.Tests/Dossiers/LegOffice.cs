using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>A procedure whose dossiers wait for other agencies, and the story up to there.</summary>
internal static class LegOffice
{
    public static readonly JoinDefinition All = new(JoinRule.All, "all-agreed") { Otherwise = "not-agreed" };
    public static readonly JoinDefinition Any = new(JoinRule.Any, "all-agreed") { Otherwise = "not-agreed" };

    public static LegDefinition Residence { get; } = new("residence", "1.004222", "police of district");

    public static LegDefinition Card { get; } = new("card", "X.1", "insurance of district");

    public static Procedure Group(JoinDefinition join, params LegDefinition[] legs) => Build(join, legs).Build();

    public static ProcedureBuilder Build(JoinDefinition join, params LegDefinition[] legs)
    {
        var builder = new ProcedureBuilder("2.002621").Limit("20 working days")
            .Field("child-name", FieldType.Text, personal: true).Field("copies", FieldType.Number)
            .Document("to-khai", "Tờ khai", required: false).Document("chung-sinh", "Giấy chứng sinh", required: false);
        foreach (var leg in legs)
        {
            builder.Leg(leg);
        }

        builder.Configure("filed").Permit("accept", "filed").Permit("send", "waiting").Permit("withdraw", "withdrawn");
        builder.Configure("waiting").WaitsFor(join, [.. legs.Select(l => l.Name)])
            .Permit("all-agreed", "concluding").Permit("not-agreed", "stuck").Permit("withdraw", "withdrawn").Permit("remind", "waiting");
        builder.Configure("concluding").Permit("finish", "done").Permit("send", "waiting");
        builder.Configure("stuck").Permit("finish", "done").Permit("send", "waiting");
        builder.Configure("done").AsFinal();
        builder.Configure("withdrawn").AsFinal();
        return builder;
    }

    /// <summary>Sent on Friday 6 November at 10:00.</summary>
    public static Scene Sent(Procedure procedure) => Scene.Posted(procedure).Fire("11-06 10:00", "send", Office.Citizen);

    public static Scene Sent(JoinDefinition join, params LegDefinition[] legs) => Sent(Group(join, legs));

    public static Scene Ends(this Scene scene, string at, int number, LegOutcome outcome = LegOutcome.Well, string? result = null) =>
        scene.Do(at, new EndLeg(number, outcome, Office.Time(at)) { Result = result, State = "returned" }, Actor.System);

    public static string States(this Scene scene) => string.Join(' ', scene.Dossier.Legs.Select(l => $"{l.Number}:{l.Name}:{l.State}"));

    public static string[] Names(this Scene scene) => [.. scene.Last.Select(e => e.GetType().Name)];
}
