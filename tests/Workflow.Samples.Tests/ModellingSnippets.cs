using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Samples.Tests;

/// <summary>The code of docs/modelling.md, compiled. <see cref="ModellingPageTests"/> runs it.</summary>
internal static class ModellingSnippets
{
    public static Dossier Run(string yaml, string unit, DateTimeOffset time, WorkingCalendar calendar, UnitTree units)
    {
        var procedure = ProcedureYaml.Read(new StringReader(yaml), "permit.yaml");   // DefinitionException names every defect
        var submission = new SubmitDossier(procedure.Code, unit)
        {
            Applicant = new Applicant("Bùi Thị Mai"),
            Fields = [new FieldValue("owner", "Mai"), new FieldValue("kind", "house"), new FieldValue("area", "120")],
            Documents = [new SubmittedDocument("application")],
        };
        var code = DossierCode.Statutory(unit, new DateOnly(2020, 11, 6), 1);
        var submitted = DossierDecider.Submit(procedure, code, submission, new DecisionContext(time, Actor.Applicant("mai"), calendar, units));
        var dossier = Dossier.Create(procedure, submitted.Events, time);
        var clerk = new DecisionContext(time, Actor.Officer("lan", unit, "reception"), calendar, units);
        var accepted = DossierDecider.Decide(dossier, new FireTrigger("accept"), clerk);
        dossier = dossier.Apply(accepted.Events, time);   // state 'received', due in 15 working days: the case of a house
        return dossier;
    }
}
