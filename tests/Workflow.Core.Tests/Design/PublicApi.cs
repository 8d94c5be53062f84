using System.Reflection;
using System.Text;

namespace Workflow.Core.Tests.Design;

/// <summary>The public surface of an assembly as text: one line per type and member, in ordinal order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext s_nullability = new();

    // What the compiler writes for every record.
    private static readonly HashSet<string> s_ofRecords = new(StringComparer.Ordinal)
    {
        "<Clone>$", "Equals", "GetHashCode", "ToString", "PrintMembers", "op_Equality", "op_Inequality", "Deconstruct", "EqualityContract",
    };

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => Name(t, full: true), StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : (type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsSealed ? "sealed class" : type.IsAbstract ? "abstract class" : "class");
        var record = type.GetMethod("PrintMembers", Declared) is null ? string.Empty : "record ";
        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && !type.IsEnum && kind != "delegate")
        {
            bases.Add(Name(parent));
        }

        bases.AddRange(type.GetInterfaces().Where(i => i.Namespace?.StartsWith("Workflow", StringComparison.Ordinal) == true).Select(i => Name(i)).Order(StringComparer.Ordinal));
        return $"{record}{kind} {Name(type, full: true)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : string.Empty)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => $"{f.Name} = {Convert.ToInt64(f.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}");
        }

        return type.GetConstructors(Declared).Where(IsVisible).Where(c => !IsCopy(type, c)).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f =>
                $"{(f.IsLiteral ? "const " : f.IsStatic ? "static " : string.Empty)}{f.Name}: {Shown(s_nullability.Create(f))}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : string.Empty)}"))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible) && !s_ofRecords.Contains(p.Name)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(e => $"event {e.Name}: {Name(e.EventHandlerType!)}"))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !IsWritten(type, m)).Select(Method));
    }

    private static string Property(PropertyInfo property)
    {
        var get = property.GetMethod is { } g && IsVisible(g) ? " get;" : string.Empty;
        var set = property.SetMethod is { } s && IsVisible(s)
            ? s.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") ? " init;" : " set;"
            : string.Empty;
        var required = property.CustomAttributes.Any(a => a.AttributeType.Name == "RequiredMemberAttribute") ? "required " : string.Empty;
        var isStatic = property.GetAccessors(true)[0].IsStatic ? "static " : string.Empty;
        var index = property.GetIndexParameters() is { Length: > 0 } p ? $"[{string.Join(", ", p.Select(Parameter))}]" : string.Empty;
        return $"{required}{isStatic}{property.Name}{index}: {Shown(s_nullability.Create(property))} {{{get}{set} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : string.Empty;
        return $"{(method.IsStatic ? "static " : string.Empty)}{method.Name}{generic}({Parameters(method)}): {Shown(s_nullability.Create(method.ReturnParameter))}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p)
    {
        var by = p.IsOut ? "out " : p.ParameterType.IsByRef ? (p.IsIn ? "in " : "ref ") : string.Empty;
        var value = p.HasDefaultValue ? $" = {(p.DefaultValue is string s ? $"\"{s}\"" : p.DefaultValue ?? "default")}" : string.Empty;
        return $"{by}{p.Name}: {Shown(s_nullability.Create(p))}{value}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopy(Type type, ConstructorInfo constructor) => constructor.GetParameters() is [var only] && only.ParameterType == type;

    // Accessors, and what every record or override of object has.
    private static bool IsWritten(Type type, MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        || method.Name is "ToString" or "GetHashCode" or "Equals" or "<Clone>$"
        || (type.GetMethod("PrintMembers", Declared) is not null && s_ofRecords.Contains(method.Name));

    private static string Shown(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        var name = type.IsGenericType && info.GenericTypeArguments.Length == type.GetGenericArguments().Length
            ? $"{Plain(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Shown))}>"
            : type.IsArray && info.ElementType is not null ? Shown(info.ElementType) + "[]" : Name(type);
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    private static string Name(Type type, bool full = false)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        var outer = type is { IsNested: true, IsGenericParameter: false } ? Name(type.DeclaringType!, full) + "." : full ? type.Namespace + "." : string.Empty;
        var generic = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(a => Name(a)))}>" : string.Empty;
        return outer + Plain(type) + generic;
    }

    private static string Plain(Type type) => type.Name.Split('`')[0] switch
    {
        "String" => "string",
        "Int32" => "int",
        "Int64" => "long",
        "Boolean" => "bool",
        "Byte" => "byte",
        "Void" => "void",
        "Decimal" => "decimal",
        "Double" => "double",
        "Object" => "object",
        var name => name,
    };
}
