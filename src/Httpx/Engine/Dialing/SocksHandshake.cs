using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Httpx.Engine.Dialing;

/// <summary>Asks a SOCKS5 proxy for a connection (RFC 1928, RFC 1929 for user name and password). No I/O: bytes in, bytes out.</summary>
/// <remarks>
/// <code>
///   Start -- greeting --> Method -- chosen: none --------------------------> Reply -- succeeded --> Complete
///                            `----- chosen: password --> Password -- accepted --^
/// </code>
/// <see cref="Advance"/> is called once before anything was received, and again after every receipt; what it wrote is to be sent each
/// time. Names are left to the proxy to look up, for socks5 as for socks5h: this machine's resolver never learns of them.
/// </remarks>
internal sealed class SocksHandshake
{
    private const byte Version = 5;
    private const byte PasswordVersion = 1;
    private const byte NoAuthentication = 0x00;
    private const byte UserNameAndPassword = 0x02;
    private const byte NoAcceptableMethod = 0xFF;
    private const byte ConnectCommand = 1;
    private const byte IPv4 = 1;
    private const byte DomainName = 3;
    private const byte IPv6 = 4;

    /// <summary>Names, user names and passwords go with a length of one byte, which a longer one would overflow.</summary>
    private const int MaxText = 255;

    private readonly string _target;
    private readonly byte[] _address;
    private readonly ushort _port;
    private readonly byte[]? _username;
    private readonly byte[]? _password;
    private State _state;

    /// <summary>Prepares the handshake; nothing is sent by it.</summary>
    /// <param name="host">The origin's host: a name in ASCII, or an IP address, IPv6 with brackets or without.</param>
    /// <param name="port">The origin's port.</param>
    /// <param name="username">The user name, if the proxy may ask for one.</param>
    /// <param name="password">The password that goes with it.</param>
    /// <exception cref="ProxyException">SOCKS cannot carry the host or the credentials.</exception>
    internal SocksHandshake(string host, int port, string? username, string? password)
    {
        _target = $"{host}:{port}";
        _address = Address(host);
        _port = checked((ushort)port);
        if (username is not null)
        {
            _username = Credential(username, "user name");
            _password = Credential(password ?? "", "password");
        }
    }

    private enum State
    {
        Start,
        Method,
        Password,
        Reply,
        Complete,
    }

    /// <summary>Whether the proxy has connected: what follows, in the input too, is the origin's.</summary>
    internal bool IsComplete => _state == State.Complete;

    /// <summary>Takes the messages that are complete out of <paramref name="input"/>, and writes what is to be sent next.</summary>
    /// <exception cref="ProxyException">The proxy refused, or what it sent is no SOCKS5.</exception>
    internal void Advance(ReadBuffer input, WriteBuffer output)
    {
        var isAdvancing = true;
        while (isAdvancing)
        {
            isAdvancing = _state switch
            {
                State.Start => WriteGreeting(output),
                State.Method => TryReadMethod(input, output),
                State.Password => TryReadPasswordStatus(input, output),
                State.Reply => TryReadReply(input),
                _ => false,
            };
        }
    }

    // VER NMETHODS METHODS
    private bool WriteGreeting(WriteBuffer output)
    {
        output.Write(_username is null ? [Version, 1, NoAuthentication] : [Version, 2, NoAuthentication, UserNameAndPassword]);
        _state = State.Method;
        return true;
    }

    // VER METHOD
    private bool TryReadMethod(ReadBuffer input, WriteBuffer output)
    {
        CheckVersion(input);
        if (input.Length < 2)
        {
            return false;
        }

        switch (input.Span[1])
        {
            case NoAuthentication:
                WriteRequest(output);
                break;
            case UserNameAndPassword when _username is not null:
                WritePassword(output);
                break;
            case UserNameAndPassword or NoAcceptableMethod when _username is null:
                throw new ProxyException("The SOCKS proxy wants a user name and a password, and none were given.");
            case NoAcceptableMethod:
                throw new ProxyException("The SOCKS proxy accepts neither a user name with a password nor going without.");
            case var method:
                throw new ProxyException($"The SOCKS proxy chose the authentication method 0x{method:x2}, which was not offered.");
        }

        input.Consume(2);
        return true;
    }

    // VER ULEN UNAME PLEN PASSWD
    private void WritePassword(WriteBuffer output)
    {
        output.Write(PasswordVersion);
        output.Write((byte)_username!.Length);
        output.Write(_username);
        output.Write((byte)_password!.Length);
        output.Write(_password);
        _state = State.Password;
    }

    // VER STATUS
    private bool TryReadPasswordStatus(ReadBuffer input, WriteBuffer output)
    {
        if (input.Length > 0 && input.Span[0] != PasswordVersion)
        {
            throw new ProxyException($"The SOCKS proxy answered the password in version {input.Span[0]} of a protocol that has only 1.");
        }

        if (input.Length < 2)
        {
            return false;
        }

        if (input.Span[1] != 0)
        {
            throw new ProxyException("The SOCKS proxy refused the user name and the password.");
        }

        input.Consume(2);
        WriteRequest(output);
        return true;
    }

    // VER CMD RSV ATYP DST.ADDR DST.PORT
    private void WriteRequest(WriteBuffer output)
    {
        output.Write([Version, ConnectCommand, 0]);
        output.Write(_address);
        output.Write([(byte)(_port >> 8), (byte)_port]);
        _state = State.Reply;
    }

    // VER REP RSV ATYP BND.ADDR BND.PORT; a proxy that refuses may close without the rest.
    private bool TryReadReply(ReadBuffer input)
    {
        CheckVersion(input);
        var bytes = input.Span;
        if (bytes.Length >= 2 && bytes[1] != 0)
        {
            throw new ProxyException($"The SOCKS proxy could not connect to {_target}: {Reason(bytes[1])}.");
        }

        if (bytes.Length < 5)
        {
            return false;
        }

        var length = 6 + bytes[3] switch
        {
            IPv4 => 4,
            IPv6 => 16,
            DomainName => 1 + bytes[4],
            var type => throw new ProxyException($"The SOCKS proxy sent an address of the unknown type {type}."),
        };
        if (bytes.Length < length)
        {
            return false;
        }

        input.Consume(length);
        _state = State.Complete;
        return true;
    }

    private static void CheckVersion(ReadBuffer input)
    {
        if (input.Length > 0 && input.Span[0] != Version)
        {
            throw new ProxyException(
                $"The proxy does not speak SOCKS5: its answer begins with 0x{input.Span[0]:x2}. It may be a proxy of HTTP or of SOCKS4.");
        }
    }

    private static string Reason(byte reply) => reply switch
    {
        1 => "general failure of the proxy",
        2 => "its rules do not allow it",
        3 => "the network is unreachable",
        4 => "the host is unreachable, or its name is unknown",
        5 => "the connection was refused",
        6 => "the time to live ran out",
        7 => "it does not know the command CONNECT",
        8 => "it does not know addresses of that type",
        _ => $"it gave the unknown reason {reply}",
    };

    // ATYP and address. An address in its usual form goes as one; anything else is a name, and for the proxy to make sense of.
    private static byte[] Address(string host)
    {
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }

        if (host.Contains('%', StringComparison.Ordinal))
        {
            throw new ProxyException($"The zone of the address {host} means something on this machine only, not to a SOCKS proxy.");
        }

        if (IPAddress.TryParse(host, out var address))
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                return [IPv6, .. address.GetAddressBytes()];
            }

            if (address.ToString() == host)
            {
                return [IPv4, .. address.GetAddressBytes()];
            }
        }

        if (host.Length is 0 or > MaxText || !Ascii.IsValid(host))
        {
            throw new ProxyException($"A SOCKS proxy takes host names of 1 to {MaxText} ASCII characters; this one has {host.Length}.");
        }

        return [DomainName, (byte)host.Length, .. Encoding.ASCII.GetBytes(host)];
    }

    private static byte[] Credential(string text, string what)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length is > 0 and <= MaxText
            ? bytes
            : throw new ProxyException($"A SOCKS proxy takes a {what} of 1 to {MaxText} bytes; this one has {bytes.Length}.");
    }
}
