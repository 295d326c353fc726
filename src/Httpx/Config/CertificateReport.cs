using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Httpx;

/// <summary>Why the certificate of one handshake was refused.</summary>
/// <remarks>Filled by <see cref="TlsOptions"/>, read by whoever words the exception.</remarks>
internal sealed class CertificateReport
{
    // Names come from the peer: enough of them to see the mistake, not enough to flood a log.
    private const int MaxNames = 4;
    private const int MaxNameLength = 100;

    /// <summary>The faults as one clause ("the certificate has expired (on 2024-01-31)"); null where nothing was refused.</summary>
    internal string? Reason { get; private set; }

    internal void Record(string host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 received)
        {
            Reason = "the peer showed no certificate";
            return;
        }

        var faults = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            AddChainFaults(faults, received, chain);
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            faults.Add($"its name does not match '{host}' (it is for {NamesOf(received)})");
        }

        Reason = faults.Count == 0
            ? "the certificate was refused by the callback of Verify"
            : "the certificate is refused: " + string.Join("; ", faults);
    }

    private static void AddChainFaults(List<string> faults, X509Certificate2 leaf, X509Chain? chain)
    {
        var all = X509ChainStatusFlags.NoError;
        var other = "";
        foreach (var status in chain?.ChainStatus ?? [])
        {
            all |= status.Status;
            other = status.StatusInformation;
        }

        if (all.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            faults.Add(TimeFault(leaf, chain!));
        }

        if (all.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            var selfSigned = chain!.ChainElements.Count <= 1;
            faults.Add(selfSigned ? "it is self-signed and not trusted" : $"its root {Printable(Last(chain).Subject)} is not trusted");
        }

        if (all.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            faults.Add($"no trusted chain leads to its issuer {Printable(Last(chain!).Issuer)}");
        }

        if (all.HasFlag(X509ChainStatusFlags.NotValidForUsage))
        {
            faults.Add("it is not meant for servers");
        }

        if (faults.Count == 0)
        {
            faults.Add(other.Length > 0 ? Printable(other) : "it cannot be verified");
        }
    }

    private static string TimeFault(X509Certificate2 leaf, X509Chain chain)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        if (leaf.NotAfter.ToUniversalTime() < now)
        {
            return $"it has expired (on {Day(leaf.NotAfter)})";
        }

        if (leaf.NotBefore.ToUniversalTime() > now)
        {
            return $"it is not valid yet (before {Day(leaf.NotBefore)})";
        }

        return $"a certificate of its chain has expired or is not valid yet (root {Printable(Last(chain).Subject)})";
    }

    private static X509Certificate2 Last(X509Chain chain) => chain.ChainElements[^1].Certificate;

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension alternatives)
            {
                continue;
            }

            try
            {
                names.AddRange(alternatives.EnumerateDnsNames());
                foreach (var address in alternatives.EnumerateIPAddresses())
                {
                    names.Add(address.ToString());
                }
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                return "names that cannot be read";
            }
        }

        if (names.Count == 0)
        {
            return "no host at all";
        }

        var some = string.Join(", ", names.Take(MaxNames).Select(Printable));
        return names.Count > MaxNames ? $"{some} and {names.Count - MaxNames} more" : some;
    }

    private static string Printable(string text)
    {
        var clean = new StringBuilder("'");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxNameLength)))
        {
            clean.Append(char.IsControl(c) ? '?' : c);
        }

        return clean.Append('\'').ToString();
    }
}
