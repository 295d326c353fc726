using System.Reflection;
using System.Runtime.CompilerServices;

namespace Httpx.Tests.Architecture;

/// <summary>Values that are shared between requests and threads cannot be changed from outside.</summary>
public sealed class MutabilityTests
{
    public static TheoryData<Type> ImmutableTypes =>
    [
        typeof(Url), typeof(QueryParams), typeof(QueryParam), typeof(Timeouts), typeof(Limits), typeof(Proxy), typeof(Verify),
        typeof(ClientCert), typeof(FileField), typeof(BasicAuth), typeof(BearerAuth), typeof(NetRcAuth), typeof(MockTransport),
        typeof(HandlerTransport),
    ];

    [Theory]
    [MemberData(nameof(ImmutableTypes))]
    public void Immutable_types_are_sealed_and_have_nothing_to_set(Type type)
    {
        const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

        type.IsSealed.ShouldBeTrue();
        type.GetFields(Visible).Where(field => !field.IsInitOnly && !field.IsLiteral).ShouldBeEmpty();
        type.GetProperties(Visible)
            .Where(property => property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_library_has_no_static_state_that_changes()
    {
        var fields =
            from type in typeof(Client).Assembly.GetTypes()
            where type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && type.DeclaringType?.Name.StartsWith('<') != true
            from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where !field.IsInitOnly && !field.IsLiteral && field.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                && field.GetCustomAttribute<ThreadStaticAttribute>() is null
            select $"{type.Name}.{field.Name}";

        fields.ShouldBeEmpty();
    }
}
