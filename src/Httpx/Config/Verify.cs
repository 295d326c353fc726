using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Httpx;

/// <summary>How the server's certificate is checked.</summary>
/// <remarks>
/// <c>true</c> (the default) asks the platform's trust store; <c>false</c> checks nothing, neither chain nor name; a text is the path of a
/// PEM bundle or of a folder of certificates, which replace the platform's roots, as does a collection of roots. Files are read when
/// a client is made. See <see href="https://www.python-httpx.org/advanced/ssl/"/>.
/// </remarks>
public sealed class Verify
{
    private readonly string? _path;
    private readonly X509Certificate2Collection? _roots;

    private Verify(string? path = null, X509Certificate2Collection? roots = null, RemoteCertificateValidationCallback? callback = null)
    {
        _path = path;
        _roots = roots;
        Callback = callback;
    }

    /// <summary>The platform's trust store, or what the environment names in its stead.</summary>
    internal static Verify On { get; } = new();

    /// <summary>No check at all.</summary>
    internal static Verify Off { get; } = new();

    /// <summary>The user's own check, which overrules the platform's; null for none.</summary>
    internal RemoteCertificateValidationCallback? Callback { get; }

    /// <summary><c>true</c> checks against the platform's trust store; <c>false</c> checks nothing and leaves the connection open to
    /// anybody in between.</summary>
    /// <param name="verify">Whether to check.</param>
    public static implicit operator Verify(bool verify) => verify ? On : Off;

    /// <summary>Trusts the certificates of a file or folder, and no others.</summary>
    /// <param name="path">A PEM file with one or more certificates, a DER file with one, or a folder of such files. Null stays
    /// null.</param>
    /// <exception cref="ArgumentException">The path is empty. (What is wrong with the file shows when a client is made.)</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator Verify?(string? path)
    {
        if (path is null)
        {
            return null;
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new Verify(path);
    }

    /// <summary>Trusts these certificates and no others.</summary>
    /// <param name="roots">The roots, and intermediates if need be; copied. Null stays null.</param>
    /// <exception cref="ArgumentException">The collection is empty: nothing could be trusted.</exception>
    [return: NotNullIfNotNull(nameof(roots))]
    public static implicit operator Verify?(X509Certificate2Collection? roots)
    {
        if (roots is null)
        {
            return null;
        }

        if (roots.Count == 0)
        {
            throw new ArgumentException("The collection holds no certificate, so nothing could be trusted.", nameof(roots));
        }

        return new Verify(roots: [.. roots]);
    }

    /// <summary>Asks a callback of your own, which sees the platform's findings and has the last word.</summary>
    /// <param name="callback">Returns whether the certificate is good; called once for each handshake.</param>
    public static Verify From(RemoteCertificateValidationCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new Verify(callback: callback);
    }

    /// <summary>The roots that replace the platform's; null for the platform's.</summary>
    internal X509Certificate2Collection? LoadRoots() => _roots ?? (_path is null ? null : CertificateFiles.LoadRoots(_path));

    /// <summary>What is checked against, without any content.</summary>
    public override string ToString()
    {
        if (ReferenceEquals(this, Off))
        {
            return "Verify(false)";
        }

        if (Callback is not null)
        {
            return "Verify(callback)";
        }

        return _path is not null ? $"Verify('{_path}')" : _roots is not null ? $"Verify({_roots.Count} certificates)" : "Verify(true)";
    }
}
