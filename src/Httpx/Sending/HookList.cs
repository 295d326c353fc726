using System.Collections;

namespace Httpx;

/// <summary>A list of hooks, called in the order in which they were added. Safe to change while requests are under way.</summary>
/// <remarks>
/// A plain action works with both clients. One that returns a task is awaited by <see cref="AsyncClient"/>; the blocking client takes
/// it only if its task is complete when it returns, and otherwise throws <see cref="InvalidOperationException"/>, because blocking a thread
/// on a task is what deadlocks programs. What a hook throws ends the exchange and comes out as it is.
/// </remarks>
/// <typeparam name="T"><see cref="Request"/> or <see cref="Response"/>.</typeparam>
public sealed class HookList<T> : IEnumerable<Delegate>
{
    private readonly Lock _gate = new();
    private Delegate[] _hooks = []; // replaced, never changed, so that whoever runs them needs no lock

    /// <summary>How many hooks there are.</summary>
    public int Count => Volatile.Read(ref _hooks).Length;

    /// <summary>Whether there is nothing to run.</summary>
    internal bool IsEmpty => Volatile.Read(ref _hooks).Length == 0;

    /// <summary>Adds a hook for either client.</summary>
    /// <param name="hook">Called for every request sent, or response received.</param>
    public void Add(Action<T> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        Append([hook]);
    }

    /// <summary>Adds a hook that <see cref="AsyncClient"/> awaits.</summary>
    /// <param name="hook">Called for every request sent, or response received.</param>
    public void Add(Func<T, Task> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        Append([hook]);
    }

    /// <summary>Removes all hooks.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Volatile.Write(ref _hooks, []);
        }
    }

    /// <summary>The hooks that there are now, in their order.</summary>
    public IEnumerator<Delegate> GetEnumerator() => ((IEnumerable<Delegate>)Volatile.Read(ref _hooks)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Runs the hooks one after the other. On the blocking face the result is always complete.</summary>
    internal ValueTask RunAsync(T value, bool blocking)
    {
        var hooks = Volatile.Read(ref _hooks);
        return hooks.Length == 0 ? default : RunAllAsync(hooks, value, blocking);
    }

    internal void AddAll(HookList<T> others) => Append(Volatile.Read(ref others._hooks));

    private static async ValueTask RunAllAsync(Delegate[] hooks, T value, bool blocking)
    {
        foreach (var hook in hooks)
        {
            if (hook is Action<T> action)
            {
                action(value);
                continue;
            }

            var task = ((Func<T, Task>)hook)(value);
            if (blocking && !task.IsCompleted)
            {
                throw new InvalidOperationException(
                    $"A hook for {typeof(T).Name} is async and has to wait, which the blocking client cannot do: "
                    + "add an Action, or use AsyncClient.");
            }

            await task.ConfigureAwait(false);
        }
    }

    private void Append(Delegate[] added)
    {
        lock (_gate)
        {
            Volatile.Write(ref _hooks, [.. _hooks, .. added]);
        }
    }
}
