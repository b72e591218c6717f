using Microsoft.AspNetCore.Connections;
using MucGen.Server.Streams;

namespace MucGen.Server.Transport;

/// <summary>Turns accepted connections into streams. The returned task is the connection's lifetime.</summary>
internal sealed class ClientConnections(StreamServices services, StreamRegistry registry)
{
    /// <summary>Serves a port where clients begin in the clear and may upgrade by STARTTLS.</summary>
    public Task ServeAsync(ConnectionContext connection) => ServeAsync(connection, isTlsFirst: false);

    /// <summary>Serves a port where clients begin with TLS (XEP-0368).</summary>
    public Task ServeTlsAsync(ConnectionContext connection) => ServeAsync(connection, isTlsFirst: true);

    private async Task ServeAsync(ConnectionContext connection, bool isTlsFirst)
    {
        services.Metrics.ConnectionOpened();
        await using var stream = new ClientStream(new PlainWire(connection), services);
        try
        {
            if (!registry.TryAdd(stream, out var condition, out var limit))
            {
                services.Log.ConnectionRefused(stream.Wire.PeerAddress, limit);
                stream.End(condition, null);
            }
            await stream.RunAsync(isTlsFirst);
        }
        finally
        {
            registry.Remove(stream);
            services.Metrics.ConnectionClosed();
        }
    }
}
