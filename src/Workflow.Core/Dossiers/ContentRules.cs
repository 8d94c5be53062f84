namespace Workflow.Core.Dossiers;

/// <summary>Whether what a command brings is well-formed in itself, before any guard looks at it and before anything is stored.</summary>
/// <remarks>Commands come from outside, where a declared text or list may be null in spite of its type.</remarks>
internal static class ContentRules
{
    /// <summary>The largest amount of money, in dong: far above any fee, and far from where sums overflow.</summary>
    public const long LargestAmount = 100_000_000_000_000;

    private const int MostParts = 500;
    private const int MostPieces = 10_000;
    private const int HashLength = 64;

    public static void Check(SubmitDossier command, List<UnmetGuard> unmet)
    {
        TextRules.DemandName(command.Procedure, "procedure", unmet);
        TextRules.DemandName(command.ReceivingUnit, "receivingUnit", unmet);
        TextRules.CheckName(command.CompetentUnit, "competentUnit", unmet);
        TextRules.CheckName(command.Trigger, "trigger", unmet);
        if (command.Applicant is { } applicant)
        {
            TextRules.CheckText(applicant.Name, "applicant.name", unmet);
            TextRules.CheckText(applicant.IdNumber, "applicant.idNumber", unmet);
            TextRules.CheckText(applicant.Address, "applicant.address", unmet);
            TextRules.CheckText(applicant.Phone, "applicant.phone", unmet);
            TextRules.CheckText(applicant.Email, "applicant.email", unmet);
        }

        if (command.LegOf is { } origin)
        {
            TextRules.DemandName(origin.Parent, "legOf.parent", unmet);
            TextRules.DemandName(origin.Owner, "legOf.owner", unmet);
        }

        CheckFields(command.Fields, unmet);
        CheckDocuments(command.Documents, unmet);
    }

    public static void Check(FireTrigger command, List<UnmetGuard> unmet)
    {
        TextRules.DemandName(command.Trigger, "trigger", unmet);
        TextRules.CheckText(command.Reason, "reason", unmet);
        TextRules.CheckText(command.Ground, "ground", unmet);
        TextRules.CheckText(command.Result, "result", unmet);
        CheckItems(command.Items, unmet);
        CheckFields(command.Fields, unmet);
        CheckDocuments(command.Documents, unmet);
        if (command.Payment is { } payment)
        {
            CheckPayment(payment, unmet);
        }

        if (command.Amount is <= 0 or > LargestAmount)
        {
            unmet.Add(new UnmetGuard("amount", $"the amount to be paid is above 0 and at most {LargestAmount} dong"));
        }
    }

    public static void Check(AssignDossier command, List<UnmetGuard> unmet)
    {
        TextRules.CheckName(command.Unit, "unit", unmet);
        TextRules.CheckName(command.Role, "role", unmet);
        TextRules.CheckName(command.Officer, "officer", unmet);
    }

    public static void Check(ReappointDossier command, List<UnmetGuard> unmet)
    {
        TextRules.CheckText(command.Reason, "reason", unmet);
        TextRules.CheckText(command.ApologyDocument, "apologyDocument", unmet);
        if (command.NewDue.Year >= DateTime.MaxValue.Year)
        {
            unmet.Add(new UnmetGuard("later-date", "the new date is in no year that a calendar could cover"));
        }
    }

    public static void Check(HandOverDossier command, List<UnmetGuard> unmet)
    {
        TextRules.DemandName(command.Plan, "plan", unmet);
        TextRules.CheckText(command.Ground, "ground", unmet);
        TextRules.CheckName(command.ReceivingUnit, "receivingUnit", unmet);
        TextRules.CheckName(command.CompetentUnit, "competentUnit", unmet);
        TextRules.CheckName(command.Unit, "unit", unmet);
        if (string.IsNullOrWhiteSpace(command.Ground))
        {
            unmet.Add(new UnmetGuard("ground", "a hand-over names its legal ground"));
        }
    }

    public static void CheckPayment(Payment? payment, List<UnmetGuard> unmet)
    {
        if (payment is null)
        {
            unmet.Add(new UnmetGuard("payment", "a payment needs its amount and method"));
            return;
        }

        if (payment.Amount is <= 0 or > LargestAmount)
        {
            unmet.Add(new UnmetGuard("payment-amount", $"a payment is above 0 and at most {LargestAmount} dong"));
        }

        if (string.IsNullOrWhiteSpace(payment.Method))
        {
            unmet.Add(new UnmetGuard("payment-method", "a payment names its method"));
        }
        else
        {
            TextRules.CheckName(payment.Method, "payment.method", unmet);
        }

        TextRules.CheckText(payment.Reference, "payment.reference", unmet);
    }

    public static void CheckDocuments(IReadOnlyList<SubmittedDocument>? documents, List<UnmetGuard> unmet)
    {
        if (!IsList(documents, "documents", unmet))
        {
            return;
        }

        for (var i = 0; i < documents!.Count; i++)
        {
            var document = documents[i];
            if (document is null)
            {
                unmet.Add(new UnmetGuard("document", $"document {i + 1} is missing"));
                continue;
            }

            TextRules.DemandName(document.Code, "document.code", unmet);
            if (document.Originals is < 0 or > MostPieces || document.Copies is < 0 or > MostPieces)
            {
                unmet.Add(new UnmetGuard("document", $"the originals and copies of document '{document.Code}' number 0 to {MostPieces}"));
            }

            if (document.ContentHash is { } hash && (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigitLower)))
            {
                unmet.Add(new UnmetGuard("document", $"the content hash of document '{document.Code}' is not a SHA-256 in lower-case hexadecimal"));
            }

            for (var before = 0; before < i; before++)
            {
                if (documents[before] is { } other && other.Code == document.Code)
                {
                    unmet.Add(new UnmetGuard("document", $"the document '{document.Code}' is there twice"));
                    break;
                }
            }
        }
    }

    private static void CheckFields(IReadOnlyList<FieldValue>? fields, List<UnmetGuard> unmet)
    {
        if (!IsList(fields, "fields", unmet))
        {
            return;
        }

        for (var i = 0; i < fields!.Count; i++)
        {
            var field = fields[i];
            if (field?.Value is null)
            {
                unmet.Add(new UnmetGuard("field", $"field {i + 1} has no value"));
                continue;
            }

            TextRules.DemandName(field.Name, "field.name", unmet);
            TextRules.CheckText(field.Value, $"fields.{field.Name}", unmet);
            for (var before = 0; before < i; before++)
            {
                if (fields[before] is { } other && other.Name == field.Name)
                {
                    unmet.Add(new UnmetGuard("field", $"the field '{field.Name}' is there twice"));
                    break;
                }
            }
        }
    }

    private static void CheckItems(IReadOnlyList<string>? items, List<UnmetGuard> unmet)
    {
        if (!IsList(items, "items", unmet))
        {
            return;
        }

        for (var i = 0; i < items!.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(items[i]))
            {
                unmet.Add(new UnmetGuard("text", "'items' has an empty item"));
            }
            else
            {
                TextRules.CheckText(items[i], "items", unmet);
            }
        }
    }

    private static bool IsList<T>(IReadOnlyList<T>? list, string field, List<UnmetGuard> unmet)
    {
        if (list is null)
        {
            unmet.Add(new UnmetGuard("list", $"'{field}' is null; give a list or leave it out"));
            return false;
        }

        if (list.Count > MostParts)
        {
            unmet.Add(new UnmetGuard("list", $"'{field}' has {list.Count} entries; at most {MostParts} are taken"));
            return false;
        }

        return true;
    }
}
