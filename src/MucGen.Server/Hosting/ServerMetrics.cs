using System.Diagnostics.Metrics;
using MucGen.Protocol;

namespace MucGen.Server.Hosting;

/// <summary>What the server counts, for whoever listens: one meter, <c>MucGen</c>.</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name to subscribe to.</summary>
    public const string MeterName = "MucGen";

    private readonly Meter meter;
    private readonly UpDownCounter<long> connections;
    private readonly Counter<long> stanzas;
    private readonly Counter<long> deliveries;
    private readonly Counter<long> logins;
    private readonly Counter<long> failedLogins;
    private readonly Counter<long> streamErrors;
    private readonly UpDownCounter<long> rooms;

    public ServerMetrics(IMeterFactory factory)
    {
        meter = factory.Create(MeterName);
        connections = meter.CreateUpDownCounter<long>("mucgen.connections", description: "Open client connections");
        stanzas = meter.CreateCounter<long>("mucgen.stanzas.received", description: "Stanzas received from bound clients");
        deliveries = meter.CreateCounter<long>("mucgen.rooms.deliveries", description: "Stanzas that rooms handed to sessions");
        logins = meter.CreateCounter<long>("mucgen.logins", description: "Successful logins");
        failedLogins = meter.CreateCounter<long>("mucgen.logins.failed", description: "Failed logins");
        streamErrors = meter.CreateCounter<long>("mucgen.streams.errors", description: "Streams ended with an error, by condition");
        rooms = meter.CreateUpDownCounter<long>("mucgen.rooms", description: "Rooms in memory");
    }

    public void ConnectionOpened() => connections.Add(1);

    public void ConnectionClosed() => connections.Add(-1);

    public void StanzaReceived() => stanzas.Add(1);

    public void Delivered(int count) => deliveries.Add(count);

    public void LoggedIn() => logins.Add(1);

    public void LoginFailed() => failedLogins.Add(1);

    public void StreamEnded(StreamErrorCondition condition)
    {
        if (streamErrors.Enabled)
            streamErrors.Add(1, KeyValuePair.Create<string, object?>("condition", condition.ToString()));
    }

    public void RoomLoaded() => rooms.Add(1);

    public void RoomUnloaded() => rooms.Add(-1);

    public void Dispose() => meter.Dispose();
}
