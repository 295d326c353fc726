using System.Text;

namespace Httpx.Tests.Fixtures;

/// <summary>One thing that the peer at the other end of a <see cref="ScriptedWire"/> does.</summary>
internal abstract record WireStep
{
    /// <summary>The peer says nothing more until this text has been written to it, counted from the last time it waited.</summary>
    internal sealed record Await(byte[] Text) : WireStep;

    /// <summary>The peer sends a segment: one read gets no more than that.</summary>
    internal sealed record Send(byte[] Bytes) : WireStep;

    /// <summary>The peer ends its direction.</summary>
    internal sealed record Fin : WireStep;

    /// <summary>The peer resets the connection: writes fail too.</summary>
    internal sealed record Reset : WireStep;

    /// <summary>The peer says nothing for ever: a read with a limit runs out of time at once, one without waits to be cut.</summary>
    internal sealed record Silence : WireStep;

    /// <summary>The peer takes nothing more: writes fail from here on.</summary>
    internal sealed record StopReading : WireStep;

    /// <summary>The peer is a server for the rest of its life: whenever a whole request has come, it does what that one is answered by.</summary>
    internal sealed record Serve(Func<string, WireStep[]?> Answer) : WireStep;

    internal static WireStep End { get; } = new Fin();

    internal static WireStep Cut { get; } = new Reset();

    internal static WireStep Hang { get; } = new Silence();

    internal static WireStep Deaf { get; } = new StopReading();

    /// <summary>Text is a segment that is sent.</summary>
    public static implicit operator WireStep(string text) => new Send(Encoding.Latin1.GetBytes(text));

    /// <summary>Answers each request; null where the text is no whole one yet.</summary>
    internal static WireStep Serving(Func<string, WireStep[]?> answer) => new Serve(answer);

    internal static WireStep Segment(byte[] bytes) => new Send(bytes);

    /// <summary>Waits for the end of a head, or of what else is named.</summary>
    internal static WireStep Until(string text = "\r\n\r\n") => new Await(Encoding.Latin1.GetBytes(text));
}
