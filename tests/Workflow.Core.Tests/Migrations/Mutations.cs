using System.Collections;
using System.Reflection;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Migrations;

/// <summary>Every definition that differs from one in a single member, found by walking its records.</summary>
internal static class Mutations
{
    public static IEnumerable<(string Member, ProcedureContent Content)> Of(ProcedureContent content) =>
        OfRecord(content).Select(m => (m.Member, (ProcedureContent)m.Value));

    private static IEnumerable<(string Member, object Value)> OfRecord(object record)
    {
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // Places say where a part was written, not what it says.
            if (property.SetMethod is null || property.PropertyType == typeof(SourcePlace))
            {
                continue;
            }

            var value = property.GetValue(record);
            foreach (var (member, changed) in OfValue(property.PropertyType, value))
            {
                var copy = record.GetType().IsValueType ? record : record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
                property.SetValue(copy, changed);
                yield return ($"{record.GetType().Name}.{property.Name}{member}", copy);
            }
        }
    }

    private static IEnumerable<(string Member, object? Value)> OfValue(Type type, object? value)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string))
        {
            return [("", value is null ? "x" : value + "x")];
        }

        if (bare.IsEnum)
        {
            return [("", Enum.GetValues(bare).Cast<object>().First(e => !e.Equals(value)))];
        }

        if (typeof(IEnumerable).IsAssignableFrom(bare))
        {
            return OfList(bare.GetGenericArguments()[0], [.. ((IEnumerable)value!).Cast<object>()]);
        }

        return bare switch
        {
            _ when bare == typeof(bool) => [("", !(bool)value!)],
            _ when bare == typeof(int) => [("", (int)(value ?? 0) + 1)],
            _ when bare == typeof(long) => [("", (long)value! + 1)],
            _ when bare == typeof(decimal) => [("", (decimal)(value ?? 0m) + 1)],
            _ when bare == typeof(TimeLimit) => [("", value is TimeLimit { Amount: var n } ? TimeLimit.Days((int)n + 1) : TimeLimit.Days(1)), ("(unit)", TimeLimit.Months(77)), ("(cut-off)", TimeLimit.SameDay)],
            _ when bare == typeof(ExpressionText) => [("", new ExpressionText(value + "x"))],
            _ when value is null => [("", Sample(bare))],
            _ => OfRecord(value).Select(m => ($"/{m.Member}", (object?)m.Value)),
        };
    }

    private static IEnumerable<(string Member, object? Value)> OfList(Type element, List<object> items)
    {
        Assert.True(items.Count > 0, $"the sample has no {element.Name}, so none of its members would be changed");
        yield return ("(less)", Typed(element, items.SkipLast(1)));
        if (items.Count > 1)
        {
            yield return ("(reversed)", Typed(element, items.AsEnumerable().Reverse()));
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var (member, changed) in OfValue(element, items[i]))
            {
                yield return ($"[{i}]{member}", Typed(element, items.Select((item, at) => at == i ? changed! : item)));
            }
        }
    }

    private static Array Typed(Type element, IEnumerable<object> items)
    {
        var all = items.ToArray();
        var typed = Array.CreateInstance(element, all.Length);
        Array.Copy(all, typed, all.Length);
        return typed;
    }

    private static object Sample(Type type) => type == typeof(LocalizedName) ? new LocalizedName("x")
        : type == typeof(JoinDefinition) ? new JoinDefinition(JoinRule.All, "x")
        : throw new InvalidOperationException($"Say what a {type.Name} may be.");
}
