using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;

namespace Workflow.Core.Tests.Migrations;

/// <summary>A dossier that is moved from version 1 of the office's procedure to a version 2. What is accepted is also replayed from its stored bytes.</summary>
internal sealed class Move
{
    public const string Ground = "Law on Civil Status Art 76";

    private Dossier _replayed;

    public Move(Dossier dossier, Procedure to)
    {
        (Dossier, _replayed, To, From) = (dossier, dossier, to, dossier.Procedure);
    }

    public Dossier Dossier { get; private set; }

    public Procedure From { get; }

    public Procedure To { get; }

    public IReadOnlyList<DossierEvent> Last { get; private set; } = [];

    /// <summary>Version 2: as version 1 but for what is changed.</summary>
    public static Procedure Second(Func<ProcedureContent, ProcedureContent>? change = null) =>
        Procedure.Compile((change ?? (c => c))(Office.Birth.Content with { Version = new ProcedureVersion(Office.Birth.Code, 2) }));

    public static ProcedureContent WithState(ProcedureContent content, string name, Func<StateDefinition, StateDefinition> change) =>
        content with { States = [.. content.States.Select(s => s.Name == name ? change(s) : s)] };

    public Procedure? Find(ProcedureVersion version) => version == To.Version ? To : version == From.Version ? From : null;

    public DecisionContext Context(string at, Actor? actor = null) =>
        new(Office.Time(at), actor ?? Actor.System, Office.Calendar, Office.Units) { Procedures = Find };

    public MigrateDossier Command(string? to = null) => new(2, Dossier.StateName, to ?? Dossier.StateName, Ground, "b-1");

    public Move Migrate(string at, string? to = null, bool recounts = false, bool mayTurn = false) =>
        Do(at, Command(to) with { RecountsClock = recounts, MayTurnClock = mayTurn });

    public Move Do(string at, DossierCommand command, Actor? actor = null)
    {
        var decision = DossierDecider.Decide(Dossier, command, Context(at, actor));
        Assert.Empty(decision.Unmet);
        Dossier = Dossier.Apply(decision.Events, Office.Time(at), Find);
        Last = decision.Events;
        var recorded = new RecordedCommand(null, decision.Events);
        _replayed = _replayed.Apply(DossierJson.ReadRecorded(DossierJson.Write(recorded), DossierJson.WritePersonal(recorded)).Events, Office.Time(at), Find);
        Assert.Equal(StoredForm.Of(Dossier), StoredForm.Of(_replayed));
        return this;
    }

    public string Refuses(string at, DossierCommand command, params string[] guards) => RefusesTo(Actor.System, at, command, guards);

    public string RefusesTo(Actor actor, string at, DossierCommand command, params string[] guards)
    {
        var decision = DossierDecider.Decide(Dossier, command, Context(at, actor));
        Assert.Equal(guards, decision.Unmet.Select(u => u.Name));
        return string.Join('\n', decision.Unmet.Select(u => u.Message));
    }
}
