using System.Globalization;

namespace Httpx;

/// <summary>The end of a whole exchange (<see cref="Timeouts.Total"/>): one timer over redirects, authentication and body.</summary>
/// <remarks>
/// Its token is cancelled when the time is up or when the caller cancels; which of the two it was decides what the caller sees. Until
/// the response's head is there the caller's token is that of the call, afterwards each read brings its own.
/// </remarks>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeSpan _total;
    private readonly Request _request;

    internal Deadline(TimeSpan total, Request request, TimeProvider time, CancellationToken caller)
    {
        _total = total;
        _request = request;
        _source = new CancellationTokenSource(total, time);
        Token = _source.Token;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>For everything that the exchange waits for.</summary>
    internal CancellationToken Token { get; }

    /// <summary>The head is there: from now on the call's token means nothing any more.</summary>
    internal void ReleaseCaller() => _registration.Dispose();

    /// <summary>Who cancelled a wait: the caller, the deadline, or (null) neither of them.</summary>
    /// <param name="exception">What the wait threw.</param>
    /// <param name="caller">The caller's own token of that wait.</param>
    internal Exception? Explain(OperationCanceledException exception, CancellationToken caller)
    {
        if (caller.IsCancellationRequested)
        {
            return new OperationCanceledException(exception.Message, exception, caller);
        }

        return Token.IsCancellationRequested ? Expired(exception) : null;
    }

    /// <summary>Stops the timer. The token stays usable.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }

    private TotalTimeoutException Expired(Exception cause)
    {
        var seconds = _total.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var message = $"{_request.Method} {_request.Url.Origin}: the whole exchange took longer than its limit of {seconds} s.";
        return new TotalTimeoutException(message, _request, new TimeoutException(message, cause));
    }
}
