namespace Workflow.Core.Dossiers;

// The commands that move nothing in the machine.
public static partial class DossierDecider
{
    private static Decision Assign(Dossier dossier, AssignDossier command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        TriggerRules.CheckOfficer(dossier, context, unmet);
        ContentRules.Check(command, unmet);
        if (command is { Unit: null, Role: null, Officer: null })
        {
            unmet.Add(new UnmetGuard("assignment", "an assignment names a unit, a role or an officer"));
        }

        if (command.Unit is not null)
        {
            UnitRules.Check(command.Unit, context, unmet);
        }

        if (command.Role is not null && !dossier.Procedure.Content.Roles.Contains(command.Role))
        {
            unmet.Add(new UnmetGuard("role-exists", $"the procedure {dossier.Procedure} has no role '{command.Role}'"));
        }

        return unmet.Count > 0 ? Decision.Refuse(unmet) : Decision.Accept([new DossierAssigned(command.Unit, command.Role, command.Officer)]);
    }

    private static Decision Attach(Dossier dossier, AttachDocuments command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        ContentRules.CheckDocuments(command.Documents, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        TriggerRules.CheckParty(dossier, context, unmet);
        SubmissionRules.CheckParts(dossier.Procedure, [], command.Documents, unmet);
        if (command.Documents.Count == 0)
        {
            unmet.Add(new UnmetGuard("documents", "there is no document to add"));
        }

        return unmet.Count > 0 ? Decision.Refuse(unmet) : Decision.Accept([new DocumentsAttached([.. command.Documents])]);
    }

    private static Decision Record(Dossier dossier, RecordPayment command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        TriggerRules.CheckParty(dossier, context, unmet);
        ContentRules.CheckPayment(command.Payment, unmet);
        return unmet.Count > 0 ? Decision.Refuse(unmet) : Decision.Accept([new PaymentReceived(command.Payment)]);
    }

    private static Decision Reappoint(Dossier dossier, ReappointDossier command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        ContentRules.Check(command, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        TriggerRules.CheckOfficer(dossier, context, unmet);
        LegalRules.CheckReappointment(dossier, command, context, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        var newDue = LegalTime.Of(command.NewDue);
        return Decision.Accept(
        [
            new DossierReappointed(dossier.Clock!.Due!.Value, newDue, Moments.NearDue(newDue, context), command.ApologyDocument)
            {
                Personal = new PersonalData { Note = command.Reason },
            },
        ]);
    }
}
