using System.Diagnostics.CodeAnalysis;

namespace Httpx;

/// <summary>Where the blocking face takes the result of the one implementation that serves both faces.</summary>
/// <remarks>
/// The core is written as <see cref="ValueTask"/> code; over blocking objects it never suspends. That is a promise of the
/// design, so it is checked in every build: a suspended task here is a defect of the library (or an async-only part, a body
/// or a hook say, handed to the blocking client).
/// </remarks>
internal static class Blocking
{
    internal static T Result<T>(ValueTask<T> task)
    {
        if (!task.IsCompleted)
        {
            ThrowSuspended();
        }

        return task.GetAwaiter().GetResult();
    }

    internal static void Result(ValueTask task)
    {
        if (!task.IsCompleted)
        {
            ThrowSuspended();
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>The items of a sequence that never suspends. The sequence is disposed of when the enumeration ends or is given
    /// up.</summary>
    internal static IEnumerable<T> Each<T>(IAsyncEnumerable<T> items)
    {
        var enumerator = items.GetAsyncEnumerator();
        try
        {
            while (Result(enumerator.MoveNextAsync()))
            {
                yield return enumerator.Current;
            }
        }
        finally
        {
            Result(enumerator.DisposeAsync());
        }
    }

    [DoesNotReturn]
    private static void ThrowSuspended() => throw new InvalidOperationException(
        "A blocking call met something that can only be awaited. Use AsyncClient, or hand over something that blocks.");
}
