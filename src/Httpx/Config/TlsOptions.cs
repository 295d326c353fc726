using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Httpx;

/// <summary>What one transport asks of TLS: its trust, its own certificate, its protocols. Immutable; files are read once, here.</summary>
internal sealed class TlsOptions
{
    private static readonly List<SslApplicationProtocol> Http1Only = [SslApplicationProtocol.Http11];
    private static readonly List<SslApplicationProtocol> Http2Only = [SslApplicationProtocol.Http2];
    private static readonly List<SslApplicationProtocol> Http2First = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private readonly Verify _verify;
    private readonly X509ChainPolicy _policy;
    private readonly bool _platformTrust;
    private readonly SslStreamCertificateContext? _clientCertificate;

    /// <exception cref="FileNotFoundException">A file named by verify, cert or the environment is not there.</exception>
    /// <exception cref="ArgumentException">Such a file cannot be used.</exception>
    internal TlsOptions(
        Verify? verify = null, ClientCert? cert = null, bool trustEnv = true, IReadOnlyDictionary<string, string>? environment = null)
    {
        _verify = verify ?? Verify.On;
        var roots = _verify.LoadRoots();
        if (roots is null && trustEnv && ReferenceEquals(_verify, Verify.On))
        {
            roots = EnvironmentRoots(environment ?? EnvironmentVariables.Read());
        }

        _platformTrust = roots is null && ReferenceEquals(_verify, Verify.On);
        _policy = MakePolicy(roots);
        if (cert?.Load() is { } keyed)
        {
            _clientCertificate = SslStreamCertificateContext.Create(keyed.Leaf, keyed.Intermediates, offline: true);
        }
    }

    /// <summary>The options of one handshake.</summary>
    /// <param name="host">The url's host in ASCII: a name or an address, IPv6 in brackets or without.</param>
    /// <param name="http2">Whether to offer HTTP/2.</param>
    /// <param name="report">Where the certificate's faults go, so that the exception can name them.</param>
    /// <param name="http1">Whether to offer HTTP/1.1.</param>
    internal SslClientAuthenticationOptions For(string host, bool http2, CertificateReport? report = null, bool http1 = true)
    {
        var target = TargetOf(host);
        return new SslClientAuthenticationOptions
        {
            TargetHost = target, // for an address the platform sends no SNI, as RFC 6066 3 wants it, but compares the certificate with it
            ApplicationProtocols = !http2 ? Http1Only : http1 ? Http2First : Http2Only,
            CertificateChainPolicy = _policy,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            ClientCertificateContext = _clientCertificate,
            RemoteCertificateValidationCallback = MakeCallback(target, report),

            // The platform's session cache is the process's. A session begun under another trust must not be resumed under this one.
            AllowTlsResume = _platformTrust,
        };
    }

    private RemoteCertificateValidationCallback MakeCallback(string target, CertificateReport? report)
    {
        var anything = ReferenceEquals(_verify, Verify.Off);
        var users = _verify.Callback;
        return (sender, certificate, chain, errors) =>
        {
            errors |= NameErrors(certificate, target);
            var accepted = anything || (users is null ? errors == SslPolicyErrors.None : users(sender, certificate, chain, errors));
            if (!accepted)
            {
                report?.Record(target, certificate, chain, errors);
            }

            return accepted;
        };
    }

    // RFC 9525 takes no common name for a host name; the platform still does where a certificate has no alternative names.
    private static SslPolicyErrors NameErrors(X509Certificate? certificate, string target)
    {
        if (certificate is not X509Certificate2 received)
        {
            return certificate is null ? SslPolicyErrors.RemoteCertificateNotAvailable : SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        try
        {
            return received.MatchesHostname(target, allowWildcards: true, allowCommonName: false)
                ? SslPolicyErrors.None
                : SslPolicyErrors.RemoteCertificateNameMismatch;
        }
        catch (Exception exception) when (exception is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            return SslPolicyErrors.RemoteCertificateNameMismatch;
        }
    }

    private static string TargetOf(string host)
    {
        var bare = host.AsSpan();
        if (bare.Length > 2 && bare[0] == '[' && bare[^1] == ']')
        {
            bare = bare[1..^1];
        }

        if (IPAddress.TryParse(bare, out _))
        {
            return bare.ToString();
        }

        return bare.EndsWith('.') ? bare[..^1].ToString() : host;
    }

    private static X509Certificate2Collection? EnvironmentRoots(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.TryGetValue("SSL_CERT_FILE", out var file) && file.Length > 0)
        {
            return Named("SSL_CERT_FILE", file);
        }

        if (!environment.TryGetValue("SSL_CERT_DIR", out var folders) || folders.Length == 0)
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        foreach (var folder in folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Directory.Exists(folder))
            {
                roots.AddRange(Named("SSL_CERT_DIR", folder));
            }
        }

        return roots.Count > 0
            ? roots
            : throw new ArgumentException(
                $"SSL_CERT_DIR names no folder with certificates: '{folders}'. Unset it, or set trustEnv to false.");
    }

    // Trusting nothing in silence would look like a broken network: what the environment asks for must be there.
    private static X509Certificate2Collection Named(string variable, string path)
    {
        try
        {
            return CertificateFiles.LoadRoots(path);
        }
        catch (FileNotFoundException exception)
        {
            throw new FileNotFoundException(
                $"{variable} names '{path}', which is not there. Unset it, or set trustEnv to false.", path, exception);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"{variable} names '{path}', which cannot be used: {exception.Message}", exception);
        }
    }

    private static X509ChainPolicy MakePolicy(X509Certificate2Collection? roots)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,

            // A handshake must not fetch missing intermediates from addresses that the peer names, outside every time-out.
            DisableCertificateDownloads = true,
        };
        if (roots is null)
        {
            return policy;
        }

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var certificate in roots)
        {
            var selfIssued = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
            (selfIssued ? policy.CustomTrustStore : policy.ExtraStore).Add(certificate);
        }

        return policy;
    }
}
