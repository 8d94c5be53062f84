using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>One dossier as a test tells its story. Every accepted command is also replayed from its stored bytes and compared.</summary>
internal sealed class Scene
{
    private readonly Procedure _procedure;
    private Dossier? _replayed;

    public Scene(Procedure? procedure = null) => _procedure = procedure ?? Office.Birth;

    public Dossier Dossier { get; private set; } = null!;

    public IReadOnlyList<DossierEvent> Last { get; private set; } = [];

    public static Scene Submitted(Procedure? procedure = null, string at = "11-06 09:00") => new Scene(procedure).Submit(at, Office.Submission);

    /// <summary>A submission of nothing but itself, on Friday 6 November at 9:00.</summary>
    public static Scene Posted(Procedure procedure) => new Scene(procedure).Submit("11-06 09:00", new SubmitDossier(procedure.Code, Office.Submission.ReceivingUnit));

    /// <summary>Accepted on Friday 6 November at 10:00; five working days end on Friday 13 November.</summary>
    public static Scene Accepted(Procedure? procedure = null) => Submitted(procedure).Fire("11-06 10:00", "accept", Office.Reception);

    public static Scene Appraisal(Procedure? procedure = null) => Accepted(procedure).Fire("11-06 11:00", "transfer", Office.Reception);

    public static Scene Signing(Procedure? procedure = null) => Appraisal(procedure).Fire("11-09 09:00", "propose", Office.Officer);

    public static Scene Draft(Procedure? procedure = null) =>
        Signing(procedure).Do("11-09 10:00", new FireTrigger("sign") { Result = "123/2020" }, Office.Leader);

    public static DecisionContext Context(string at, Actor actor) => new(Office.Time(at), actor, Office.Calendar, Office.Units);

    public Scene Submit(string at, SubmitDossier command) => SubmitAs(Office.Citizen, at, command);

    public Scene SubmitAs(Actor actor, string at, SubmitDossier command)
    {
        var decision = DossierDecider.Submit(_procedure, Office.Code, command, Context(at, actor));
        Assert.Empty(decision.Unmet);
        return Take(decision, at, events => Dossier.Create(_procedure, events, Office.Time(at)), events => Dossier.Create(_procedure, events, Office.Time(at)));
    }

    public Decision Decide(string at, DossierCommand command, Actor actor) => DossierDecider.Decide(Dossier, command, Context(at, actor));

    public Scene Fire(string at, string trigger, Actor actor) => Do(at, new FireTrigger(trigger), actor);

    public Scene Wake(string at) => Do(at, new WakeDossier(), Actor.System);

    public Scene Do(string at, DossierCommand command, Actor actor)
    {
        var decision = Decide(at, command, actor);
        Assert.Empty(decision.Unmet);
        return Take(decision, at, events => Dossier.Apply(events, Office.Time(at)), events => _replayed!.Apply(events, Office.Time(at)));
    }

    /// <summary>Asserts that a command is refused by exactly these guards, in this order, and returns them.</summary>
    public IReadOnlyList<UnmetGuard> Refuses(string at, DossierCommand command, Actor actor, params string[] guards)
    {
        var decision = Decide(at, command, actor);
        Assert.False(decision.IsAccepted);
        Assert.Equal(guards, decision.Unmet.Select(u => u.Name));
        return decision.Unmet;
    }

    public T Event<T>()
        where T : DossierEvent => Assert.Single(Last.OfType<T>());

    public void Has<T>(bool expected)
        where T : DossierEvent => Assert.Equal(expected ? 1 : 0, Last.OfType<T>().Count());

    private Scene Take(Decision decision, string at, Func<IReadOnlyList<DossierEvent>, Dossier> live, Func<IReadOnlyList<DossierEvent>, Dossier> stored)
    {
        _ = at;
        Dossier = live(decision.Events);
        Last = decision.Events;
        var recorded = new RecordedCommand(null, decision.Events);
        _replayed = stored(DossierJson.ReadRecorded(DossierJson.Write(recorded), DossierJson.WritePersonal(recorded)).Events);
        Assert.Equal(StoredForm.Of(Dossier), StoredForm.Of(_replayed));
        return this;
    }
}

/// <summary>A dossier as text, personal part included, for comparing.</summary>
internal static class StoredForm
{
    public static string Of(Dossier dossier)
    {
        var snapshot = dossier.ToSnapshot();
        return System.Text.Encoding.UTF8.GetString(DossierJson.Write(snapshot)) + "\n" + System.Text.Encoding.UTF8.GetString(DossierJson.WritePersonal(snapshot) ?? []);
    }
}
