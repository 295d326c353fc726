using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Httpx.Tests.Fixtures;

/// <summary>The two ways to call: a test that takes a face runs once blocking and once async.</summary>
public enum Face
{
    Blocking,
    Async,
}

/// <summary>Gives a theory both faces, each combined with the inline values if there are any.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BothFacesAttribute(params object?[] values) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        IReadOnlyCollection<ITheoryDataRow> rows =
        [
            new TheoryDataRow([Face.Blocking, .. values]),
            new TheoryDataRow([Face.Async, .. values]),
        ];
        return new(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
