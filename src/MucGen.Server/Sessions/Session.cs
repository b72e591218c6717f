using System.Runtime.InteropServices;
using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Server.Rooms;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>A bound stream: somebody who can be told something. Exists from binding until the stream is gone, however it goes. Thread-safe.</summary>
public sealed class Session
{
    private readonly ISessionStream stream;
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActivitySubscription? activity;
    private BlockList blocked = BlockList.Empty;
    private long lastSpoke;

    internal Session(Jid fullJid, string? language, ISessionStream stream)
    {
        FullJid = fullJid;
        Account = fullJid.Bare;
        Language = language;
        this.stream = stream;
    }

    /// <summary>The address it is bound to.</summary>
    public Jid FullJid { get; }

    /// <summary>The account it belongs to.</summary>
    public Jid Account { get; }

    /// <summary>The language of its stream, for stanzas that name none (RFC 6120 4.7.4); null when the client did not say.</summary>
    public string? Language { get; }

    /// <summary>The clock's timestamp of the last message or presence of the client; of the binding, when it has said nothing yet.</summary>
    public long LastSpoke => Volatile.Read(ref lastSpoke);

    /// <summary>Completes when the session is out of every table, its rooms and its account have been told.</summary>
    public Task Gone => gone.Task;

    /// <summary>The network address that the client is connected from.</summary>
    public string PeerAddress => stream.PeerAddress;

    /// <summary>What waits to be sent.</summary>
    internal Outbox Outbox => stream.Outbox;

    /// <summary>The rooms that it is in; each is told when it is gone.</summary>
    internal SessionRooms Rooms { get; } = new();

    /// <summary>Whom its account has blocked, as the account says (XEP-0191).</summary>
    internal BlockList Blocked
    {
        get => Volatile.Read(ref blocked);
        set => Volatile.Write(ref blocked, value);
    }

    /// <summary>Its wish to be told of activity in rooms that it is not in; null when it has none (XEP-0437).</summary>
    internal ActivitySubscription? Activity
    {
        get => Volatile.Read(ref activity);
        set => Volatile.Write(ref activity, value);
    }

    /// <summary>The prepared addresses that this session's stanzas go to; used by its read loop only.</summary>
    internal JidCache Addresses { get; } = new(capacity: 32);

    /// <summary>Sends whole stanzas as they are. False when the session can take no more: it is ending.</summary>
    public bool Send(ReadOnlySpan<byte> stanzas)
    {
        var taken = Outbox.TryAppend(stanzas, out var becameDirty);
        if (becameDirty)
            Outbox.Flush();
        return taken;
    }

    /// <summary>Sends somebody's stanza as it came, with the address it is from and the sender's stream language where it names none.</summary>
    /// <param name="stanza">The stanza; its <c>to</c> is passed on unchanged (RFC 6120 8.1.1).</param>
    /// <param name="from">The sender's address as the server knows it.</param>
    /// <param name="language">The sender's stream language.</param>
    /// <param name="archiveId">The id of a message in the account's archive; null when it is not there.</param>
    public bool Send(Stanza stanza, Jid from, string? language = null, string? archiveId = null)
    {
        using var output = new PooledBufferWriter();
        StanzaRelay.Write(output, stanza.Root, from, language, arrival: new Arrival(Account, archiveId));
        return Send(output.WrittenSpan);
    }

    /// <summary>Ends the stream with an error. Returns at once; <see cref="Gone"/> tells when it is done.</summary>
    public void End(StreamErrorCondition condition, string? text = null) => stream.End(condition, text);

    internal void Spoke(long timestamp) => Volatile.Write(ref lastSpoke, timestamp);

    internal void MarkGone() => gone.TrySetResult();
}

/// <summary>What a session needs of the stream that carries it.</summary>
internal interface ISessionStream
{
    /// <summary>Where stanzas for the client are appended.</summary>
    Outbox Outbox { get; }

    /// <summary>The client's network address.</summary>
    string PeerAddress { get; }

    /// <summary>Ends the stream with an error.</summary>
    void End(StreamErrorCondition condition, string? text);
}

/// <summary>The rooms a session is in, as their actors say, and those that have yet to decide on a presence of it. Thread-safe.</summary>
internal sealed class SessionRooms
{
    /// <summary>Rooms one session may be in at once: resource-constraint beyond.</summary>
    public const int Max = 1000;

    private readonly HashSet<Jid> rooms = [];
    private readonly Dictionary<Jid, int> asked = [];

    /// <summary>The session has entered a room.</summary>
    public void Add(Jid room)
    {
        lock (rooms)
            rooms.Add(room);
    }

    /// <summary>The session is in a room no more.</summary>
    public void Remove(Jid room)
    {
        lock (rooms)
            rooms.Remove(room);
    }

    /// <summary>Whether the session is in this room, as the room said.</summary>
    public bool Contains(Jid room)
    {
        lock (rooms)
            return rooms.Contains(room);
    }

    /// <summary>Available presence is on its way to a room, which then calls <see cref="Answered"/>. False when these are too many rooms.</summary>
    public bool TryAsk(Jid room)
    {
        lock (rooms)
        {
            if (!rooms.Contains(room) && !asked.ContainsKey(room) && rooms.Count + asked.Count >= Max)
                return false;
            CollectionsMarshal.GetValueRefOrAddDefault(asked, room, out _)++;
            return true;
        }
    }

    /// <summary>The room has decided on one presence of those that <see cref="TryAsk"/> announced.</summary>
    public void Answered(Jid room)
    {
        lock (rooms)
        {
            if (asked.TryGetValue(room, out var count) && count > 1)
                asked[room] = count - 1;
            else
                asked.Remove(room);
        }
    }

    /// <summary>The rooms at this moment: also those where the session may be as soon as they get to its presence.</summary>
    public Jid[] ToArray()
    {
        lock (rooms)
            return [.. rooms.Union(asked.Keys)];
    }
}
