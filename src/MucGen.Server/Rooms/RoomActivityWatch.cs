using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Features;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Rooms;

/// <summary>
/// Tells sessions in which of their rooms something was said since they were there (XEP-0437): what they missed in one message when they ask, then once for
/// each room until they visit it. Thread-safe.
/// </summary>
/// <remarks>
/// A message costs a room one look-up here. Whoever waits for a room is told with its next message and waits no more, until the session enters and leaves it.
/// That a session has ended, or wants to hear nothing any more, is noticed when its turn comes, or the next one begins to wait for the same room.
/// </remarks>
internal sealed class RoomActivityWatch(Jid service, IRoomJournal journal, SessionTable sessions, Lazy<IRoomHost> rooms, ILogger<RoomHost> log)
{
    private readonly ConcurrentDictionary<Jid, Jid[]> waiting = new();

    /// <summary>Begins to tell a session. Returns at once: its rooms are asked what it missed, one after the other.</summary>
    public void Subscribe(Jid fullJid)
    {
        if (!sessions.TryFind(fullJid, out var session) || session.Activity is { IsAsking: true })
            return;
        var subscription = new ActivitySubscription();
        session.Activity = subscription;
        _ = AskAsync(session, subscription);
    }

    /// <summary>Tells a session nothing any more.</summary>
    public void Unsubscribe(Jid fullJid)
    {
        if (sessions.TryFind(fullJid, out var session))
            session.Activity = null;
    }

    /// <summary>A room answers what a session has missed there.</summary>
    public void Answer(Room room, Jid fullJid)
    {
        var unheard = UnheardActivity.For(room, fullJid);
        if (unheard == Unheard.Nothing)
            Wait(room.Address, fullJid);
        Answer(room.Address, fullJid, unheard);
    }

    /// <summary>A room answers for a session, or cannot.</summary>
    public void Answer(Jid room, Jid fullJid, Unheard unheard)
    {
        if (Find(fullJid) is { } session && session.Activity?.TryComplete(room, unheard, out var missed) == true)
            Tell(session, missed);
    }

    /// <summary>Something was said in a room: whoever waits for that is told.</summary>
    public void Spoke(Room room)
    {
        if (!waiting.ContainsKey(room.Address) || !waiting.TryRemove(room.Address, out var those)) // looking takes no lock
            return;
        foreach (var fullJid in those)
        {
            if (Find(fullJid) is { } session && UnheardActivity.For(room, fullJid) != Unheard.NotTold)
                Tell(session, [room.Address]);
        }
    }

    /// <summary>A session has left a room: it waits for what is said from now on.</summary>
    public void Left(Room room, Jid fullJid)
    {
        if (Find(fullJid) is not null && UnheardActivity.For(room, fullJid) != Unheard.NotTold)
            Wait(room.Address, fullJid);
    }

    /// <summary>A person has another affiliation: whoever belongs to a room from now on waits for what is said there.</summary>
    public void Affiliated(Room room, Jid bareJid)
    {
        foreach (var session in sessions.Of(bareJid))
            Left(room, session.FullJid);
    }

    /// <summary>A room was destroyed: nobody waits for it.</summary>
    public void Ended(Jid room) => waiting.TryRemove(room, out _);

    private async Task AskAsync(Session session, ActivitySubscription subscription)
    {
        try
        {
            await Task.Yield(); // the service does not wait for the disk
            var own = await journal.RoomsOfAsync(session.Account, CancellationToken.None);
            subscription.Expect(own);
            foreach (var room in own)
                await rooms.Value.PostAsync(room, RoomInput.ActivityAsked(session.FullJid), CancellationToken.None);
        }
        catch (Exception error)
        {
            log.ActivityFailed(error, session.FullJid);
        }
    }

    /// <summary>The session, if it is there and wants to be told.</summary>
    private Session? Find(Jid fullJid) => sessions.TryFind(fullJid, out var session) && session.Activity is not null ? session : null;

    private void Wait(Jid room, Jid fullJid) => waiting.AddOrUpdate(
        room,
        static (_, adding) => [adding.FullJid],
        static (_, present, adding) => [.. present.Where(other => !other.Equals(adding.FullJid) && adding.Watch.Find(other) is not null), adding.FullJid],
        (Watch: this, FullJid: fullJid));

    private void Tell(Session session, IReadOnlyList<Jid> active)
    {
        if (active.Count == 0)
            return;
        using var output = new PooledBufferWriter();
        var writer = new XmppWriter(output);
        writer.Raw("<message"u8);
        writer.Attribute("from"u8, service);
        writer.Attribute("to"u8, session.FullJid);
        writer.Raw(">"u8);
        var rai = RoomActivityWriter.Start(ref writer);
        foreach (var room in active)
            rai.Activity(room);
        rai.End();
        writer.Raw("</message>"u8);
        writer.Flush();
        session.Send(output.WrittenSpan);
    }
}
