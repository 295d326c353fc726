using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Httpx.TestServer;

/// <summary>A certificate authority that lives as long as one server, and the certificates it issued.</summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _issuer;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Httpx Test Authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _issuer = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        Authority = X509CertificateLoader.LoadCertificate(_issuer.RawData);
        Server = Issue("localhost", ServerUsage, ["localhost", "*.localhost"], [IPAddress.Loopback, IPAddress.IPv6Loopback]);
        Client = Issue("a client", ClientUsage, [], []);
    }

    /// <summary>What a client has to trust; without its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>For localhost, its subdomains, 127.0.0.1 and ::1.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>For a client that shows who it is.</summary>
    public X509Certificate2 Client { get; }

    /// <summary>A certificate for a server of another name.</summary>
    public X509Certificate2 IssueFor(string dnsName) => Issue(dnsName, ServerUsage, [dnsName], []);

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        Authority.Dispose();
        _issuer.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string commonName, string usage, string[] dnsNames, IPAddress[] addresses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (dnsNames.Length + addresses.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            Array.ForEach(dnsNames, names.AddDnsName);
            Array.ForEach(addresses, names.AddIpAddress);
            request.CertificateExtensions.Add(names.Build());
        }

        var serialNumber = RandomNumberGenerator.GetBytes(8);
        serialNumber[0] &= 0x7F;
        using var signed = request.Create(_issuer, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), serialNumber);
        using var withKey = signed.CopyWithPrivateKey(key);

        // Through PKCS #12, so that every platform's TLS finds the key.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
