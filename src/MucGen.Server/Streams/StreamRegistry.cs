using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MucGen.Protocol;

namespace MucGen.Server.Streams;

/// <summary>Every open stream: limits how many there are, looks after silent ones, and ends all when the server stops.</summary>
internal sealed class StreamRegistry(StreamPolicy policy, TimeProvider time) : IDisposable
{
    /// <summary>How often streams are looked after; timeouts are late by as much at most.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ClientStream, byte> streams = new();
    private readonly ConcurrentDictionary<string, int> byAddress = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? timer;
    private volatile bool isStopping;

    /// <summary>Begins to look after the streams.</summary>
    public void Start() => timer = time.CreateTimer(static state => ((StreamRegistry)state!).CheckAll(), this, Interval, Interval);

    /// <summary>Takes a stream in; the condition and the name of the limit when there is no place for it.</summary>
    public bool TryAdd(ClientStream stream, out StreamErrorCondition condition, [NotNullWhen(false)] out string? limit)
    {
        (condition, limit) = (default, null);
        var ofAddress = byAddress.AddOrUpdate(stream.Wire.PeerAddress, 1, static (_, count) => count + 1);
        streams.TryAdd(stream, 0);
        if (isStopping)
            (condition, limit) = (StreamErrorCondition.SystemShutdown, "the life of the server");
        else if (streams.Count > policy.MaxConnections)
            (condition, limit) = (StreamErrorCondition.ResourceConstraint, nameof(policy.MaxConnections));
        else if (ofAddress > policy.MaxConnectionsPerAddress && !stream.Wire.IsLoopback)
            (condition, limit) = (StreamErrorCondition.PolicyViolation, nameof(policy.MaxConnectionsPerAddress));
        return limit is null;
    }

    /// <summary>Forgets a stream that is over; also one that had no place.</summary>
    public void Remove(ClientStream stream)
    {
        if (!streams.TryRemove(stream, out _))
            return;
        var address = stream.Wire.PeerAddress;
        var left = byAddress.AddOrUpdate(address, 0, static (_, count) => count - 1);
        if (left == 0)
            byAddress.TryRemove(KeyValuePair.Create(address, 0));
        if (isStopping && streams.IsEmpty)
            drained.TrySetResult();
    }

    /// <summary>Takes no more streams in: the server is about to stop.</summary>
    public void Close() => isStopping = true;

    /// <summary>Ends every stream with system-shutdown and waits until they are over, or the caller's patience is.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        foreach (var (stream, _) in streams)
            stream.End(StreamErrorCondition.SystemShutdown, null);
        if (streams.IsEmpty)
            drained.TrySetResult();
        await drained.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Looks at each stream once.</summary>
    public void CheckAll()
    {
        foreach (var (stream, _) in streams)
            stream.CheckTime();
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();
}
