using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Machines;

namespace Workflow.Core.Procedures;

/// <summary>Whether the expressions of a definition are ones, ask for what the procedure has, and can be used where they stand.</summary>
internal static class ProcedureExpressionCheck
{
    public static void Check(ProcedureContent content, GuardRegistry registry, DefectList defects)
    {
        CheckFields(content, defects);
        var schema = ProcedureFacts.Of(content);
        CheckNamed(content, registry, schema, defects);
        foreach (var condition in Conditions(content))
        {
            ExpressionReader.Condition(condition, schema, defects);
        }

        foreach (var times in content.Fees.Select(f => f.Times).OfType<ExpressionText>())
        {
            ExpressionReader.Number(times, schema, defects);
        }

        CheckTransitions(content, registry, schema, defects);
    }

    private static IEnumerable<ExpressionText> Conditions(ProcedureContent content) => content.LimitCases.Select(c => c.When)
        .Concat(content.Documents.Select(d => d.When).OfType<ExpressionText>())
        .Concat(content.Fees.Select(f => f.When).OfType<ExpressionText>())
        .Concat(content.Legs.Select(l => l.When).OfType<ExpressionText>())
        .Concat(content.States.Select(s => s.Join?.When).OfType<ExpressionText>());

    private static void CheckNamed(ProcedureContent content, GuardRegistry registry, FactSchema schema, DefectList defects)
    {
        var used = content.Transitions.SelectMany(t => t.Guards).Select(g => g.Text).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var guard in content.Guards)
        {
            if (!ProcedureGuards.IsName(guard.Name))
            {
                defects.Error(DefectCodes.UnusableCase, guard.Place, $"'{guard.Name}' is not a guard's name", "use letters, digits and hyphens");
            }
            else if (!names.Add(guard.Name))
            {
                defects.Error(DefectCodes.UnusableCase, guard.Place, $"two guards are called '{guard.Name}'", "give one of them another name");
            }
            else if (registry.Find(guard.Name) is not null)
            {
                defects.Error(DefectCodes.UnusableCase, guard.Place, $"the guard '{guard.Name}' hides the registered guard of this name", "give it another name");
            }
            else if (!used.Contains(guard.Name))
            {
                defects.Warn(DefectCodes.UnusableCase, guard.Place, $"the guard '{guard.Name}' is defined, but no transition asks for it", "use it in an 'if', or remove it");
            }

            ExpressionReader.Condition(guard.Holds with { Place = PlaceOf(guard.Holds, guard.Place) }, schema, defects);
        }
    }

    private static void CheckTransitions(ProcedureContent content, GuardRegistry registry, FactSchema schema, DefectList defects)
    {
        var own = content.Guards.Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var transition in content.Transitions)
        {
            foreach (var guard in transition.Guards)
            {
                var place = PlaceOf(guard, transition.Place);
                if (!ProcedureGuards.IsReference(guard.Text))
                {
                    CheckLength(ExpressionReader.Condition(guard with { Place = place }, schema, defects), place, defects);
                }
                else if (!own.Contains(guard.Text) && registry.Find(guard.Text) is null)
                {
                    defects.Error(DefectCodes.UnknownGuard, place, $"no guard '{guard}' is registered", FactLookup.Mend(guard.Text, [.. own, .. registry.Names]));
                }
            }
        }
    }

    // What a refusal shows is the guard's name, and of an expression without one the expression.
    private static void CheckLength(Condition? condition, SourcePlace place, DefectList defects)
    {
        if (condition?.ToString() is { Length: > NameList.MaxLength } shown)
        {
            defects.Error(DefectCodes.UnusableCase, place, $"the guard has {shown.Length} characters, more than {NameList.MaxLength}, and would stand whole in each refusal", "give it a name under 'guards'");
        }
    }

    private static void CheckFields(ProcedureContent content, DefectList defects)
    {
        foreach (var field in content.Fields)
        {
            Demand(field.Values.Count == 0 || field.Type == FieldType.Text, $"the field '{field.Name}' has 'values' and is no text", "remove them, or make it 'type: text'");
            Demand(field is { Least: null, Most: null } || field.Type == FieldType.Number, $"the field '{field.Name}' has 'least' or 'most' and is no number", "remove them, or make it 'type: number'");
            Demand(!(field.Least > field.Most), $"the field '{field.Name}' is at least {field.Least} and at most {field.Most}", "exchange them");
            Demand(field.Values.Distinct(StringComparer.Ordinal).Count() == field.Values.Count, $"the field '{field.Name}' has a value twice", "keep one of them");
            Demand(!field.Values.Any(string.IsNullOrWhiteSpace), $"the field '{field.Name}' has a blank value", "remove it: a field that is not given has none");
        }

        void Demand(bool holds, string message, string mend)
        {
            if (!holds)
            {
                defects.Error(DefectCodes.WrongValue, content.Place, message, mend);
            }
        }
    }

    private static SourcePlace PlaceOf(ExpressionText text, SourcePlace around) => text.Place.Line > 0 ? text.Place : around;
}
