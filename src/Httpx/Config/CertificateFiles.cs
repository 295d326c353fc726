using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Httpx;

/// <summary>A client's certificate with its key, and the intermediates that go out with it.</summary>
internal sealed record KeyedCertificate(X509Certificate2 Leaf, X509Certificate2Collection Intermediates);

/// <summary>Reads certificates and keys from files; every complaint names the file, none the password.</summary>
internal static class CertificateFiles
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private const string PemStart = "-----BEGIN ";
    private const string EncryptedKeyLabel = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    /// <summary>The certificates of a PEM or DER file, or of a folder of such files.</summary>
    internal static X509Certificate2Collection LoadRoots(string path)
    {
        if (Directory.Exists(path))
        {
            return LoadFolder(path);
        }

        var roots = new X509Certificate2Collection();
        AddFile(roots, path);
        if (roots.Count == 0)
        {
            throw new ArgumentException($"The file '{path}' holds no certificate.");
        }

        return roots;
    }

    /// <summary>A PEM file that holds both certificate and key, or a PKCS#12 file without password.</summary>
    internal static KeyedCertificate LoadPemOrPfx(string path) => IsPem(Read(path)) ? LoadPem(path, path, null) : LoadPfx(path, null);

    /// <summary>A PEM certificate, followed by its intermediates if any, and its PEM key in a second file.</summary>
    internal static KeyedCertificate LoadPem(string certPath, string keyPath, string? password)
    {
        var certText = ReadText(certPath);
        var keyText = ReadText(keyPath);
        var encrypted = keyText.Contains(EncryptedKeyLabel, StringComparison.Ordinal);
        if (encrypted && password is null)
        {
            throw new ArgumentException($"The key in '{keyPath}' is encrypted: give its password as the third part.");
        }

        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certText);
            var leaf = encrypted
                ? X509Certificate2.CreateFromEncryptedPem(certText, keyText, password)
                : X509Certificate2.CreateFromPem(certText, keyText);
            if (all.Count > 0)
            {
                all.RemoveAt(0);
            }

            return new KeyedCertificate(Usable(leaf), all);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            var orPassword = encrypted ? ", or the password does not fit" : "";
            throw new ArgumentException(
                $"The certificate in '{certPath}' and the key in '{keyPath}' cannot be read or do not fit together{orPassword}.",
                exception);
        }
    }

    /// <summary>A PKCS#12 file: the certificate that has a key, and the others as its intermediates.</summary>
    internal static KeyedCertificate LoadPfx(string path, string? password)
    {
        var bytes = Read(path);
        X509Certificate2Collection all;
        try
        {
            all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        }
        catch (CryptographicException exception)
        {
            throw new ArgumentException(
                $"The file '{path}' is neither PEM nor PKCS#12, or its password does not fit.", exception);
        }

        foreach (var certificate in all)
        {
            if (certificate.HasPrivateKey)
            {
                all.Remove(certificate);
                return new KeyedCertificate(certificate, all);
            }
        }

        throw new ArgumentException($"The file '{path}' holds no certificate with a private key.");
    }

    private static X509Certificate2Collection LoadFolder(string path)
    {
        var roots = new X509Certificate2Collection();
        var files = Directory.GetFiles(path);

        // A folder made for OpenSSL has a link for each certificate, named by its hash; the rest would only repeat them.
        var hashed = Array.FindAll(files, IsHashName);
        foreach (var file in hashed.Length > 0 ? hashed : Array.FindAll(files, IsCertificateName))
        {
            AddFile(roots, file);
        }

        if (roots.Count == 0)
        {
            throw new ArgumentException($"The folder '{path}' holds no certificate (*.pem, *.crt, *.cer or names made by openssl rehash).");
        }

        return roots;
    }

    private static void AddFile(X509Certificate2Collection roots, string path)
    {
        var bytes = Read(path);
        try
        {
            if (IsPem(bytes))
            {
                roots.ImportFromPem(Encoding.Latin1.GetString(bytes));
            }
            else
            {
                roots.Add(X509CertificateLoader.LoadCertificate(bytes));
            }
        }
        catch (CryptographicException exception)
        {
            throw new ArgumentException($"The file '{path}' holds no certificate that can be read.", exception);
        }
    }

    private static bool IsHashName(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.Length >= 10
            && name[8] == '.'
            && name[..8].IndexOfAnyExcept(HexDigits) < 0
            && name[9..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsCertificateName(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".PEM" or ".CRT" or ".CER";

    private static bool IsPem(ReadOnlySpan<byte> bytes) => bytes.IndexOf("-----BEGIN "u8) >= 0;

    private static string ReadText(string path)
    {
        var text = Encoding.Latin1.GetString(Read(path));
        return text.Contains(PemStart, StringComparison.Ordinal)
            ? text
            : throw new ArgumentException($"The file '{path}' is not PEM text. (For PKCS#12 with a password there is ClientCert.FromPfx.)");
    }

    private static byte[] Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ArgumentException($"'{path}' is a folder; a file is needed here.");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path, exception);
        }
        catch (FileNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path, exception);
        }
    }

    // Windows cannot use a key that lives in memory only: a round trip through PKCS#12 puts it where its TLS looks.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
