using System.Text;
using Httpx.Engine.Network;

namespace Httpx.Tests.Fixtures;

/// <summary>A wire whose peer follows a script, in either mode, without a socket and without time.</summary>
/// <remarks>
/// It keeps the contract of <see cref="Wire"/>: on the blocking face every task is complete when it is returned; on the async face a read
/// that finds something is complete at once, as with a socket, unless <see cref="Yields"/>. A time-out cuts an async wire.
/// </remarks>
internal sealed class ScriptedWire : Wire
{
    private readonly Face _face;
    private readonly LinkedList<WireStep> _steps;
    private readonly MemoryStream _written = new();
    private readonly object _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _awaitedFrom;
    private int _offset;
    private bool _isDeaf;
    private TimeSpan? _readTimeout;

    internal ScriptedWire(Face face, params WireStep[] steps)
    {
        _face = face;
        _steps = new(steps);
    }

    /// <summary>Whether every async operation suspends, even one that could be complete at once.</summary>
    internal bool Yields { get; init; }

    /// <summary>Counts the operations, and spoils one of them.</summary>
    internal FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>Whether the end that comes may be an attacker's.</summary>
    internal bool IsCutShort { get; init; }

    /// <summary>How many bytes a read gets at most.</summary>
    internal int ReadSize { get; init; } = int.MaxValue;

    internal bool IsDisposed { get; private set; }

    /// <summary>Whether the connection is lost: what had come before can still be read.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>The sizes of the memories that were read into.</summary>
    internal List<int> ReadRooms { get; } = [];

    /// <summary>The pieces in which bytes were written.</summary>
    internal List<string> Writes { get; } = [];

    /// <summary>All that was written.</summary>
    internal string Written
    {
        get
        {
            lock (_gate)
            {
                return Encoding.Latin1.GetString(_written.GetBuffer(), 0, (int)_written.Length);
            }
        }
    }

    internal override bool CanReadAhead => _face == Face.Async;

    internal override TimeSpan? ReadTimeout
    {
        get => _readTimeout;
        set
        {
            lock (_gate)
            {
                _readTimeout = value;
                Change();
            }
        }
    }

    internal override TimeSpan? WriteTimeout { get; set; }

    internal override Httpx.Engine.Deadline Deadline { get; set; } = Httpx.Engine.Deadline.Never;

    internal override bool IsTruncated => IsCutShort;

    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        destination.IsEmpty.ShouldBeFalse("A read into nothing cannot be told from the end.");
        using var registration = cancellationToken.UnsafeRegister(static wire => ((ScriptedWire)wire!).Dispose(), this);
        ReadRooms.Add(destination.Length);
        try
        {
            await YieldAsync();
            var after = Faults.Enter(FaultPhase.Read, this, cancellationToken);
            while (true)
            {
                Task changed;
                lock (_gate)
                {
                    if (TryRead(destination.Span, out var count))
                    {
                        after?.Invoke();
                        return count;
                    }

                    changed = _changed.Task;
                    if (_face == Face.Blocking)
                    {
                        Monitor.Wait(_gate, ScriptedNetwork.Patience).ShouldBeTrue("A blocking read would wait for ever.");
                        continue;
                    }
                }

                await changed.WaitAsync(ScriptedNetwork.Patience, CancellationToken.None);
            }
        }
        catch (ReadException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    internal override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static wire => ((ScriptedWire)wire!).Dispose(), this);
        try
        {
            await YieldAsync();
            var after = Faults.Enter(FaultPhase.Write, this, cancellationToken);
            lock (_gate)
            {
                Advance();
                if (IsDisposed || IsBroken || _isDeaf || (_steps.First?.Value is WireStep.Reset))
                {
                    throw new WriteException("The scripted peer takes nothing.");
                }

                _written.Write(bytes.Span);
                Writes.Add(Encoding.Latin1.GetString(bytes.Span));
                Advance();
                Change();
            }

            after?.Invoke();
        }
        catch (WriteException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    internal override bool IsReadable()
    {
        lock (_gate)
        {
            Advance();
            return IsDisposed || _steps.First?.Value is WireStep.Send or WireStep.Fin or WireStep.Reset;
        }
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            IsDisposed = true;
            Change();
        }
    }

    /// <summary>Goes on with the script.</summary>
    internal void Then(params WireStep[] steps)
    {
        lock (_gate)
        {
            foreach (var step in steps)
            {
                _steps.AddLast(step);
            }

            Change();
        }
    }

    /// <summary>Loses the connection.</summary>
    internal void Break()
    {
        lock (_gate)
        {
            IsBroken = true;
            Change();
        }
    }

    private bool TryRead(Span<byte> destination, out int count)
    {
        Advance();
        count = 0;
        if (IsDisposed)
        {
            throw new ReadException("The scripted wire was cut.");
        }

        // A script that has ended leaves the connection open: it may go on.
        switch (_steps.First?.Value)
        {
            case WireStep.Send send:
                count = Math.Min(Math.Min(destination.Length, ReadSize), send.Bytes.Length - _offset);
                send.Bytes.AsSpan(_offset, count).CopyTo(destination);
                _offset += count;
                if (_offset == send.Bytes.Length)
                {
                    _steps.RemoveFirst();
                    _offset = 0;
                }

                return true;

            case WireStep.Fin:
                return true;

            case WireStep.Reset:
                throw new ReadException("The scripted peer has reset the connection.");

            case var _ when IsBroken:
                throw new ReadException("The scripted connection is lost.");

            case WireStep.Silence when _readTimeout is not null:
                if (_face == Face.Async)
                {
                    IsDisposed = true;
                }

                throw new ReadTimeoutException("The scripted peer is silent.");

            default:
                return false;
        }
    }

    // Passes the steps that are done by what was written.
    private void Advance()
    {
        while (_steps.First?.Value is { } step)
        {
            var unread = _written.GetBuffer().AsSpan(_awaitedFrom, (int)_written.Length - _awaitedFrom);
            switch (step)
            {
                case WireStep.StopReading:
                    _isDeaf = true;
                    break;

                case WireStep.Await { Text: var text } when unread.IndexOf(text) is >= 0 and var at:
                    _awaitedFrom += at + text.Length;
                    break;

                case WireStep.Serve { Answer: var answer } when answer(Encoding.Latin1.GetString(unread)) is { } steps:
                    _awaitedFrom += unread.Length;
                    for (var i = steps.Length - 1; i >= 0; i--)
                    {
                        _steps.AddFirst(steps[i]);
                    }

                    continue;

                default:
                    return;
            }

            _steps.RemoveFirst();
        }
    }

    private void Change()
    {
        Monitor.PulseAll(_gate);
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async ValueTask YieldAsync()
    {
        if (_face == Face.Async && Yields)
        {
            await Task.Yield();
        }
    }
}
