using System.Net;
using System.Net.Sockets;
using MucGen.Server.Configuration;

namespace MucGen.Server.Hosting;

/// <summary>Tries every address before anything starts: Kestrel's own failure names neither the setting nor, always, the address.</summary>
internal static class ListenCheck
{
    /// <summary>Binds each address and lets go of it.</summary>
    /// <exception cref="ListenException">One of them cannot be listened on.</exception>
    public static void Run(MucGenOptions options)
    {
        foreach (var address in options.Listen)
            Try(address, "Listen");
        foreach (var address in options.ListenTls)
            Try(address, "ListenTls");
    }

    private static void Try(ListenAddress address, string key)
    {
        try
        {
            Bind(Resolve(address), address.Port);
        }
        catch (SocketException error)
        {
            throw new ListenException($"Cannot listen at {address} (MucGen:{key}): {Explain(error, address)}", error);
        }
    }

    private static void Bind(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any))
            socket.DualMode = true;
        socket.Bind(new IPEndPoint(address, port));
    }

    /// <summary>One address stands for those of a name: when it is free, Kestrel tolerates that another family is not.</summary>
    private static IPAddress Resolve(ListenAddress address) => address.Host switch
    {
        "*" => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
        _ => IPAddress.TryParse(address.Host, out var literal) ? literal : IPAddress.Loopback,
    };

    private static string Explain(SocketException error, ListenAddress address) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program listens there. Stop it, or choose another port.",
        SocketError.AccessDenied when address.Port is > 0 and < 1024 => "this user may not use a port below 1024. Choose a higher one, or allow it to this program.",
        SocketError.AccessDenied => "this user may not use that port. Choose another one.",
        SocketError.AddressNotAvailable => "this machine does not have that address. Choose one of its own, or * for all of them.",
        SocketError.AddressFamilyNotSupported => "this machine does not have that kind of address. Choose another one.",
        _ => $"{error.Message}. Choose another address.",
    };
}

/// <summary>The server cannot listen; the message names the setting and the address and says what to do.</summary>
public sealed class ListenException : Exception
{
    /// <summary>Creates the error with its cause.</summary>
    public ListenException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error with a message for the operator.</summary>
    public ListenException(string message) : base(message)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public ListenException()
    {
    }
}
