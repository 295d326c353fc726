using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Httpx.Tests.Config;

public sealed class TlsOptionsTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly Issuer _issuer = new();
    private readonly TempFolder _folder = new();

    private X509Certificate2Collection Roots => [_issuer.Certificate];

    private string RootsFile => _folder.Write("roots.pem", _issuer.Certificate.ExportCertificatePem());

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_a_trusted_root_for_the_name_is_accepted()
    {
        using var server = _issuer.Issue(dns: "api.example.org");
        var shake = await Handshake.RunAsync(new TlsOptions(Roots), "api.example.org", server);
        shake.Failure.ShouldBeNull();
        shake.Reason.ShouldBeNull();
        shake.ServerName.ShouldBe("api.example.org");
        shake.Protocol.ShouldBe(SslApplicationProtocol.Http11);
    }

    [Fact]
    public async Task Http2_is_offered_first_when_it_is_wanted()
    {
        using var server = _issuer.Issue(dns: "h.test");
        var shake = await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server, http2: true);
        shake.Protocol.ShouldBe(SslApplicationProtocol.Http2);
        new TlsOptions(Roots).For("h.test", true).ApplicationProtocols
            .ShouldBe([SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);
        new TlsOptions(Roots).For("h.test", true, http1: false).ApplicationProtocols.ShouldBe([SslApplicationProtocol.Http2]);
    }

    [Fact]
    public async Task The_trailing_dot_of_a_host_is_not_part_of_its_name()
    {
        using var server = _issuer.Issue(dns: "api.example.org");
        var shake = await Handshake.RunAsync(new TlsOptions(Roots), "api.example.org.", server);
        shake.Failure.ShouldBeNull();
        shake.ServerName.ShouldBe("api.example.org");
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("[::1]", "::1")]
    [InlineData("::1", "::1")]
    public async Task An_address_gets_no_SNI_and_needs_an_address_in_the_certificate(string host, string address)
    {
        using var good = _issuer.Issue(ip: IPAddress.Parse(address));
        var shake = await Handshake.RunAsync(new TlsOptions(Roots), host, good);
        shake.Failure.ShouldBeNull();
        shake.ServerName.ShouldBeEmpty();

        using var otherAddress = _issuer.Issue(ip: IPAddress.Parse("10.1.2.3"));
        (await Handshake.RunAsync(new TlsOptions(Roots), host, otherAddress)).Reason
            .ShouldBe($"the certificate is refused: its name does not match '{address}' (it is for '10.1.2.3')");

        using var nameOnly = _issuer.Issue(dns: "name-only.test", commonName: address);
        (await Handshake.RunAsync(new TlsOptions(Roots), host, nameOnly)).Failure.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("*.example.org", "a.example.org", true)]
    [InlineData("*.example.org", "A.EXAMPLE.org", true)]
    [InlineData("A.EXAMPLE.ORG", "a.example.org", true)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("*.example.org", "a.b.example.org", false)]
    [InlineData("w*.example.org", "www.example.org", false)]
    [InlineData("*", "localhost", false)]
    [InlineData("example.org", "notexample.org", false)]
    public async Task Only_one_whole_leftmost_label_is_wild(string name, string host, bool accepted)
    {
        using var server = _issuer.Issue(dns: name);
        ((await Handshake.RunAsync(new TlsOptions(Roots), host, server)).Failure is null).ShouldBe(accepted);
    }

    [Fact]
    public async Task A_common_name_is_no_host_name()
    {
        using var server = _issuer.Issue(commonName: "h.test");
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server)).Reason
            .ShouldBe("the certificate is refused: its name does not match 'h.test' (it is for no host at all)");
    }

    [Fact]
    public async Task The_reason_tells_an_expired_certificate()
    {
        using var server = _issuer.Issue(dns: "h.test", validFromDays: -20, validToDays: -10);
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server)).Reason
            .ShouldBe($"the certificate is refused: it has expired (on {DateTime.UtcNow.AddDays(-10):yyyy-MM-dd})");
    }

    [Fact]
    public async Task The_reason_tells_a_certificate_of_tomorrow()
    {
        using var server = _issuer.Issue(dns: "h.test", validFromDays: 10, validToDays: 20);
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server)).Reason!.ShouldContain("it is not valid yet");
    }

    [Fact]
    public async Task The_reason_tells_an_unknown_issuer()
    {
        using var other = new Issuer("CN=Some Other Root");
        using var server = other.Issue(dns: "h.test");
        var shake = await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server);
        shake.Failure.ShouldNotBeNull();
        shake.Reason.ShouldBe("the certificate is refused: no trusted chain leads to its issuer 'CN=Some Other Root'");
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", other.Certificate)).Reason!.ShouldContain("it is self-signed and not trusted");
    }

    [Fact]
    public async Task The_platform_does_not_trust_a_root_of_ours()
    {
        using var server = _issuer.Issue(dns: "h.test");
        var shake = await Handshake.RunAsync(new TlsOptions(true, environment: NoVariables), "h.test", server);
        shake.Failure.ShouldNotBeNull();
        shake.Reason.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_certificate_for_clients_is_none_for_servers()
    {
        using var server = _issuer.Issue(dns: "h.test", usage: "1.3.6.1.5.5.7.3.2");
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server)).Reason!.ShouldContain("it is not meant for servers");
    }

    [Fact]
    public async Task Intermediates_come_from_the_server_or_from_the_bundle()
    {
        using var middle = new Issuer("CN=Middle", _issuer);
        using var server = middle.Issue(dns: "h.test");
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server, middle.Certificate)).Failure.ShouldBeNull();
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server)).Failure.ShouldNotBeNull();
        X509Certificate2Collection both = [_issuer.Certificate, middle.Certificate];
        (await Handshake.RunAsync(new TlsOptions(both), "h.test", server)).Failure.ShouldBeNull();
        X509Certificate2Collection middleOnly = [middle.Certificate];
        (await Handshake.RunAsync(new TlsOptions(middleOnly), "h.test", server, _issuer.Certificate)).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task False_accepts_anything_and_leaves_no_session_behind()
    {
        using var other = new Issuer("CN=Another Root");
        using var server = other.Issue(dns: "wrong.test", validFromDays: -20, validToDays: -10);
        var off = new TlsOptions(false);
        (await Handshake.RunAsync(off, "h.test", server)).Failure.ShouldBeNull();
        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server)).Failure.ShouldNotBeNull();
        off.For("h.test", false).AllowTlsResume.ShouldBeFalse();
        new TlsOptions(Roots).For("h.test", false).AllowTlsResume.ShouldBeFalse();
        new TlsOptions(environment: NoVariables).For("h.test", false).AllowTlsResume.ShouldBeTrue();
    }

    [Fact]
    public async Task A_callback_has_the_last_word()
    {
        using var server = _issuer.Issue(dns: "wrong.test");
        var seen = SslPolicyErrors.None;
        var lenient = Verify.From((_, _, _, errors) =>
        {
            seen = errors;
            return errors != SslPolicyErrors.None;
        });
        (await Handshake.RunAsync(new TlsOptions(lenient), "h.test", server)).Failure.ShouldBeNull();
        seen.ShouldBe(SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors);
        (await Handshake.RunAsync(new TlsOptions(Verify.From((_, _, _, _) => false)), "h.test", server)).Reason.ShouldNotBeNull();
    }

    [Fact]
    public async Task Roots_come_from_a_file_of_either_form_or_a_folder()
    {
        using var server = _issuer.Issue(dns: "h.test");
        var der = _folder.Write("root.der", _issuer.Certificate.RawData);
        (await Handshake.RunAsync(new TlsOptions(RootsFile), "h.test", server)).Failure.ShouldBeNull();
        (await Handshake.RunAsync(new TlsOptions(der), "h.test", server)).Failure.ShouldBeNull();
        (await Handshake.RunAsync(new TlsOptions(_folder.Path), "h.test", server)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_made_for_openssl_is_read_by_its_hash_names()
    {
        _folder.Write("0a1b2c3d.0", _issuer.Certificate.ExportCertificatePem());
        _folder.Write("broken.pem", "-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n");
        using var server = _issuer.Issue(dns: "h.test");
        (await Handshake.RunAsync(new TlsOptions(_folder.Path), "h.test", server)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task SSL_CERT_FILE_goes_before_SSL_CERT_DIR_and_either_works_alone()
    {
        using var server = _issuer.Issue(dns: "h.test");
        using var other = new Issuer("CN=Another Root");
        using var otherFolder = new TempFolder();
        otherFolder.Write("other.pem", other.Certificate.ExportCertificatePem());
        var file = RootsFile;
        Dictionary<string, string>[] trusting =
        [
            new() { ["SSL_CERT_FILE"] = file, ["SSL_CERT_DIR"] = otherFolder.Path },
            new() { ["SSL_CERT_FILE"] = file },
            new() { ["SSL_CERT_DIR"] = _folder.Path },
            new() { ["SSL_CERT_DIR"] = $"/nowhere{Path.PathSeparator}{otherFolder.Path}{Path.PathSeparator}{_folder.Path}" },
        ];
        foreach (var variables in trusting)
        {
            (await Handshake.RunAsync(new TlsOptions(environment: variables), "h.test", server)).Failure.ShouldBeNull();
        }

        var distrusting = new Dictionary<string, string> { ["SSL_CERT_DIR"] = otherFolder.Path };
        (await Handshake.RunAsync(new TlsOptions(environment: distrusting), "h.test", server)).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_environment_is_not_asked_where_it_is_not_trusted_or_roots_are_named()
    {
        using var server = _issuer.Issue(dns: "h.test");
        var variables = new Dictionary<string, string> { ["SSL_CERT_FILE"] = RootsFile };
        (await Handshake.RunAsync(new TlsOptions(trustEnv: false, environment: variables), "h.test", server)).Failure.ShouldNotBeNull();
        using var other = new Issuer("CN=Another Root");
        X509Certificate2Collection others = [other.Certificate];
        (await Handshake.RunAsync(new TlsOptions(others, environment: variables), "h.test", server)).Failure.ShouldNotBeNull();
    }

    [Fact]
    public void Files_that_are_missing_or_hold_nothing_are_named()
    {
        var rubbish = _folder.Write("rubbish", "not a certificate");
        var key = _folder.Write("key.pem", _issuer.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using var empty = new TempFolder();
        Should.Throw<FileNotFoundException>(() => new TlsOptions("/nowhere/ca.pem")).Message.ShouldContain("'/nowhere/ca.pem'");
        Should.Throw<ArgumentException>(() => new TlsOptions(rubbish)).Message.ShouldContain(rubbish);
        Should.Throw<ArgumentException>(() => new TlsOptions(key)).Message.ShouldContain(key);
        Should.Throw<ArgumentException>(() => new TlsOptions(empty.Path)).Message.ShouldContain(empty.Path);
        Should.Throw<FileNotFoundException>(() => new TlsOptions(environment: new Dictionary<string, string> { ["SSL_CERT_FILE"] = "/nowhere" }))
            .Message.ShouldContain("SSL_CERT_FILE");
        Should.Throw<ArgumentException>(() => new TlsOptions(environment: new Dictionary<string, string> { ["SSL_CERT_DIR"] = "/nowhere" }))
            .Message.ShouldContain("SSL_CERT_DIR");
        Should.Throw<ArgumentException>(() => (Verify)new X509Certificate2Collection());
        Should.Throw<ArgumentException>(() => (Verify)"");
        ((Verify?)(string?)null).ShouldBeNull();
    }

    [Fact]
    public async Task A_client_certificate_is_shown_when_the_server_asks()
    {
        using var server = _issuer.Issue(dns: "h.test");
        using var client = _issuer.Issue(commonName: "client", usage: "1.3.6.1.5.5.7.3.2");
        foreach (var cert in ClientCertForms(client))
        {
            var shake = await Handshake.RunAsync(new TlsOptions(Roots, cert), "h.test", server, askForCertificate: true);
            shake.Failure.ShouldBeNull(cert.ToString());
            shake.ShownByClient.ShouldBe(client.GetCertHashString(), cert.ToString());
        }

        (await Handshake.RunAsync(new TlsOptions(Roots), "h.test", server, askForCertificate: true)).ShownByClient.ShouldBeNull();
    }

    [Fact]
    public void A_client_certificate_that_cannot_be_used_is_named_without_its_password()
    {
        using var client = _issuer.Issue();
        using var otherClient = _issuer.Issue();
        var cert = _folder.Write("c.pem", client.ExportCertificatePem());
        var otherKey = _folder.Write("o.key", otherClient.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var locked = _folder.Write("e.key", EncryptedKey(client, "s3cret"));
        var pfx = _folder.Write("c.pfx", client.Export(X509ContentType.Pkcs12, "s3cret"));
        Load<FileNotFoundException>("/nowhere.pem").ShouldContain("/nowhere.pem");
        Load<FileNotFoundException>((cert, "/nowhere.key")).ShouldContain("/nowhere.key");
        Load<ArgumentException>((cert, otherKey)).ShouldContain(otherKey);
        Load<ArgumentException>((cert, locked)).ShouldContain("encrypted");
        Load<ArgumentException>((cert, locked, "s3cret-but-wrong")).ShouldNotContain("s3cret");
        Load<ArgumentException>(cert).ShouldContain(cert);
        Load<ArgumentException>(pfx).ShouldContain(pfx);
        Load<ArgumentException>(ClientCert.FromPfx(pfx, "s3cret-but-wrong")).ShouldNotContain("s3cret");
        Load<ArgumentException>((_folder.Path, locked)).ShouldContain("folder");
        using var bare = X509CertificateLoader.LoadCertificate(client.RawData);
        Should.Throw<ArgumentException>(() => (ClientCert)bare);
    }

    private static string Load<TException>(ClientCert cert)
        where TException : Exception =>
        Should.Throw<TException>(() => new TlsOptions(cert: cert)).Message;

    private static string EncryptedKey(X509Certificate2 certificate, string password) =>
        certificate.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
            password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    private IEnumerable<ClientCert> ClientCertForms(X509Certificate2 client)
    {
        var certText = client.ExportCertificatePem();
        var keyText = client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        var cert = _folder.Write("client.crt", certText);
        var key = _folder.Write("client.key", keyText);
        yield return client;
        yield return (cert, key);
        yield return (cert, key, "needless");
        yield return (cert, _folder.Write("locked.key", EncryptedKey(client, "pw")), "pw");
        yield return _folder.Write("both.pem", keyText + "\n" + certText);
        yield return _folder.Write("open.pfx", client.Export(X509ContentType.Pkcs12));
        yield return ClientCert.FromPfx(_folder.Write("locked.pfx", client.Export(X509ContentType.Pkcs12, "pw")), "pw");
    }
}
