using System.Net;
using System.Net.Sockets;

namespace MucGen.Server.Transport;

/// <summary>What counts as one address for limits and logs.</summary>
internal static class PeerNetwork
{
    private const int HostBytes = 8;

    /// <summary>
    /// An IPv4 address as it is; of an IPv6 address the network of 64 bits, since whoever has one of its addresses has all of them. An
    /// IPv4 address that arrives in an IPv6 one, on sockets for both, is the IPv4 address.
    /// </summary>
    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(HostBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
