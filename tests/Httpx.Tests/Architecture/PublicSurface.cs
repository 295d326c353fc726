using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Httpx.Tests.Architecture;

/// <summary>Writes everything that users of an assembly can see, one member a line, in an order that never changes by itself.</summary>
internal sealed class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ushort)] = "ushort",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private readonly NullabilityInfoContext _nullability = new();

    public static string Write(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            new PublicSurface().WriteType(text, type);
        }

        return text.ToString();
    }

    private void WriteType(StringBuilder text, Type type)
    {
        text.Append(Kind(type)).Append(' ').Append(Name(type));
        var bases = type.GetInterfaces().Where(face => face.IsVisible).Select(face => Name(face)).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType)
        {
            bases = bases.Prepend(Name(parent)).OrderBy(_ => 0);
        }

        text.AppendJoin(", ", bases.Take(1).Select(first => " : " + first).Concat(bases.Skip(1))).Append('\n');
        var lines = type.GetMembers(Declared)
            .Where(member => member is Type || member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(Line)
            .OfType<string>()
            .Order(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            text.Append("    ").Append(line).Append('\n');
        }

        text.Append('\n');
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum || type.IsInterface || type.IsValueType || typeof(Delegate).IsAssignableFrom(type))
        {
            return type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "delegate";
        }

        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
    }

    private string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic =>
            $"{Protected(constructor)}new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true } method when IsVisible(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) =>
            $"{method.Name["op_".Length..].ToLowerInvariant()} operator {Return(method)} ({Parameters(method)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) =>
            $"{Modifiers(method)}{Return(method)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && IsVisible(accessor) =>
            $"{Modifiers(accessor)}{Name(property.PropertyType, _nullability.Create(property))} {Indexed(property)} {{ {Accessors(property)} }}",
        FieldInfo field when (field.IsPublic || field.IsFamily) && !field.IsSpecialName =>
            $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType, _nullability.Create(field))} {field.Name}{Constant(field)}",
        EventInfo { AddMethod: { } add } happening when IsVisible(add) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Protected(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        var virtuality = method.IsAbstract ? "abstract "
            : method.IsVirtual && method.GetBaseDefinition() != method ? "override "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : "";
        return Protected(method) + (method.IsStatic ? "static " : virtuality);
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Constant(FieldInfo field) =>
        field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : "";

    private string Return(MethodInfo method) => Name(method.ReturnType, _nullability.Create(method.ReturnParameter));

    private string Indexed(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } parameters
        ? $"this[{string.Join(", ", parameters.Select(Parameter))}]"
        : property.Name;

    private static string Accessors(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (property.GetMethod is { } get && IsVisible(get))
        {
            accessors.Add("get;");
        }

        if (property.SetMethod is { } set && IsVisible(set))
        {
            var isInit = set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
            accessors.Add(Protected(set) + (isInit ? "init;" : "set;"));
        }

        return string.Join(" ", accessors);
    }

    private string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "";
        var suffix = !parameter.HasDefaultValue ? "" : " = " + parameter.DefaultValue switch
        {
            null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
            bool flag => flag ? "true" : "false",
            string word => $"\"{word}\"",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        return $"{prefix}{Name(parameter.ParameterType, _nullability.Create(parameter))} {parameter.Name}{suffix}";
    }

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        var mark = !type.IsValueType && nullability is { } known
            && (known.ReadState == NullabilityState.Nullable || known.WriteState == NullabilityState.Nullable)
                ? "?"
                : "";
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!, nullability?.ElementType) + "[]" + mark;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        if (!type.IsGenericType)
        {
            return type.Name + mark;
        }

        var arguments = type.GetGenericArguments().Select((argument, i) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return typeof(ITuple).IsAssignableFrom(type)
            ? $"({string.Join(", ", arguments)})"
            : $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>{mark}";
    }
}
