using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace Httpx;

/// <summary>The certificate that the client shows to servers that ask for one (mutual TLS).</summary>
/// <remarks>
/// Files are read when a client is made; a missing one is a <see cref="FileNotFoundException"/>, one that cannot be used an
/// <see cref="ArgumentException"/>, and both name the path. See <see href="https://www.python-httpx.org/advanced/ssl/"/>.
/// </remarks>
public sealed class ClientCert
{
    private readonly Func<KeyedCertificate> _load;
    private readonly string _description;

    private ClientCert(string description, Func<KeyedCertificate> load)
    {
        _description = description;
        _load = load;
    }

    /// <summary>A file with both: PEM with certificate and key, or PKCS#12 without password.</summary>
    /// <param name="file">The path. Null stays null.</param>
    [return: NotNullIfNotNull(nameof(file))]
    public static implicit operator ClientCert?(string? file)
    {
        if (file is null)
        {
            return null;
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        return new ClientCert(file, () => CertificateFiles.LoadPemOrPfx(file));
    }

    /// <summary>A PEM certificate, its intermediates behind it if any, and a PEM key.</summary>
    /// <param name="files">The paths of certificate and key.</param>
    public static implicit operator ClientCert((string Cert, string Key) files)
    {
        var (cert, key) = files;
        ArgumentException.ThrowIfNullOrWhiteSpace(cert, nameof(files));
        ArgumentException.ThrowIfNullOrWhiteSpace(key, nameof(files));
        return new ClientCert(cert, () => CertificateFiles.LoadPem(cert, key, null));
    }

    /// <summary>A PEM certificate, its intermediates behind it if any, and an encrypted PEM key.</summary>
    /// <param name="files">The paths of certificate and key, and the key's password.</param>
    public static implicit operator ClientCert((string Cert, string Key, string Password) files)
    {
        var (cert, key, password) = files;
        ArgumentException.ThrowIfNullOrWhiteSpace(cert, nameof(files));
        ArgumentException.ThrowIfNullOrWhiteSpace(key, nameof(files));
        return new ClientCert(cert, () => CertificateFiles.LoadPem(cert, key, password));
    }

    /// <summary>A certificate that is loaded already. It stays yours to dispose of, after the clients that use it.</summary>
    /// <param name="certificate">The certificate, with its private key. Null stays null.</param>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    [return: NotNullIfNotNull(nameof(certificate))]
    public static implicit operator ClientCert?(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return null;
        }

        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException($"The certificate '{certificate.Subject}' has no private key.", nameof(certificate));
        }

        return new ClientCert(certificate.Subject, () => new KeyedCertificate(certificate, []));
    }

    /// <summary>A PKCS#12 file (.pfx, .p12).</summary>
    /// <param name="file">The path.</param>
    /// <param name="password">The file's password; null for none.</param>
    public static ClientCert FromPfx(string file, string? password = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        return new ClientCert(file, () => CertificateFiles.LoadPfx(file, password));
    }

    /// <summary>Reads the files.</summary>
    internal KeyedCertificate Load() => _load();

    /// <summary>The file or the certificate's subject, without any secret.</summary>
    public override string ToString() => $"ClientCert('{_description}')";
}
